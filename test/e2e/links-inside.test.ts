// Symlinks inside a side, at every gate: an entry like a file, with nothing below it, unless it
// leads to its partner.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo, type Result } from '../support/repo.js';
import { guardedServer } from '../support/server.js';

const test = suite('symlinks inside a side');
let template: Repo;
let repo: Repo;

test.before(() => {
  template = new Repo();
  template.manifest({ pairs: [{ a: 'live', b: 'release' }] });
  for (const side of ['live', 'release']) template.write(`${side}/old/ex/f`, '1\n').write(`${side}/new/ex/f`, '1\n');
  template.settle();
  template.hooks();
});
test.before.each(() => {
  repo = template.copy();
});
test.after.each(() => repo.remove());
test.after(() => template.remove());

function link(path: string, target: string): void {
  rmSync(repo.path(path), { recursive: true, force: true });
  symlinkSync(target, repo.path(path));
}

function commit(): Result {
  repo.git('add', '-A');
  return repo.tryGit('commit', '-q', '-m', 'next');
}

/** Every check of committed content reports "in sync". */
function inSyncEverywhere(): void {
  for (const scope of [[], ['--staged'], ['--commit', 'HEAD'], ['--commit', 'HEAD', '--base', 'HEAD~1']]) {
    const { code, stdout, stderr } = repo.dosSync('check', ...scope);
    assert.equal([code, stderr], [0, ''], `${scope.join(' ')}: ${stdout}${stderr}`);
  }
  const audit = repo.dosSync('audit', '--json', 'HEAD~1..HEAD');
  assert.is(audit.code, 0, audit.stderr);
  const { commits } = JSON.parse(audit.stdout) as { commits: { introduced: unknown[]; unjudged: unknown[] }[] };
  for (const { introduced, unjudged } of commits) assert.equal([introduced, unjudged], [[], []]);
}

test('a directory that becomes the same link on both sides is in sync, and so is the reverse', () => {
  const server = guardedServer();
  repo.git('remote', 'add', 'origin', `file://${server.top}`);
  repo.git('push', '-q', 'origin', 'main');
  for (const side of ['live', 'release']) link(`${side}/old/ex`, '../new/ex');
  assert.equal(commit(), { code: 0, stdout: '', stderr: '' });
  inSyncEverywhere();
  assert.equal(repo.tryGit('push', '-q', 'origin', 'main'), { code: 0, stdout: '', stderr: '' });
  for (const side of ['live', 'release']) {
    repo.delete(`${side}/old/ex`);
    repo.write(`${side}/old/ex/g`, '2\n');
  }
  assert.equal(commit(), { code: 0, stdout: '', stderr: '' });
  inSyncEverywhere();
  assert.equal(repo.tryGit('push', '-q', 'origin', 'main'), { code: 0, stdout: '', stderr: '' });
  server.remove();
});

test('a directory that becomes a link only on one side is out of sync', () => {
  link('live/old/ex', '../new/ex');
  const { code, stderr } = commit();
  assert.is(code, 1, stderr);
  assert.match(stderr, 'live/old/ex is no longer a directory, but its copy still is.');
  assert.is(repo.dosSync('check').code, 1);
});

test('links that differ are drift, and a link out of the repository is no exception', () => {
  link('live/old/ex', '../new/ex');
  link('release/old/ex', '../new');
  assert.match(commit().stderr, 'live/old/ex and its copy release/old/ex are both staged, but differ');
  for (const side of ['live', 'release']) link(`${side}/old/ex`, '/nowhere/at/all');
  assert.equal(commit(), { code: 0, stdout: '', stderr: '' });
  inSyncEverywhere();
});

test('a directory that becomes a link to its partner is linked, file by file', () => {
  link('release/old/ex', '../../live/old/ex');
  assert.equal(commit(), { code: 0, stdout: '', stderr: '' });
  const { files } = JSON.parse(repo.dosSync('check', '--json').stdout) as { files: { status: string }[] };
  assert.equal(files.map(({ status }) => status).sort(), ['LINKED', 'SYNCED']);
  repo.write('live/old/ex/f', '2\n');
  assert.equal(commit(), { code: 0, stdout: '', stderr: '' });
});

test('a chain through links: a link above a side that leads elsewhere is still an error', () => {
  repo.write('elsewhere/ex/f', '1\n');
  link('release', 'elsewhere');
  const { code, stderr } = commit();
  assert.is(code, 1, stderr);
  assert.match(stderr, 'release is a symlink');
  assert.is(repo.dosSync('check').code, 2);
});

test('the same link on both sides in a submodule', () => {
  const origin = new Repo();
  for (const name of ['old', 'new']) origin.write(`skills/${name}/ex/f`, '1\n');
  origin.settle();
  repo.git('submodule', '--quiet', 'add', origin.top, 'sub');
  repo.manifest({ pairs: [{ a: 'live', b: 'sub/skills' }] }).settle();
  link('sub/skills/old/ex', '../new/ex');
  repo.git('-C', 'sub', 'add', '-A');
  repo.git('-C', 'sub', 'commit', '-q', '--no-verify', '-m', 'link');
  link('live/old/ex', '../new/ex');
  assert.equal(commit(), { code: 0, stdout: '', stderr: '' });
  assert.is(repo.dosSync('check').code, 0);
  origin.remove();
});

test('the same link on both sides, with one outside the repository', () => {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  Object.assign(repo.env, { HOME: home, XDG_CONFIG_HOME: join(home, '.config') });
  for (const name of ['old', 'new']) {
    mkdirSync(join(home, 'live', name, 'ex'), { recursive: true });
    writeFileSync(join(home, 'live', name, 'ex/f'), '1\n');
  }
  repo.manifest({ pairs: [{ a: '~/live', b: 'release' }] }).settle();
  assert.is(repo.dosSync('trust').code, 0);
  rmSync(join(home, 'live/old/ex'), { recursive: true });
  symlinkSync('../new/ex', join(home, 'live/old/ex'));
  link('release/old/ex', '../new/ex');
  assert.equal(commit(), { code: 0, stdout: '', stderr: '' });
  assert.is(repo.dosSync('check').code, 0);
  rmSync(home, { recursive: true });
});

test.run();
