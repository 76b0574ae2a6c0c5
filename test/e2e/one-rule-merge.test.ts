// A merge in which each branch changed a different side: both changes are kept.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CHAIN, FAN_OUT, leadsOn, settlePairs, text } from '../support/one-rule.js';
import { Installation } from '../support/printed.js';
import { Repo, type Result } from '../support/repo.js';

const test = suite('one rule: a merge');
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

/** main edits one path, the branch edits the other. */
function merged(main: readonly [string, number], side: readonly [string, number]): () => Result {
  repo.git('checkout', '-q', '-b', 'side');
  repo.write(side[0], text({ [side[1]]: 'token1.' })).settle();
  repo.git('checkout', '-q', 'main');
  repo.write(main[0], text({ [main[1]]: 'token2.' })).settle();
  let first = true;
  return () => {
    const result = first ? repo.tryGit('merge', '--no-edit', 'side') : commit();
    first = false;
    return result;
  };
}

for (const [name, main, side] of [
  ['main changed the copy, the branch the source', ['web/q', 3], ['docs/q', 17]],
  ['main changed the source, the branch the copy', ['docs/q', 3], ['web/q', 17]],
  ['both in the same line', ['web/q', 3], ['docs/q', 3]],
] as const) {
  test(`a merge keeps both branches: ${name}`, () => {
    settlePairs(repo, [{ a: 'docs', b: 'web' }], ['docs/q', 'web/q']);
    leadsOn(repo, ['docs/q', 'web/q'], merged(main, side));
    assert.is(repo.git('rev-list', '--parents', '-1', 'HEAD').trim().split(' ').length, 3);
  });
}

test('a merge keeps both branches: in a chain', () => {
  settlePairs(repo, CHAIN.declared, CHAIN.files);
  leadsOn(repo, CHAIN.files, merged(['release/x', 3], ['live/x', 17]));
});

test('a merge keeps both branches: in a fan-out', () => {
  settlePairs(repo, FAN_OUT.declared, FAN_OUT.files);
  leadsOn(repo, FAN_OUT.files, merged(['packages/two/L', 3], ['L', 17]));
});

test.run();
