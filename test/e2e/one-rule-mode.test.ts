// The executable bit: if the disk does not have it, the index is fixed.

import { chmodSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CHAIN, DIRECTIONS, FAN_OUT, leadsOn, PAIR, settlePairs } from '../support/one-rule.js';
import { Installation } from '../support/printed.js';
import { Repo, type Result } from '../support/repo.js';

const test = suite('one rule: the executable bit');
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
  const source = direction === 'live_to_submodule' ? 'a' : 'b';

  test(`${direction}: where the disk has no executable bit, the printed command mends that of the index`, () => {
    settlePairs(repo, PAIR, ['a', 'b'], direction);
    repo.git('config', 'core.fileMode', 'false');
    repo.git('update-index', '--chmod=+x', source);
    leadsOn(repo, ['a', 'b'], () => commit('-a'));
    for (const path of ['a', 'b']) assert.match(repo.git('ls-tree', 'HEAD', path), /^100755/);
  });
}

for (const { name, declared, files } of [CHAIN, FAN_OUT]) {
  test(`${name}, with no executable bit on the disk`, () => {
    settlePairs(repo, declared, files);
    repo.git('config', 'core.fileMode', 'false');
    repo.git('update-index', '--chmod=+x', files[0] as string);
    leadsOn(repo, files, () => commit('-a'));
    for (const path of files) assert.match(repo.git('ls-tree', 'HEAD', path), /^100755/, path);
  });
}

test('with the executable bit on the disk, commit -- path', () => {
  settlePairs(repo, PAIR, ['a', 'b']);
  chmodSync(repo.path('a'), 0o755);
  leadsOn(repo, ['a', 'b'], () => commit('--', 'a'));
});

test.run();
