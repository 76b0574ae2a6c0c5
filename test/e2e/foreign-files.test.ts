// Caches, records and consents that somebody else can have written: not read, and one line says so.

import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pairedRepo, type Repo } from '../support/repo.js';
import { guardedServer } from '../support/server.js';

const test = suite("somebody else's files");
let repo: Repo;
let said: string;

test.before.each(() => {
  repo = pairedRepo();
  repo.env['XDG_CONFIG_HOME'] = repo.path('.git/config-home');
  said = 'dos-sync: not read, because somebody else can have written it: ';
});
test.after.each(() => repo.remove());

function stageInSync(text: string): void {
  repo.write('live/skill.md', text).write('release/skill.md', text).git('add', '-A');
}

test('a compiled manifest is not used, and replaced', () => {
  const path = repo.path('.git/dos-sync/compiled');
  stageInSync('two\n');
  repo.git('commit', '-q', '-m', 'two');
  stageInSync('three\n');
  chmodSync(path, 0o666);
  assert.is(repo.dosSync('hook', 'pre-commit').stderr, `${said}${path}\n`);
  assert.equal(repo.dosSync('hook', 'pre-commit'), { code: 0, stdout: '', stderr: '' });
});

test('the record of a fix is not undone, and its journal not restored', () => {
  repo.write('live/skill.md', 'two\n');
  assert.is(repo.dosSync('fix').code, 0);
  const backups = repo.path('.git/dos-sync/fixes/main/backups');
  const [id = ''] = readdirSync(backups);
  const record = `${backups}/${id}/record.json`;
  chmodSync(record, 0o666);
  const { stderr } = repo.dosSync('undo');
  assert.match(stderr, `${said}${record}`);
  assert.is(repo.read('release/skill.md'), 'two\n');
  const journal = repo.path('.git/dos-sync/fixes/main/journal.json');
  writeFileSync(journal, JSON.stringify({ backup: id }));
  chmodSync(journal, 0o666);
  const check = repo.dosSync('fix');
  assert.is(check.code, 2);
  assert.match(check.stderr, `${said}${journal}`);
  assert.is(repo.read('release/skill.md'), 'two\n');
});

test('what uninstall would put back is not read', () => {
  const elsewhere = repo.path('../elsewhere.json');
  writeFileSync(elsewhere, 'before\n');
  assert.is(repo.dosSync('install', '--native').code, 0);
  const path = repo.path('.git/dos-sync/install.json');
  const packageJson = { path: elsewhere, before: 'planted\n', after: 'before\n' };
  writeFileSync(path, JSON.stringify({ directories: [], packageJson }));
  chmodSync(path, 0o666);
  const { code, stderr } = repo.dosSync('uninstall');
  assert.is(code, 0);
  assert.match(stderr, `${said}${path}`);
  assert.is(readFileSync(elsewhere, 'utf8'), 'before\n');
  rmSync(elsewhere);
});

test('contents that a copy once had do not make a fix safe', () => {
  repo.write('live/skill.md', 'two\n');
  assert.is(repo.dosSync('fix').code, 0);
  const known = repo.path('.git/dos-sync/fixes/main/known-contents.json');
  chmodSync(known, 0o666);
  repo.write('live/skill.md', 'three\n');
  const { code, stderr } = repo.dosSync('fix');
  assert.match(stderr, `${said}${known}`);
  assert.is(code, 1);
  assert.is(repo.read('release/skill.md'), 'two\n');
});

test('a consent is none', () => {
  const directory = repo.path('.git/config-home/dos-sync');
  mkdirSync(directory, { recursive: true });
  const consents = `${directory}/consents.json`;
  writeFileSync(consents, 'not JSON');
  repo.manifest({ pairs: [{ a: '~/skills', b: 'release' }] });
  assert.match(repo.dosSync('check').stderr, 'consents.json');
  chmodSync(consents, 0o666);
  assert.match(repo.dosSync('check').stderr, `${said}${consents}`);
});

test('the server reads none of them: a planted one would hold it up', () => {
  const server = guardedServer();
  try {
    repo.git('push', '-q', `file://${server.top}`, 'main');
    mkdirSync(server.path('dos-sync/fixes/main/backups'), { recursive: true });
    const places = [
      'guard',
      'compiled',
      'fixes/main/known-contents.json',
      'fixes/main/journal.json',
      'fixes/main/lock',
    ];
    for (const name of places) server.run('mkfifo', [server.path(`dos-sync/${name}`)]);
    server.git('config', 'dosSync.receiveTimeLimit', '20');
    repo.write('live/skill.md', 'two\n').settle();
    const { code, stderr } = repo.tryGit('push', '-q', `file://${server.top}`, 'main');
    assert.is(code, 1);
    assert.match(stderr, 'live/skill.md and its copy release/skill.md differ');
    assert.not.match(stderr, 'not read, because');
    stageInSync('three\n');
    repo.settle();
    assert.is(repo.tryGit('push', '-q', `file://${server.top}`, 'main').code, 0);
  } finally {
    server.remove();
  }
});

test('DOS_SYNC=0 skips a hook of the client, and neither the server nor check', () => {
  const server = guardedServer();
  try {
    repo.git('push', '-q', `file://${server.top}`, 'main');
    repo.env['DOS_SYNC'] = '0';
    repo.write('live/skill.md', 'two\n').git('add', '-A');
    const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'two');
    assert.is(code, 0);
    assert.is(stderr.trim().split('\n').length, 1, stderr);
    assert.match(stderr, 'DOS_SYNC=0');
    assert.is(repo.dosSync('check').code, 1);
    const pushed = repo.tryGit('push', '-q', `file://${server.top}`, 'main');
    assert.is(pushed.code, 1);
    assert.match(pushed.stderr, /^remote: .*live\/skill.md and its copy release\/skill.md differ/m);
  } finally {
    server.remove();
  }
});

test.run();
