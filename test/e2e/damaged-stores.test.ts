// Stores damaged by a power cut: each is named, with what to do. Nothing is lost, skipped silently,
// or waited for.

import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, pairedRepo, type Repo, type Result } from '../support/repo.js';

const test = suite('damaged stores');
const STORE = '.git/dos-sync/fixes/main';
const SECONDS = '20';
let repo: Repo;

test.before.each(() => {
  repo = pairedRepo();
  repo.write('live/skill.md', 'two\n');
});
test.after.each(() => repo.remove());

function run(...words: string[]): Result {
  return repo.run('timeout', [SECONDS, process.execPath, CLI, ...words]);
}

/** Rejected by name, with nothing changed. */
function isNamed(result: Result, name: string): void {
  assert.is(result.code, 2, result.stderr);
  assert.match(result.stderr, name);
  assert.not.match(result.stderr, /this is a bug|^ +at .*:\d/m);
}

/** The unit tests have other damaged texts; fix-lock.test.ts has damaged locks. */
const DAMAGES: Readonly<Record<string, (path: string) => void>> = {
  empty: (path) => writeFileSync(path, ''),
  'a directory': (path) => {
    rmSync(path, { recursive: true });
    mkdirSync(path);
  },
};

for (const [what, damage] of Object.entries(DAMAGES)) {
  test(`a lock that is ${what}: fix and undo name it, and go on once it is removed`, () => {
    mkdirSync(repo.path(`${STORE}/backups`), { recursive: true });
    repo.write(`${STORE}/lock`, '{"pid": 1, "start": "1"');
    damage(repo.path(`${STORE}/lock`));
    const before = repo.state();
    for (const words of [['fix'], ['undo']]) isNamed(run(...words), `${STORE}/lock`);
    assert.is(repo.state(), before);
    assert.is(run('check').code, 1);
    repo.delete(`${STORE}/lock`);
    assert.is(run('fix').code, 0);
    assert.equal(readdirSync(repo.path(STORE)), ['backups', 'known-contents.json']);
  });

  test(`a journal that is ${what}: everybody names it, and changes nothing`, () => {
    assert.is(run('fix').code, 0);
    repo.settle();
    repo.write('live/skill.md', 'three\n').write(`${STORE}/journal.json`, '{"backup": "2020"}');
    damage(repo.path(`${STORE}/journal.json`));
    const before = repo.state();
    for (const words of [['fix'], ['undo'], ['check'], ['hook', 'pre-commit']]) isNamed(run(...words), 'journal.json');
    assert.is(repo.state(), before);
    repo.delete(`${STORE}/journal.json`);
    assert.is(run('fix').code, 0);
  });
}

test('an empty lock from an earlier boot has no holder: the next fix inherits it', () => {
  mkdirSync(repo.path(`${STORE}/backups`), { recursive: true });
  repo.write(`${STORE}/lock`, '');
  utimesSync(repo.path(`${STORE}/lock`), 1, 1);
  assert.is(run('fix').code, 0);
  assert.equal(readdirSync(repo.path(STORE)), ['backups', 'known-contents.json']);
});

function newest(): string {
  return join(
    STORE,
    'backups',
    readdirSync(repo.path(`${STORE}/backups`))
      .sort()
      .at(-1) ?? '',
  );
}

for (const [what, damage] of Object.entries(DAMAGES)) {
  test(`a record that is ${what}: the list names it, undo takes no older fix back for it, and its copies stay`, () => {
    run('fix');
    repo.settle();
    repo.write('live/skill.md', 'three\n');
    run('fix');
    repo.settle();
    const [last, before] = [newest(), repo.state()];
    damage(repo.path(`${last}/record.json`));
    const list = run('undo', '--list');
    assert.is(list.code, 0, list.stderr);
    assert.match(list.stderr, `${last}/record.json`);
    assert.is(list.stdout.split('\n').filter(Boolean).length, 1);
    isNamed(run('undo'), `${last}/record.json`);
    assert.is(repo.state(), before);
    repo.write('live/skill.md', 'four\n');
    assert.is(run('fix').code, 0);
    assert.is(repo.read(`${last}/files/0`), 'two\n');
    assert.is(run('undo').code, 0);
    assert.is(repo.read('release/skill.md'), 'three\n');
  });
}

test('a record of a later version is reported as such', () => {
  run('fix');
  repo.write(`${newest()}/record.json`, '{"version": 3}');
  assert.match(run('undo', '--list').stderr, 'was written by another version of dos-sync');
});

test('a truncated copy in a backup is not restored', () => {
  run('fix');
  repo.write(`${newest()}/files/0`, 'o');
  isNamed(run('undo'), 'files/0');
  assert.is(repo.read('release/skill.md'), 'two\n');
});

for (const text of ['', '{"version": 1, "pairs": {', 'null', '[1]', '{"version": 1, "pairs": {"x": null}}', '7']) {
  test(`known contents that are ${text || 'empty'}: nothing is known of the copies, and a fix writes them anew`, () => {
    run('fix');
    repo.settle();
    repo.write('live/skill.md', 'three\n').write(`${STORE}/known-contents.json`, text);
    const { code, stderr } = run('fix');
    assert.is(code, 0, stderr);
    assert.match(repo.read(`${STORE}/known-contents.json`), /^\{"version":1,/);
  });
}

for (const [what, damage] of Object.entries(DAMAGES)) {
  test(`a cache that is ${what}: a drift is blocked, and what is in sync passes`, () => {
    repo.git('add', 'live');
    const caches = ['compiled', 'guard'].map((name) => repo.path(`.git/dos-sync/${name}`));
    assert.is(run('hook', 'pre-commit').code, 1);
    for (const cache of caches) damage(cache);
    assert.is(run('hook', 'pre-commit').code, 1);
    for (const cache of caches) damage(cache);
    repo.write('release/skill.md', 'two\n').git('add', 'release');
    const { code, stderr } = run('hook', 'pre-commit');
    assert.is(code, 0, stderr);
  });
}

test.run();
