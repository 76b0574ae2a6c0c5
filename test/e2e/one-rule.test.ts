// Both sides have edits: every printed command makes progress, and the first ones keep all edits.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { faultsOfEach } from '../support/leads-on.js';
import { CHAIN, DIRECTIONS, FAN_OUT, leadsOn, PAIR, settlePairs, text } from '../support/one-rule.js';
import { Installation, printedLines } from '../support/printed.js';
import { Repo, type Result } from '../support/repo.js';

const test = suite('one rule: both sides have edits');
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

  test(`${direction}: the copy has a committed edit, then the source is edited and staged: both edits stay`, () => {
    settlePairs(repo, PAIR, ['a', 'b'], direction);
    repo.write(copy, text({ 3: 'token1.' })).settle();
    repo.write(source, text({ 17: 'token2.' })).git('add', source);
    leadsOn(repo, ['a', 'b'], commit);
    for (const path of ['a', 'b']) assert.is(repo.show(`HEAD:${path}`), text({ 3: 'token1.', 17: 'token2.' }));
  });
}

for (const [form, words] of [
  ['commit -a', ['-a']],
  ['commit -- path', ['--', 'a']],
] as const) {
  test(`${form}: the copy's committed edit stays, too`, () => {
    settlePairs(repo, PAIR, ['a', 'b']);
    repo.write('b', text({ 3: 'token1.' })).settle();
    repo.write('a', text({ 17: 'token2.' }));
    leadsOn(repo, ['a', 'b'], () => commit(...words));
  });
}

test('a fan-out: the safe copies are fixed, the edited one is named and merged', () => {
  settlePairs(repo, FAN_OUT.declared, FAN_OUT.files);
  repo.write('packages/two/L', text({ 3: 'token1.' })).settle();
  repo.write('L', text({ 17: 'token2.' })).git('add', 'L');
  leadsOn(repo, FAN_OUT.files, commit);
  for (const path of FAN_OUT.files) assert.is(repo.show(`HEAD:${path}`), text({ 3: 'token1.', 17: 'token2.' }), path);
});

test('a fan-out with dosSync.fix = always: the safe copies are staged, and the commit is still blocked', () => {
  settlePairs(repo, FAN_OUT.declared, FAN_OUT.files);
  repo.write('packages/two/L', text({ 3: 'token1.' })).settle();
  repo.git('config', 'dosSync.fix', 'always');
  repo.write('L', text({ 17: 'token2.' })).git('add', 'L');
  assert.is(commit().code, 1);
  assert.is(repo.show(':packages/one/L'), text({ 17: 'token2.' }));
  assert.is(repo.show(':packages/two/L'), text({ 3: 'token1.' }));
});

test('a chain: an edit in its middle stays', () => {
  settlePairs(repo, CHAIN.declared, CHAIN.files);
  repo.write('release/x', text({ 3: 'token1.' })).settle();
  repo.write('live/x', text({ 17: 'token2.' })).git('add', 'live');
  leadsOn(repo, CHAIN.files, commit);
  for (const path of CHAIN.files) assert.is(repo.show(`HEAD:${path}`), text({ 3: 'token1.', 17: 'token2.' }), path);
});

test('both edits in the same line: markers in the source, which the user resolves', () => {
  settlePairs(repo, PAIR, ['a', 'b']);
  repo.write('b', text({ 3: 'token1.' })).settle();
  repo.write('a', text({ 3: 'token2.' })).git('add', 'a');
  const refused = leadsOn(repo, ['a', 'b'], commit);
  assert.match(printedLines(refused)[0]?.what ?? '', 'between conflict markers');
});

for (const { name, declared, files } of [CHAIN, FAN_OUT]) {
  test(`the two ends of ${name} edited, commit -a: every printed command is carried out`, () => {
    settlePairs(repo, declared, files);
    repo.write(files[0] as string, text({ 3: 'token1.' })).write(files.at(-1) as string, text({ 17: 'token2.' }));
    leadsOn(repo, files, () => commit('-a'));
  });
}

test('both sides edited, commit -a: every printed command is carried out', () => {
  settlePairs(repo, PAIR, ['a', 'b']);
  repo.write('a', text({ 3: 'token1.' })).write('b', text({ 17: 'token2.' }));
  leadsOn(repo, ['a', 'b'], () => commit('-a'));
});

test('both sides edited, commit -- a b: every printed command works', () => {
  settlePairs(repo, PAIR, ['a', 'b']);
  repo.write('a', text({ 3: 'token1.' })).write('b', text({ 17: 'token2.' }));
  leadsOn(repo, ['a', 'b'], () => commit('--', 'a', 'b'));
});

test("two pairs named, commit -- paths: a printed line's commit is not blocked for the other pair", () => {
  const files = ['live/x', 'release/x', 'live/y', 'release/y'];
  settlePairs(repo, [{ a: 'live', b: 'release' }], files);
  repo.write('readme', 'one\n').settle();
  repo
    .write('live/x', text({ 3: 'token1.' }))
    .write('live/y', text({ 3: 'token2.' }))
    .write('readme', 'two\n');
  const again = (): Result => commit('--', 'live', 'readme');
  const result = again();
  assert.is(result.code, 1);
  assert.equal(faultsOfEach({ repo, files, result }), []);
  for (const { command } of printedLines(result)) assert.is(repo.run('sh', ['-c', command]).code, 0, command);
  assert.is(repo.status(), '');
});

test.run();
