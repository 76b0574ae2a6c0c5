// The backup of a fix of many files: one archive, from which undo and recovery restore.

import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gitInBetween } from '../support/git-in-between.js';
import { Repo } from '../support/repo.js';

const test = suite('a backup of many files');
const STORE = '.git/dos-sync/fixes/main/backups';
const NAMES = Array.from({ length: 40 }, (_, at) => `d${at % 3}/f${at}`);
let repo: Repo;

test.before.each(() => {
  repo = new Repo();
  repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
  for (const name of NAMES) repo.write(`live/${name}`, 'old\n').write(`release/${name}`, 'old\n');
  repo.settle();
  for (const name of NAMES) repo.write(`live/${name}`, `${name}\n`);
  // Contents that only the backup has.
  for (const name of NAMES) repo.write(`release/${name}`, `${name} mine\n`);
});
test.after.each(() => repo.remove());

function backup(): string {
  return repo.path(join(STORE, readdirSync(repo.path(STORE)).sort().at(-1) ?? ''));
}

function fix(...words: string[]): void {
  const { code, stderr } = repo.dosSync('fix', '--force', ...words);
  assert.is(code, 0, stderr);
  for (const name of NAMES) assert.is(repo.read(`release/${name}`), `${name}\n`);
}

interface Written {
  version: number;
  files: readonly { readonly kept: string }[];
  archived?: Record<string, [number, number]>;
}

test('the contents are in one file, and undo restores them', () => {
  const before = repo.state();
  fix();
  assert.equal(readdirSync(backup()), ['archive', 'blobs', 'files', 'record.json']);
  assert.equal(readdirSync(join(backup(), 'files')), []);
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.state(), before);
});

test('undo restores staged contents that git has dropped', () => {
  repo.git('add', '-A');
  const before = repo.state();
  fix('--staged');
  repo.git('reflog', 'expire', '--all', '--expire=now');
  repo.git('gc', '-q', '--prune=now');
  const { code, stderr } = repo.dosSync('undo');
  assert.is(code, 0, stderr);
  assert.is(repo.state(), before);
  assert.is(repo.tryGit('fsck', '--no-dangling').code, 0);
});

test('undo restores from a backup with a file for each content, as an earlier version made it', () => {
  const before = repo.state();
  fix();
  const path = join(backup(), 'record.json');
  const record = JSON.parse(readFileSync(path, 'utf8')) as Written;
  const archive = readFileSync(join(backup(), 'archive'));
  for (const [name, [start, end]] of Object.entries(record.archived ?? {})) {
    writeFileSync(join(backup(), name), archive.subarray(start, end));
  }
  delete record.archived;
  writeFileSync(path, JSON.stringify({ ...record, version: 1 }));
  rmSync(join(backup(), 'archive'));
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.state(), before);
});

test('a damaged archive is named, and nothing is undone', () => {
  fix();
  const before = repo.state();
  truncateSync(join(backup(), 'archive'), 100);
  const { code, stderr } = repo.dosSync('undo');
  assert.is(code, 2, stderr);
  assert.match(stderr, '/archive is damaged');
  assert.is(repo.state(), before);
});

test('an interrupted fix is restored; the content of a file changed since is put in a file', () => {
  repo.git('add', '-A');
  const restore = gitInBetween(repo, '--index-info', 'kill -9 $PPID; exit 1');
  assert.is.not(repo.dosSync('fix', '--force', '--staged').code, 0);
  restore();
  const [first = '', ...others] = NAMES;
  assert.is(repo.read(`release/${first}`), `${first}\n`);
  repo.write(`release/${first}`, 'changed since\n');
  const { code, stderr } = repo.dosSync('undo');
  assert.is(code, 1, stderr);
  assert.is(repo.read(`release/${first}`), 'changed since\n');
  for (const name of others) assert.is(repo.read(`release/${name}`), `${name} mine\n`);
  const [, place = ''] = /its earlier content is in (.*)$/m.exec(stderr) ?? [];
  const files = readdirSync(join(place, 'files')).map((name) => readFileSync(join(place, 'files', name), 'utf8'));
  assert.equal(files, [`${first} mine\n`]);
});

test.run();
