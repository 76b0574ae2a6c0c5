// Accepted differences, and undecidable ones: a plain fix overwrites neither side.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { faultsOfEach, tokensIn } from '../support/leads-on.js';
import { PAIR, settlePairs } from '../support/one-rule.js';
import { Installation } from '../support/printed.js';
import { Repo, type Result } from '../support/repo.js';

const test = suite('one rule: agreed and unknown');
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

test('nobody can tell who is stale: no printed command that writes comes before one that loses nothing', () => {
  settlePairs(repo, PAIR, ['a', 'b']);
  repo.git('update-ref', '-d', 'HEAD');
  repo.write('a', 'old token1.\n').write('b', 'new token2. which the other side never held\n').settle();
  const result = repo.dosSync('check');
  assert.is(result.code, 1);
  assert.match(result.stdout, "Can't tell which side is stale");
  assert.equal(faultsOfEach({ repo, files: ['a', 'b'], result }), []);
  for (const way of [[], ['a'], ['b'], ['--staged'], ['--staged', 'a']]) {
    const before = repo.state();
    assert.is(repo.dosSync('fix', ...way).code, 1);
    assert.is(repo.state(), before);
  }
});

/** CLAUDE.md and AGENTS.md, with an accepted difference in their titles. */
function agreed(): void {
  repo.manifest({ pairs: [{ a: 'CLAUDE.md', b: 'AGENTS.md' }] });
  repo.write('CLAUDE.md', '# One token1.\nb\nc\n').write('AGENTS.md', '# Two token2.\nb\nc\n').settle();
  repo.hooks();
  assert.is(repo.dosSync('accept', 'AGENTS.md', '--reason', 'a title of its own').code, 0);
  repo.settle();
}

const TITLES = ['CLAUDE.md', 'AGENTS.md'];

for (const [name, path, words] of [
  ['the source moves', 'CLAUDE.md', []],
  ['the source moves, commit -- path', 'CLAUDE.md', ['--', 'CLAUDE.md']],
] as const) {
  test(`a difference that was agreed lapses (${name}): it is named, and no plain fix erases it`, () => {
    agreed();
    repo.write(path, `${repo.read(path)}d token3.\n`);
    if (words.length === 0) repo.git('add', path);
    const refused = commit(...words);
    assert.is(refused.code, 1);
    assert.match(refused.stderr, 'The earlier difference was accepted: a title of its own');
    assert.equal(faultsOfEach({ repo, files: TITLES, result: refused }), []);
    repo.git('config', 'dosSync.fix', 'always');
    // The edit is merged into the copy, which keeps its title; a partial commit has no fix.
    assert.is(commit(...words).code, words.length === 0 ? 0 : 1);
    for (const way of [['fix'], ['fix', ...TITLES], ['fix', '--staged', path], ['check', '--fix']])
      repo.dosSync(...way);
    assert.equal([...tokensIn(repo, TITLES)].sort(), ['token1.', 'token2.', 'token3.']);
  });
}

test('a first commit with two different files: neither is overwritten', () => {
  repo.manifest({ pairs: PAIR }).hooks();
  repo.write('a', 'token1.\n').write('b', 'token2.\n').git('add', '-A');
  const result = commit();
  assert.is(result.code, 1);
  assert.equal(faultsOfEach({ repo, files: ['a', 'b'], result }), []);
});

test.run();
