// A file that somebody writes during install or uninstall is not overwritten.

import { chmodSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gitInBetween } from '../../support/git-in-between.js';
import { Repo } from '../../support/repo.js';

const test = suite('a file that changes between its reading and its replacement');
const HOOK = '.git/hooks/pre-commit';
let repo: Repo;

test.before.each(() => {
  repo = new Repo().write('a', '1');
  repo.settle();
});
test.after.each(() => repo.remove());

/** Another user's change after install has read everything and before it writes. */
function meanwhile(path: string, text: string): () => void {
  return gitInBetween(repo, 'alias.dos-sync', `printf '%s' '${text}' > '${repo.path(path)}'`);
}

test('a hook that somebody writes meanwhile stays; the same command again puts the block in', () => {
  repo.write(HOOK, '#!/bin/sh\ntrue\n');
  chmodSync(repo.path(HOOK), 0o755);
  const restore = meanwhile(HOOK, '#!/bin/sh\nmine\n');
  const { code, stderr } = repo.dosSync('install', '--native');
  restore();
  assert.is(code, 1, stderr);
  assert.match(stderr, 'pre-commit changed while dos-sync was about to edit it.\n  run the same command again');
  assert.is(repo.read(HOOK), '#!/bin/sh\nmine\n');
  assert.is(repo.dosSync('install', '--native').code, 0);
  assert.match(repo.read(HOOK), 'mine\n');
  assert.match(repo.read(HOOK), 'dos-sync');
});

test('a hook that appears meanwhile is not replaced', () => {
  repo.write('.git/hooks/x', '');
  const restore = meanwhile(HOOK, '#!/bin/sh\nmine\n');
  const { code } = repo.dosSync('install', '--native');
  restore();
  assert.is(code, 1);
  assert.is(repo.read(HOOK), '#!/bin/sh\nmine\n');
});

test('a package.json that is edited meanwhile keeps the edit', () => {
  repo.write('package.json', '{"name": "x"}\n').write('.husky/pre-commit', 'true\n');
  const restore = meanwhile('package.json', '{"name": "edited"}\n');
  const { code, stderr } = repo.dosSync('install', '--husky');
  restore();
  assert.is(code, 1, stderr);
  assert.is(repo.read('package.json'), '{"name": "edited"}\n');
});

test.run();
