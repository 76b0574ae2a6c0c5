// A submodule beside a file, and one that replaces a side: drift of type at every gate, never
// unchecked.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo, type Result } from '../support/repo.js';
import { guardedServer } from '../support/server.js';

const test = suite('gitlinks at and above sides');
let template: Repo;
let repo: Repo;
let gone: string;

test.before(() => {
  template = new Repo();
  template.manifest({
    pairs: [
      { a: 'live', b: 'release' },
      { a: 'docs/x', b: 'docs/y' },
      { a: 'LICENSE', b: 'packages/{p}/LICENSE' },
    ],
  });
  for (const path of ['live/f', 'release/f', 'live/d/g', 'release/d/g', 'docs/x', 'docs/y'])
    template.write(path, '1\n');
  for (const path of ['LICENSE', 'packages/p/LICENSE', 'packages/q/LICENSE']) template.write(path, 'MIT\n');
  template.settle();
  template.hooks();
  gone = template.git('rev-parse', 'HEAD').trim();
});
test.before.each(() => {
  repo = template.copy();
});
test.after.each(() => repo.remove());
test.after(() => template.remove());

/** Stages a submodule without a repository in place of the paths. */
function hide(...paths: string[]): void {
  for (const path of paths) {
    repo.git('rm', '-q', '-r', '--cached', path);
    repo.delete(path);
    repo.run('mkdir', ['-p', path]);
    repo.git('update-index', '--add', '--cacheinfo', `160000,${gone},${path}`);
  }
}

function commitPastHooks(): void {
  repo.git('commit', '-q', '--no-verify', '-m', 'hidden');
}

function verdicts(...scope: string[]): string[] {
  const { stdout, stderr } = repo.dosSync('check', '--json', ...scope);
  assert.is.not(stdout, '', stderr);
  const { files } = JSON.parse(stdout) as { files: { b: string; status: string; reason?: string }[] };
  const wrong = files.filter(({ status }) => status !== 'SYNCED');
  return wrong.map(({ b, status, reason }) => [b, status, reason].filter(Boolean).join(' ')).sort();
}

function blocked({ code, stderr }: Result, ...words: (string | RegExp)[]): void {
  assert.is(code, 1, stderr);
  for (const word of words) assert.match(stderr, word);
}

const RELEASE = ['release/d/g DRIFT type', 'release/f DRIFT type'];

test('over a directory: the commit, check --staged, the working tree, and then check --commit and --base', () => {
  hide('release');
  blocked(repo.tryGit('commit', '-q', '-m', 'next'), 'release/f', /a submodule has replaced sides of 2 pairs/);
  for (const scope of [[], ['--staged']]) assert.equal(verdicts(...scope), RELEASE, scope.join(' '));
  commitPastHooks();
  assert.equal(verdicts('--commit', 'HEAD'), RELEASE);
  assert.equal(verdicts('--commit', 'HEAD', '--base', 'HEAD~1'), RELEASE);
  // After the commit it is a submodule that is not checked out.
  assert.equal(verdicts(), ['release/d/g UNCHECKED', 'release/f UNCHECKED']);
  repo.git('update-index', '--cacheinfo', `160000,${repo.git('rev-parse', 'HEAD').trim()},release`);
  assert.is(repo.tryGit('commit', '-q', '-m', 'moved').code, 0);
});

test('over a directory inside a side, a file inside a side, and a declared file', () => {
  hide('release/d', 'live/f');
  assert.equal(verdicts('--staged'), ['release/d/g DRIFT type', 'release/f DRIFT type']);
  blocked(repo.tryGit('commit', '-q', '-m', 'next'), 'release/d/g', 'release/f');
  repo.git('reset', '-q', '--hard');
  hide('docs/y');
  assert.equal(verdicts('--staged'), ['docs/y DRIFT type']);
  commitPastHooks();
  for (const scope of [[], ['--staged'], ['--commit', 'HEAD']]) assert.equal(verdicts(...scope), ['docs/y DRIFT type']);
});

test('above both sides, which are the same nothing then', () => {
  hide('docs');
  blocked(repo.tryGit('commit', '-q', '-m', 'next'), 'docs/x');
  assert.equal(verdicts('--staged'), ['docs/y DRIFT type']);
});

test('at and above the copies of a fan-out, also without its source', () => {
  hide('packages/p');
  assert.equal(verdicts('--staged'), ['packages/p/LICENSE DRIFT type']);
  repo.git('reset', '-q', '--hard');
  hide('packages/p/LICENSE', 'packages/q/LICENSE');
  repo.git('rm', '-q', 'LICENSE');
  const both = ['packages/p/LICENSE DRIFT type', 'packages/q/LICENSE DRIFT type'];
  assert.equal(verdicts('--staged'), both);
  blocked(repo.tryGit('commit', '-q', '-m', 'next'), 'packages/p/LICENSE');
  commitPastHooks();
  for (const scope of [[], ['--commit', 'HEAD']]) assert.equal(verdicts(...scope), both);
  repo.git('reset', '-q', '--hard', 'HEAD~1');
  hide('packages');
  repo.git('rm', '-q', 'LICENSE');
  assert.equal(verdicts('--staged'), both);
  blocked(repo.tryGit('commit', '-q', '-m', 'next'), 'packages/p/LICENSE');
});

test('at the push, and at the server', () => {
  const server = guardedServer();
  repo.git('remote', 'add', 'origin', `file://${server.top}`);
  repo.git('push', '-q', 'origin', 'main');
  hide('release');
  commitPastHooks();
  blocked(repo.tryGit('push', '-q', 'origin', 'main'), 'release/f', 'a submodule has replaced');
  blocked(repo.tryGit('push', '-q', '--no-verify', 'origin', 'main'), 'release/f', 'a submodule has replaced');
  blocked(repo.tryGit('push', '-q', '--no-verify', 'origin', 'main:other'), 'release/f');
  // Removing the pair meanwhile hides nothing either.
  repo.manifest({ pairs: [{ a: 'docs/x', b: 'docs/y' }] }).git('add', '.dos-sync-manifest.json');
  commitPastHooks();
  blocked(repo.tryGit('push', '-q', '--no-verify', 'origin', 'main'), 'release/f');
  server.remove();
});

test("a merge: what one branch has hidden is its drift, what the merge hides is the merge's", () => {
  repo.git('switch', '-q', '-c', 'branch');
  hide('release/d');
  commitPastHooks();
  repo.git('switch', '-q', 'main');
  repo.write('readme.md', '1\n').settle();
  const taken = repo.tryGit('merge', '-q', '--no-edit', 'branch');
  assert.is(taken.code, 0, taken.stderr);
  assert.match(taken.stderr, '1 pair was already out of sync in a merged branch');
  repo.git('reset', '-q', '--hard', 'HEAD~1');
  repo.write('live/d/g', '2\n').settle();
  blocked(repo.tryGit('merge', '-q', '--no-edit', 'branch'), 'release/d/g');
});

test('a directory that becomes a checked-out submodule is compared, file by file', () => {
  const origin = new Repo().write('f', '1\n').write('d/g', '1\n');
  origin.settle();
  repo.git('rm', '-q', '-r', 'release');
  repo.git('submodule', '--quiet', 'add', origin.top, 'release');
  assert.equal(verdicts('--staged'), []);
  assert.equal(repo.tryGit('commit', '-q', '-m', 'next'), { code: 0, stdout: '', stderr: '' });
  origin.write('d/g', '2\n').settle();
  repo.git('-C', 'release', 'pull', '-q');
  repo.git('add', 'release');
  blocked(repo.tryGit('commit', '-q', '-m', 'next'), 'release/d/g');
  origin.remove();
});

test('a submodule beside a file, checked out or not, and two at one commit', () => {
  const origin = new Repo().write('f', '1\n');
  origin.settle();
  repo.manifest({
    pairs: [
      { a: 'file', b: 'sub' },
      { a: 'two/s', b: 'three/s' },
    ],
  });
  repo.write('file', '1\n').git('submodule', '--quiet', 'add', origin.top, 'sub');
  repo.git('submodule', '--quiet', 'add', origin.top, 'two/s');
  repo.git('submodule', '--quiet', 'add', origin.top, 'three/s');
  repo.settle();
  for (const scope of [[], ['--staged'], ['--commit', 'HEAD']]) assert.equal(verdicts(...scope), ['sub DRIFT type']);
  repo.git('submodule', 'deinit', '-q', '-f', 'sub', 'two/s');
  for (const scope of [[], ['--staged']]) assert.equal(verdicts(...scope), ['sub DRIFT type'], scope.join(' '));
  origin.remove();
});

test.run();
