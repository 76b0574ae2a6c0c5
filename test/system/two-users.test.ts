// Two users of one shared repository: each one fixes, is blocked by the hook, and undoes the
// other's fix.

import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, Repo, type Result } from '../support/repo.js';

const test = suite('two users');
const GROUP = 31337;
const USERS = [31338, 31339] as const;
/** In another group. */
const STRANGER = 31340;
const SAID = 'dos-sync: not read, because somebody else can have written it: ';
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

/** Stages both sides, or one, as that user. */
function stage(user: number, text: string, ...sides: readonly string[]): void {
  for (const side of sides) repo.write(`${side}/skill.md`, text);
  assert.is(as(user, 'git', 'add', '-A').code, 0);
}

test('a guard that a stranger planted lets nothing pass; the same one of this user does', () => {
  const [one, other] = USERS;
  assert.is(dosSync(one, 'install').code, 0);
  stage(one, 'two\n', 'live', 'release');
  assert.is(as(one, 'git', 'commit', '-q', '-m', 'two').code, 0);
  const guard = repo.path('.git/dos-sync/guard');
  const [build, manifest] = readFileSync(guard, 'utf8').split('\n');
  const planted = [build, manifest, '--', ':(top,literal)nothing', ':(top,literal).dos-sync-manifest.json', ''];
  const plant = (user: number, group: number): void => {
    rmSync(guard);
    writeFileSync(guard, planted.join('\n'));
    chownSync(guard, user, group);
  };
  stage(one, 'three\n', 'live');
  for (const [user, group] of [
    [STRANGER, STRANGER],
    [other, STRANGER],
  ] as const) {
    plant(user, group);
    const blocked = as(one, 'git', 'commit', '-q', '-m', 'three');
    assert.is(blocked.code, 1, blocked.stderr);
    assert.match(blocked.stderr, `${SAID}${guard}`);
  }
  plant(one, GROUP);
  assert.is(as(one, 'git', 'commit', '-q', '-m', 'three').code, 0);
});

test('a record and its known contents are taken from a member, and not from a stranger', () => {
  const [one, other] = USERS;
  stage(one, 'two\n', 'live');
  assert.is(dosSync(one, 'fix', '--staged').code, 0);
  const store = repo.path('.git/dos-sync/fixes/main');
  const [id = ''] = readdirSync(join(store, 'backups'));
  const record = join(store, 'backups', id, 'record.json');
  chownSync(record, STRANGER, STRANGER);
  assert.match(dosSync(other, 'undo').stderr, `${SAID}${record}`);
  assert.is(repo.read('release/skill.md'), 'two\n');
  chownSync(record, one, GROUP);
  assert.equal(dosSync(other, 'undo').code, 0);
  assert.is(repo.read('release/skill.md'), 'one\n');
});

test.run();
