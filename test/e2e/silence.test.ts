// Nothing passes silently: pairs that are not guarded yet, pairs without files, disabled hooks.

import { utimesSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo, type Result } from '../support/repo.js';

const test = suite('what is said aloud');
const MANIFEST = '.dos-sync-manifest.json';
const DOCS = { a: 'docs', b: 'web' };
const API = { a: 'api', b: 'app' };
let repo: Repo;

test.before.each(() => {
  repo = new Repo();
  for (const side of ['docs', 'web', 'api', 'app']) repo.write(`${side}/x`, '1\n');
  repo
    .manifest({ pairs: [DOCS] })
    .write('readme', '0\n')
    .settle();
  assert.is(repo.dosSync('install', '--native').code, 0);
  commitReadme();
});
test.after.each(() => repo.remove());

let edits = 0;

/** A commit of a file in no pair: without anything to report, the hook's sh passes it alone. */
function commitReadme(...args: string[]): Result {
  edits += 1;
  repo.write('readme', `${edits}\n`).git('add', 'readme');
  return repo.tryGit('commit', '-q', '-m', 'next', ...args);
}

const UNGUARDED = `dos-sync: ${MANIFEST} declares 1 pair that the hooks do not check until it is staged (api -> app): git add ${MANIFEST}\n`;

test('a manifest with unstaged pairs: each commit says so, whatever it touches, until it is staged', () => {
  repo.manifest({ pairs: [DOCS, API] });
  assert.equal(commitReadme(), { code: 0, stdout: '', stderr: UNGUARDED });
  assert.equal(commitReadme('-a', '--dry-run').code, 0);
  repo.write('docs/x', '2\n').write('web/x', '2\n').git('add', 'docs', 'web');
  assert.equal(commitReadme(), { code: 0, stdout: '', stderr: UNGUARDED });
  repo.git('add', MANIFEST);
  assert.is(commitReadme().stderr, '');
  repo.write('api/x', '2\n').git('add', 'api');
  assert.is(commitReadme().code, 1);
});

test('an untracked manifest: the hook, check and doctor report it', () => {
  repo.git('rm', '-q', '--cached', MANIFEST);
  repo.git('commit', '-q', '--no-verify', '-m', 'without');
  const words = `declares 1 pair that the hooks do not check until it is staged (docs -> web): git add ${MANIFEST}`;
  assert.match(commitReadme().stderr, words);
  const { code, stderr } = repo.dosSync('check');
  assert.equal([code, stderr], [0, `dos-sync: ${MANIFEST} ${words}\n`]);
  const doctor = repo.dosSync('doctor');
  assert.is(doctor.code, 1);
  assert.match(doctor.stdout, '1 pair that the hooks do not check until it is staged (docs -> web)');
  assert.match(doctor.stdout, `git add ${MANIFEST}`);
});

test('check and doctor report unstaged pairs, and are silent once they are staged', () => {
  repo.manifest({ pairs: [DOCS, API] });
  for (const args of [['check'], ['check', '--staged'], ['check', '--json'], ['check', '--format', 'junit']]) {
    const { code, stderr } = repo.dosSync(...args);
    assert.is(code, 0);
    assert.ok(stderr.endsWith(UNGUARDED), stderr);
  }
  assert.is(repo.dosSync('doctor').code, 1);
  repo.git('add', MANIFEST);
  assert.is(repo.dosSync('check').stderr, '');
  assert.is(repo.dosSync('doctor').code, 0);
});

test('a partial commit that leaves the staged manifest out says so, with a command that includes it', () => {
  repo.manifest({ pairs: [DOCS, API] }).git('add', MANIFEST);
  repo.write('api/x', '2\n');
  const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'next', '--', 'api/x');
  const command = `git add ${MANIFEST} && git commit -- ${MANIFEST}`;
  assert.is(code, 0);
  assert.is(
    stderr,
    `dos-sync: ${MANIFEST} declares 1 pair that this commit does not check, because it leaves that file out (api -> app): ${command}\n`,
  );
  assert.is(repo.run('sh', ['-c', `${command.replace('commit', 'commit -m x')}`]).code, 1);
  repo.write('app/x', '2\n').git('add', 'app');
  repo.git('commit', '-q', '-a', '-m', 'all of it');
});

test('an invalid manifest in the working tree: the staged one is used, and a message says so', () => {
  repo.write(MANIFEST, '{ // more\n}');
  const { code, stderr } = commitReadme();
  assert.is(code, 0);
  assert.match(
    stderr,
    `${MANIFEST} in the working tree is invalid, so the hooks do not check the pairs that it adds: git dos-sync check`,
  );
});

test('in a linked worktree, and in a subdirectory', () => {
  repo.git('worktree', 'add', '-q', 'linked');
  repo.write(`linked/${MANIFEST}`, repo.read(MANIFEST).replace('"docs"', '"api"').replace('"web"', '"app"'));
  repo.write('linked/docs/y', '1\n').write('linked/web/y', '1\n');
  const git = (...args: string[]) => repo.run('git', args, { cwd: 'linked/docs' });
  git('add', '-A', '..');
  git('reset', '-q', '--', `../${MANIFEST}`);
  assert.match(git('commit', '-q', '-m', 'next').stderr, `(api -> app): git add ../${MANIFEST}\n`);
  assert.is(commitReadme().stderr, '');
});

test('the commit that removes the last file of a pair says so, and passes', () => {
  repo.git('rm', '-q', '-r', 'docs', 'web');
  const { code, stderr } = commitReadme();
  assert.is(code, 0);
  assert.is(
    stderr,
    `dos-sync: this commit deletes the last file of docs -> web; if that is intended, remove the entry from ${MANIFEST}.\n`,
  );
  assert.is(commitReadme().stderr, '');
  const check = repo.dosSync('check');
  assert.is(check.code, 2);
  assert.match(check.stdout, 'neither side exists: docs -> web\n');
});

test('a rename of both sides, and a deletion that leaves files, with the same message or none', () => {
  repo.write('docs/y', '1\n').write('web/y', '1\n').settle();
  repo.git('rm', '-q', 'docs/x', 'web/x');
  assert.is(commitReadme().stderr, '');
  repo.git('mv', 'docs', 'docs2');
  repo.git('mv', 'web', 'web2');
  assert.match(commitReadme().stderr, 'this commit deletes the last file of docs -> web');
});

test('templates: the last instance is reported, one of several is not; a fan-out without a copy is fine', () => {
  repo.write('LICENSE', '1\n').write('p/one/LICENSE', '1\n');
  for (const name of ['one', 'two']) repo.write(`skills/${name}/f`, '1\n').write(`packs/${name}/src/f`, '1\n');
  const pairs = [
    { a: 'skills/{N}', b: 'packs/{N}/src' },
    { a: 'LICENSE', b: 'p/{N}/LICENSE' },
  ];
  repo.manifest({ pairs }).settle();
  for (const [removed, words] of [
    [['skills/one', 'packs/one'], ''],
    [['p'], ''],
    [['skills/two', 'packs/two'], 'this commit deletes the last file of skills/{N} -> packs/{N}/src'],
    [['LICENSE'], 'this commit deletes the last file of LICENSE -> p/{N}/LICENSE'],
  ] as const) {
    repo.git('rm', '-q', '-r', ...removed);
    const { code, stderr } = commitReadme();
    assert.is(code, 0, stderr);
    assert.ok(words === '' ? stderr === '' : stderr.includes(words), stderr);
    if (removed[0] === 'p') {
      const check = repo.dosSync('check');
      assert.equal([check.code, check.stdout.split('\n')[1]], [0, 'no copy exists: LICENSE -> p/{N}/LICENSE']);
    }
  }
});

test('a fan-out alone, without a copy, is not "nothing compared"', () => {
  repo
    .write('LICENSE', '1\n')
    .manifest({ pairs: [{ a: 'LICENSE', b: 'p/{N}/LICENSE' }] })
    .settle();
  assert.is(repo.dosSync('check').code, 0);
  repo.delete('LICENSE');
  assert.is(repo.dosSync('check').code, 2);
});

test('a commit that declares a pair without any side says so', () => {
  repo.manifest({ pairs: [DOCS, { a: 'gone', b: 'lost' }] }).git('add', MANIFEST);
  const { code, stderr } = commitReadme();
  assert.is(code, 0);
  assert.is(stderr, 'dos-sync: neither side of gone -> lost exists in this commit, so there is nothing to compare.\n');
});

test('check --allow-unchecked: 0 if one side of everything is elsewhere, but not for pairs without files', () => {
  repo.manifest({ pairs: [{ a: '~/.live', b: 'docs' }] }).settle();
  assert.is(repo.dosSync('check').code, 2);
  const { code, stdout } = repo.dosSync('check', '--allow-unchecked');
  assert.equal(
    [code, stdout],
    [0, 'not compared: the pair has only one side that can be read here (--allow-unchecked)\n'],
  );
  repo.manifest({ pairs: [{ a: 'gone', b: 'lost' }] }).settle();
  assert.is(repo.dosSync('check', '--allow-unchecked').code, 2);
});

test('DOS_SYNC=0 skips client hooks once, with one line; other values and commands ignore it', () => {
  repo.write('docs/x', '2\n').git('add', 'docs');
  for (const value of ['00', 'no', 'false', '']) {
    repo.env['DOS_SYNC'] = value;
    assert.is(commitReadme().code, 1, value);
  }
  repo.env['DOS_SYNC'] = '0';
  const skipped = (hook: string) => `dos-sync: skipped ${hook}, since DOS_SYNC=0 is set.\n`;
  assert.equal(commitReadme(), { code: 0, stdout: '', stderr: skipped('pre-commit') });
  assert.is(repo.dosSync('hook', 'pre-push').stderr, skipped('pre-push'));
  assert.is(repo.dosSync('check').code, 1);
  assert.is(repo.dosSync('hook', 'pre-receive').code, 0);
  assert.is(repo.dosSync('hook', 'pre-receive').stderr, '');
  delete repo.env['DOS_SYNC'];
  repo.write('docs/x', '3\n').git('add', 'docs');
  assert.is(commitReadme().code, 1);
});

test('a manifest with a future time costs a full check each time, and no message is lost', () => {
  const ahead = new Date(Date.now() + 3_600_000);
  utimesSync(repo.path(MANIFEST), ahead, ahead);
  assert.is(commitReadme().stderr, '');
  repo.manifest({ pairs: [DOCS, API] });
  utimesSync(repo.path(MANIFEST), new Date(ahead.getTime() + 1000), new Date(ahead.getTime() + 1000));
  assert.is(commitReadme().stderr, UNGUARDED);
});

test.run();
