// Two users of one shared repository: each one fixes, is blocked by the hook, and undoes the
// other's fix.

import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, Repo, type Result } from '../support/repo.js';

const test = suite('two users');
const GROUP = 31337;
const USERS = [31338, 31339] as const;
let place: string;
let repo: Repo;

// A directory that both users can enter, unlike that of the tests.
test.before.each(() => {
  place = mkdtempSync('/tmp/two-users-');
  chmodSync(place, 0o755);
  writeFileSync(join(place, 'config'), '[user]\n\tname = u\n\temail = u@example.invalid\n[safe]\n\tdirectory = *\n');
  const top = join(place, 'repo');
  mkdirSync(top);
  repo = new Repo(['--shared=group'], undefined, top);
  Object.assign(repo.env, { GIT_CONFIG_GLOBAL: join(place, 'config'), HOME: place, XDG_CONFIG_HOME: place });
  repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
  repo.write('live/skill.md', 'one\n').write('release/skill.md', 'one\n');
  repo.settle();
  repo.run('chgrp', ['-R', String(GROUP), '.']);
  repo.run('chmod', ['-R', 'g+rwX', '.']);
  repo.run('sh', ['-c', 'find . -type d -exec chmod g+s {} +']);
  chownSync(top, USERS[0], GROUP);
});
test.after.each(() => rmSync(place, { recursive: true }));

/** Runs as that user. Their umask applies to working files; our files below .git follow git. */
function as(user: number, program: string, ...words: string[]): Result {
  const held = ['--reuid', String(user), '--regid', String(GROUP), '--clear-groups'];
  return repo.run('setpriv', [...held, 'sh', '-c', 'umask 002; exec "$@"', 'sh', program, ...words]);
}

function dosSync(user: number, ...words: string[]): Result {
  return as(user, process.execPath, CLI, ...words);
}

for (const [one, other] of [USERS, [...USERS].reverse() as [number, number]]) {
  test(`${one} fixes, ${other} is judged, undoes and fixes again, and ${one} undoes that`, () => {
    repo.write('live/skill.md', 'two\n');
    as(one, 'git', 'add', 'live');
    assert.is(dosSync(one, 'hook', 'pre-commit').code, 1);
    assert.is(dosSync(other, 'hook', 'pre-commit').code, 1);
    for (const [fixer, undoer] of [
      [one, other],
      [other, one],
    ] as const) {
      const fixed = dosSync(fixer, 'fix', '--staged');
      assert.is(fixed.code, 0, fixed.stderr);
      assert.is(dosSync(undoer, 'hook', 'pre-commit').code, 0);
      const undone = dosSync(undoer, 'undo');
      assert.is(undone.code, 0, undone.stderr);
      assert.is(repo.show(':release/skill.md'), 'one\n');
    }
  });
}

test.run();
