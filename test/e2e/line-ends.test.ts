// Files that git converts, and files whose CRLF it keeps because of the index: git decides what is
// unchanged and what it stores.

import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';

const PASSED = { code: 0, stdout: '', stderr: '' };
const CRLF = '1\r\n2\r\n';

const test = suite('line ends and other conversions');
let repo: Repo;

/** `a` and its copy `b` have CRLF in the index, because nothing converted it at that time. */
test.before.each(() => {
  repo = new Repo();
  repo.manifest({ pairs: [{ a: 'a', b: 'b' }] });
  repo.write('a', CRLF).write('b', CRLF).settle();
  repo.hooks();
});
test.after.each(() => repo.remove());

/** The working tree and the same content staged give the same result. */
function agrees(code: number): void {
  const worktree = repo.dosSync('check', '--json');
  repo.git('add', '-A');
  const staged = repo.dosSync('check', '--json', '--staged');
  assert.is(worktree.code, code, worktree.stdout + worktree.stderr);
  const verdicts = ({ stdout }: typeof worktree) => {
    const { files } = JSON.parse(stdout) as { files: { b: string; status: string; b_oid: string; a_oid: string }[] };
    return files.map(({ b, status, a_oid, b_oid }) => [b, status, a_oid, b_oid].join(' '));
  };
  assert.equal(verdicts(worktree), verdicts(staged));
}

const SETTINGS: Readonly<Record<string, () => void>> = {
  'core.autocrlf = true': () => repo.git('config', 'core.autocrlf', 'true'),
  'text=auto': () => repo.write('.gitattributes', '* text=auto\n').git('add', '.gitattributes'),
};

for (const [name, set] of Object.entries(SETTINGS)) {
  test(`${name}: CRLF that the index holds is kept`, () => {
    set();
    // git has to read the content again, and finds it unchanged.
    utimesSync(repo.path('b'), 1, 1);
    repo.write('a', `${CRLF}3\r\n`).git('add', 'a');
    const blocked = repo.tryGit('commit', '-q', '-m', 'next');
    assert.is(blocked.code, 1);
    assert.not.match(blocked.stderr, 'unstaged edits');
    assert.match(blocked.stderr, 'dos-sync fix --staged a');
    assert.is(repo.dosSync('fix', '--staged', 'a').code, 0);
    assert.equal(repo.tryGit('commit', '-q', '-m', 'next'), PASSED);
    assert.is(repo.status(), '');
    assert.is(repo.show('HEAD:b'), `${CRLF}3\r\n`);
    repo.write('a', `${CRLF}4\r\n`);
    assert.is(repo.dosSync('fix').code, 0);
    assert.is(repo.read('b'), `${CRLF}4\r\n`);
    assert.is(repo.dosSync('undo').code, 0);
    assert.is(repo.read('b'), `${CRLF}3\r\n`);
    agrees(1);
  });
}

test('text eol=lf: a file that git calls unchanged has no edit, even if it would be stored otherwise', () => {
  repo.write('.gitattributes', '* text eol=lf\n').settle();
  repo.git('reset', '-q', '--hard');
  repo.write('a', '1\n').git('add', 'a');
  assert.not.match(repo.tryGit('commit', '-q', '-m', 'next').stderr, 'unstaged edits');
  assert.is(repo.dosSync('fix', '--staged', 'a').code, 0);
  assert.equal(repo.tryGit('commit', '-q', '-m', 'next'), PASSED);
  assert.is(repo.status(), '');
});

test('a copy with a real edit is not overwritten', () => {
  repo.git('config', 'core.autocrlf', 'true');
  repo.write('a', `${CRLF}3\r\n`).write('b', `${CRLF}mine\r\n`).git('add', 'a');
  assert.match(repo.tryGit('commit', '-q', '-m', 'next').stderr, 'b has unstaged edits');
  assert.is(repo.dosSync('fix', '--staged', 'a').code, 1);
  assert.is(repo.read('b'), `${CRLF}mine\r\n`);
  repo.write('b', '1\n2\n');
  agrees(1);
});

test('a missing copy gets the line ends of its source, in the index too', () => {
  repo.git('rm', '-q', 'b');
  repo.git('commit', '-q', '--no-verify', '--amend', '-m', 'alone');
  repo.git('config', 'core.autocrlf', 'true');
  const fixed = repo.dosSync('fix');
  assert.is(fixed.code, 0, fixed.stdout);
  agrees(0);
  assert.equal(repo.tryGit('commit', '-q', '-m', 'next'), PASSED);
  assert.is(repo.status(), '');
});

test('an untracked copy is compared as git add would store it', () => {
  repo.git('rm', '-q', '--cached', 'b');
  repo.git('commit', '-q', '--no-verify', '--amend', '-m', 'alone');
  repo.git('config', 'core.autocrlf', 'true');
  agrees(1);
  repo.git('rm', '-q', '-f', 'a', 'b');
  repo.write('a', '1\n').write('b', '1\r\n');
  agrees(0);
});

test('ident and working-tree-encoding: stored as by git add', () => {
  repo.write('.gitattributes', 'a ident\nb working-tree-encoding=UTF-16LE\n');
  repo.write('a', '$Id: old $\n');
  writeFileSync(repo.path('b'), Buffer.from('$Id$\n', 'utf16le'));
  agrees(0);
  repo.write('a', '$Id: other $\nmore\n');
  agrees(1);
  repo.write('a', '$Id$\r\nmore\r\n');
  assert.is(repo.dosSync('fix', '--force', 'a').code, 0);
  assert.equal(Buffer.from('$Id$\r\nmore\r\n', 'utf16le'), Buffer.from(repo.run('cat', ['b']).stdout, 'latin1'));
});

test('in a submodule', () => {
  const origin = new Repo().write('b', CRLF);
  origin.settle();
  repo.git('submodule', '--quiet', 'add', origin.top, 'sub');
  repo.manifest({ pairs: [{ a: 'a', b: 'sub/b' }] }).settle();
  for (const where of ['.', 'sub']) repo.git('-C', where, 'config', 'core.autocrlf', 'true');
  utimesSync(repo.path('sub/b'), 1, 1);
  assert.is(repo.dosSync('check').code, 0);
  repo.write('a', `${CRLF}3\r\n`);
  assert.is(repo.dosSync('fix').code, 0);
  assert.is(repo.read('sub/b'), `${CRLF}3\r\n`);
  origin.remove();
});

test("outside the repository: a file is stored with its partner's attributes", () => {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  Object.assign(repo.env, { HOME: home, XDG_CONFIG_HOME: join(home, '.config') });
  mkdirSync(join(home, 'live'));
  writeFileSync(join(home, 'live/f'), CRLF);
  repo.manifest({ pairs: [{ a: '~/live/f', b: 'b' }] }).settle();
  assert.is(repo.dosSync('trust').code, 0);
  for (const set of [
    () => repo.git('config', 'core.autocrlf', 'true'),
    () => {
      repo.git('config', 'core.autocrlf', 'false');
      repo.write('.gitattributes', '* text=auto\n');
    },
  ]) {
    set();
    const { code, stdout } = repo.dosSync('check');
    assert.is(code, 0, stdout);
  }
  writeFileSync(join(home, 'live/f'), `${CRLF}3\r\n`);
  assert.is(repo.dosSync('check').code, 1);
  assert.is(repo.dosSync('fix', '--force', 'b').code, 0);
  assert.is(repo.read('b'), `${CRLF}3\r\n`);
  assert.is(repo.dosSync('check').code, 0);
  rmSync(home, { recursive: true });
});

test.run();
