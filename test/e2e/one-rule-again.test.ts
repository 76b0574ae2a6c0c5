// Repeated fixes, undone, by path, by side: a content that dos-sync copied is not an edit; a user's
// is one.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CHAIN, DIRECTIONS, FAN_OUT, PAIR, settlePairs, text } from '../support/one-rule.js';
import { Installation, printedCommand, printedLines } from '../support/printed.js';
import { Repo, type Result } from '../support/repo.js';

const test = suite('one rule: again and again');
let repo: Repo;
let installation: Installation;

test.before.each(() => {
  repo = new Repo();
  installation = new Installation(repo);
});
test.after.each(() => {
  repo.remove();
  installation.remove();
});

const commit = (...words: string[]): Result => repo.tryGit('commit', '--no-edit', '-m', 'next', ...words);

for (const direction of DIRECTIONS) {
  const [source, copy] = direction === 'live_to_submodule' ? ['a', 'b'] : ['b', 'a'];

  test(`${direction}: fixed again and again, what dos-sync copied is nobody's edit`, () => {
    settlePairs(repo, [...PAIR, { a: 'c', b: 'd' }], ['a', 'b', 'c', 'd'], direction);
    const other = source === 'a' ? 'c' : 'd';
    for (const [at, path] of [source, other, source, other, source].entries()) {
      repo.write(path, text({ [at]: 'again' }));
      const { code, stdout } = repo.dosSync('fix');
      assert.is(code, 0, stdout);
    }
    assert.is(repo.read(copy), repo.read(source));
    repo.write(copy, 'mine token1.\n').write(source, text({ 9: 'next' }));
    assert.is(repo.dosSync('fix').code, 1);
    assert.is(repo.read(copy), 'mine token1.\n');
  });
}

test('a chain is fixed again and again', () => {
  settlePairs(repo, CHAIN.declared, CHAIN.files);
  for (let at = 0; at < 3; at += 1) {
    repo.write('live/x', text({ [at]: 'again' }));
    const { code, stdout } = repo.dosSync('fix');
    assert.is(code, 0, stdout);
  }
  for (const path of CHAIN.files) assert.is(repo.read(path), text({ 2: 'again' }), path);
});

test('fix --staged, again and again', () => {
  settlePairs(repo, PAIR, ['a', 'b']);
  for (let at = 0; at < 3; at += 1) {
    repo.write('a', text({ [at]: 'again' })).git('add', 'a');
    assert.is(repo.dosSync('fix', '--staged').code, 0);
    assert.is(repo.show(':b'), text({ [at]: 'again' }));
  }
});

test('after undo it is an edit again: a copy that the user makes equal is not overwritten', () => {
  settlePairs(repo, PAIR, ['a', 'b']);
  repo.write('a', text({ 1: 'first' }));
  assert.is(repo.dosSync('fix').code, 0);
  assert.is(repo.dosSync('undo').code, 0);
  repo.write('b', text({ 1: 'first' })).write('a', text({ 2: 'second' }));
  assert.is(repo.dosSync('fix').code, 1);
  assert.is(repo.read('b'), text({ 1: 'first' }));
});

test('a way that leaves nothing to commit stops the commit with one line', () => {
  settlePairs(repo, PAIR, ['a', 'b']);
  repo.write('b', text({ 3: 'token1.' })).git('add', 'b');
  const line = printedLines(commit()).find(({ command }) => command.includes('--from a'));
  assert.match(line?.what ?? '', 'discards the changes in b');
  assert.is(repo.run('sh', ['-c', line?.command ?? '']).code, 0);
  assert.match(commit().stdout, 'nothing to commit');
  assert.is(repo.status(), '');
});

test('a fix of a copy by its path writes only that pair, and mentions old drift of sister copies in one line', () => {
  settlePairs(repo, FAN_OUT.declared, FAN_OUT.files);
  repo.write('packages/three/L', text({ 5: 'token1.' })).settle();
  repo.write('packages/one/L', text({ 3: 'token2.' })).git('add', '-A');
  const refused = commit();
  assert.match(refused.stderr, '1 other copy of L was out of sync before.');
  repo.git('reset', '-q', '--hard');
  repo.write('L', text({ 7: 'next' })).settle();
  assert.is(repo.dosSync('fix', 'packages/two/L').code, 0);
  assert.is(repo.read('packages/two/L'), text({ 7: 'next' }));
  assert.is(repo.read('packages/one/L'), text());
  assert.is(repo.read('packages/three/L'), text({ 5: 'token1.' }));
});

test('fix --from overwrites unstaged edits in the working tree and says so; with --staged it does not', () => {
  settlePairs(repo, PAIR, ['a', 'b']);
  repo.write('a', text({ 3: 'token1.' })).git('add', 'a');
  repo.write('b', text({ 5: 'token2.' }));
  const before = repo.state();
  assert.is(repo.dosSync('fix', '--staged', '--from', 'a', 'b').code, 1);
  assert.is(repo.state(), before);
  const checked = repo.dosSync('check');
  const line = printedLines(checked).find(({ command }) => command.includes('--from a'));
  assert.match(line?.what ?? '', 'discards the changes in b');
  assert.is(repo.run('sh', ['-c', printedCommand(checked, '--from a')]).code, 0);
  assert.is(repo.read('b'), text({ 3: 'token1.' }));
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.read('b'), text({ 5: 'token2.' }));
});

test.run();
