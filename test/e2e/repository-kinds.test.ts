// Repositories of every kind: the same commit is blocked, fixed by the printed command, and passes.

import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pairedRepo, Repo } from '../support/repo.js';

const LIVE = 'live/skill.md';
const RELEASE = 'release/skill.md';
const PASSED = { code: 0, stdout: '', stderr: '' };

const test = suite('repositories of every kind');
let repo: Repo;
let beside: string;

test.before.each(() => {
  beside = mkdtempSync(join(tmpdir(), 'beside-'));
});
test.after.each(() => {
  repo.remove();
  rmSync(beside, { recursive: true });
});

function pairedIn(options: readonly string[]): Repo {
  const made = new Repo(options);
  made.manifest({ pairs: [{ a: 'live', b: 'release' }] });
  made.write(LIVE, 'one\n').write(RELEASE, 'one\n').write('readme.md', 'hello\n').settle();
  return made.hooks();
}

/**
 * Edits the live file; the commit is blocked, the printed command fixes it, the commit passes and
 * leaves nothing over.
 */
function holdsIn(place: Repo): void {
  assert.is(place.dosSync('check').code, 0);
  place.write(LIVE, 'two\n').git('add', LIVE);
  const refused = place.tryGit('commit', '-qm', 'next');
  assert.is(refused.code, 1, refused.stderr);
  assert.match(refused.stderr, `dos-sync fix --staged ${LIVE}`);
  const fixed = place.dosSync('fix', '--staged', LIVE);
  assert.is(fixed.code, 0, fixed.stdout + fixed.stderr);
  assert.equal(place.tryGit('commit', '-qm', 'next'), PASSED);
  assert.is(place.status(), '');
  assert.is(place.show(`HEAD:${RELEASE}`), 'two\n');
  assert.is(place.dosSync('check').code, 0);
  assert.is(place.tryGit('fsck', '--no-progress').code, 0);
}

function shallowOrPartial(...options: readonly string[]): Repo {
  const origin = pairedRepo();
  origin.write(LIVE, 'older\n').write(RELEASE, 'older\n').settle();
  origin.write(LIVE, 'one\n').write(RELEASE, 'one\n').settle();
  origin.git('config', 'uploadpack.allowFilter', 'true');
  const clone = new Repo();
  clone.git('clone', '-q', ...options, `file://${origin.top}`, 'clone');
  // Without the origin nothing can be fetched.
  origin.remove();
  return clone;
}

/** Runs in a clone below the repository that contains it. */
function inside(outer: Repo, name: string): Repo {
  const inner = Object.create(outer, { top: { value: outer.path(name) } }) as Repo;
  return inner.hooks();
}

test('sha256', () => {
  repo = pairedIn(['--object-format=sha256']);
  holdsIn(repo);
});

test('reftable, where git has it; where not, git says so itself', () => {
  repo = new Repo();
  const { code, stderr } = repo.tryGit('init', '-q', '--ref-format=reftable', 'probe');
  if (code !== 0) {
    assert.match(stderr, 'ref-format');
    return;
  }
  repo.remove();
  repo = pairedIn(['--ref-format=reftable']);
  holdsIn(repo);
});

test('a split index', () => {
  repo = pairedRepo();
  repo.git('update-index', '--split-index');
  holdsIn(repo);
});

test('an index without the newest extensions, and one with untracked cache', () => {
  repo = pairedRepo();
  repo.git('update-index', '--index-version', '4');
  repo.git('update-index', '--force-untracked-cache');
  holdsIn(repo);
});

test('a sparse checkout: the copy that is not here is staged, and not written', () => {
  repo = pairedRepo();
  repo.git('sparse-checkout', 'set', '--no-cone', '/*', '!/release/');
  assert.not(repo.exists(RELEASE));
  holdsIn(repo);
  assert.not(repo.exists(RELEASE));
  assert.is(repo.git('ls-files', '-t', RELEASE), `S ${RELEASE}\n`);
});

test('a sparse index: directories in the index stay directories', () => {
  repo = pairedRepo();
  repo.write('far/deep/file', '1').settle();
  repo.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'live', 'release');
  assert.match(repo.git('ls-files', '--sparse', '--stage'), /040000 .*\tfar\/\n/);
  holdsIn(repo);
  assert.not(repo.exists('far'));
});

test('a sparse index with a copy in a directory that is not checked out', () => {
  repo = pairedRepo();
  repo.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'live');
  assert.match(repo.git('ls-files', '--sparse', '--stage'), /040000 .*\trelease\/\n/);
  holdsIn(repo);
  assert.not(repo.exists('release'));
});

test('a shallow clone', () => {
  repo = shallowOrPartial('--depth=1');
  holdsIn(inside(repo, 'clone'));
});

test('a partial clone without network: ids are compared, and no blob is asked for', () => {
  repo = shallowOrPartial('--filter=blob:none');
  holdsIn(inside(repo, 'clone'));
});

test('a partial clone without network: a blob that is not here is never staged', () => {
  repo = shallowOrPartial('--filter=blob:none');
  const clone = inside(repo, 'clone');
  const missing = clone.git('rev-parse', `HEAD~1:${LIVE}`).trim();
  clone.git('update-index', '--cacheinfo', `100644,${missing},${LIVE}`);
  const before = clone.git('ls-files', '--stage');
  const fixed = clone.dosSync('fix', '--staged', LIVE);
  assert.is(fixed.code, 2, fixed.stdout);
  assert.match(fixed.stderr, missing, fixed.stderr);
  assert.is(clone.git('ls-files', '--stage'), before);
});

test('a partial clone without network: drift with missing contents is still reported', () => {
  const origin = pairedRepo();
  origin.write(LIVE, 'other\n').write('live/equal.md', '1\n').write('release/equal.md', '1\n').settle();
  origin.git('config', 'uploadpack.allowFilter', 'true');
  repo = new Repo();
  repo.git('clone', '-q', '--filter=blob:none', '--no-checkout', `file://${origin.top}`, 'clone');
  const clone = inside(repo, 'clone');
  clone.git('show', 'HEAD:.dos-sync-manifest.json');
  origin.remove();
  const { code, stdout, stderr } = clone.dosSync('check', '--json', '--commit', 'HEAD');
  assert.is(code, 1, stderr);
  const { files, total_identical } = JSON.parse(stdout) as {
    files: Record<string, unknown>[];
    total_identical: number;
  };
  assert.is(total_identical, 1);
  const drift = files.find(({ status }) => status === 'DRIFT');
  assert.equal([drift?.['a_sha256'], drift?.['b_sha256']], [null, null]);
  assert.is(clone.dosSync('check', '--commit', 'HEAD').code, 1);
});

test('a clone without trees, and without network: an unreadable path is not an absent file', () => {
  const origin = pairedRepo();
  origin.git('config', 'uploadpack.allowFilter', 'true');
  repo = new Repo();
  repo.git('clone', '-q', '--filter=tree:1', '--no-checkout', `file://${origin.top}`, 'clone');
  const clone = inside(repo, 'clone');
  clone.git('show', 'HEAD:.dos-sync-manifest.json');
  origin.remove();
  const { code, stderr } = clone.dosSync('check', '--commit', 'HEAD');
  assert.is(code, 2, stderr);
  assert.match(stderr, /from promisor remote|The tree [0-9a-f]+ is missing from this repository/);
});

test('a linked worktree, with the index and the guard of its own', () => {
  repo = pairedRepo();
  repo.git('worktree', 'add', '-q', '-b', 'other', join(beside, 'tree'));
  holdsIn(Object.create(repo, { top: { value: join(beside, 'tree') } }) as Repo);
  assert.is(repo.read(RELEASE), 'one\n');
});

test('intent-to-add: the entry is in no commit, and still meant after a fix', () => {
  repo = pairedRepo();
  repo.write('live/new.md', 'new\n').write('release/new.md', 'new\n').git('add', '-N', 'release/new.md');
  repo.git('add', 'live/new.md');
  assert.is(repo.tryGit('commit', '-qm', 'next').code, 1);
  assert.is(repo.dosSync('fix', '--staged', 'live/new.md').code, 0);
  assert.equal(repo.tryGit('commit', '-qm', 'next'), PASSED);
  assert.is(repo.status(), '');
});

test('skip-worktree and assume-unchanged: the flag stays, and neither working file is trusted', () => {
  repo = pairedRepo();
  repo.git('update-index', '--skip-worktree', RELEASE);
  holdsIn(repo);
  assert.match(repo.git('ls-files', '-v', RELEASE), /^S /);
  repo.git('update-index', '--no-skip-worktree', RELEASE);
  repo.git('checkout', '-q', '--', '.');
  repo.git('update-index', '--assume-unchanged', RELEASE);
  repo.write(LIVE, 'three\n').git('add', LIVE);
  assert.is(repo.tryGit('commit', '-qm', 'next').code, 1);
  assert.is(repo.dosSync('fix', '--staged', LIVE).code, 0);
  assert.equal(repo.tryGit('commit', '-qm', 'next'), PASSED);
  assert.is(repo.read(RELEASE), 'three\n');
});

test('core.autocrlf: equal blobs are equal files, and the fix writes what a checkout writes', () => {
  repo = pairedRepo();
  repo.git('config', 'core.autocrlf', 'true');
  repo.git('rm', '-q', '--cached', '-r', '.');
  repo.git('reset', '-q', '--hard');
  assert.is(repo.read(LIVE), 'one\r\n');
  holdsIn(repo);
  assert.is(repo.read(RELEASE), 'two\r\n');
});

test('filters that differ between the sides are an error, and nothing is written', () => {
  repo = pairedRepo();
  repo.git('config', 'filter.upper.clean', 'tr a-z A-Z');
  repo.git('config', 'filter.upper.smudge', 'cat');
  repo.write('.gitattributes', 'release/* filter=upper\n').write(RELEASE, 'ONE\n').settle();
  repo.write(LIVE, 'two\n').git('add', LIVE);
  const before = repo.state();
  const refused = repo.tryGit('commit', '-qm', 'next');
  assert.is.not(refused.code, 0);
  for (const args of [
    ['check', '--staged'],
    ['fix', '--staged', LIVE],
  ]) {
    const { code, stderr, stdout } = repo.dosSync(...args);
    assert.is(code, 2, stdout);
    assert.match(stderr, /live\/skill\.md and release\/skill\.md .*filter/);
  }
  assert.is(repo.state(), before);
});

test('LFS pointers are compared as blobs, and equal filters write through', () => {
  repo = pairedRepo();
  repo.git('config', 'filter.lfs.clean', "sed 's/^/version of /'");
  repo.git('config', 'filter.lfs.smudge', "sed 's/^version of //'");
  repo.git('config', 'filter.lfs.required', 'true');
  repo.write('.gitattributes', 'live/* filter=lfs\nrelease/* filter=lfs\n');
  repo.write(LIVE, 'large\n').write(RELEASE, 'large\n').settle();
  repo.write(LIVE, 'two\n').git('add', LIVE);
  assert.is(repo.show(`:${LIVE}`), 'version of two\n');
  assert.is(repo.tryGit('commit', '-qm', 'next').code, 1);
  assert.is(repo.dosSync('fix', '--staged', LIVE).code, 0);
  assert.is(repo.show(`:${RELEASE}`), 'version of two\n');
  assert.is(repo.read(RELEASE), 'two\n');
  assert.equal(repo.tryGit('commit', '-qm', 'next'), PASSED);
  assert.is(repo.status(), '');
});

test('a dangling symlink on both sides is a symlink like another', () => {
  repo = pairedRepo();
  for (const side of ['live', 'release']) symlinkSync('nowhere', repo.path(`${side}/link`));
  repo.git('add', '-A');
  assert.equal(repo.tryGit('commit', '-qm', 'links'), PASSED);
  repo.delete('live/link');
  symlinkSync('elsewhere', repo.path('live/link'));
  repo.git('add', 'live/link');
  assert.is(repo.tryGit('commit', '-qm', 'next').code, 1);
  assert.is(repo.dosSync('fix', '--staged', 'live/link').code, 0);
  assert.equal(repo.tryGit('commit', '-qm', 'next'), PASSED);
  assert.is(repo.show('HEAD:release/link'), 'elsewhere');
});

test('core.symlinks off: a link that is checked out as a file is still a link', () => {
  repo = pairedRepo();
  for (const side of ['live', 'release']) symlinkSync('skill.md', repo.path(`${side}/link`));
  repo.settle();
  repo.git('config', 'core.symlinks', 'false');
  for (const side of ['live', 'release']) {
    repo.delete(`${side}/link`);
    repo.write(`${side}/link`, 'skill.md');
  }
  assert.is(repo.status(), '');
  assert.is(repo.dosSync('check').code, 0, repo.dosSync('check', '--full').stdout);
  holdsIn(repo);
});

test('a rename that only changes the case is one finding', () => {
  repo = pairedRepo();
  repo.git('mv', LIVE, 'live/Skill.md');
  const refused = repo.tryGit('commit', '-qm', 'next');
  assert.is(refused.code, 1);
  assert.match(refused.stderr, 'live/skill.md is renamed to live/Skill.md');
  assert.is(repo.dosSync('fix', '--staged', '--delete', LIVE, 'live/Skill.md').code, 0);
  assert.equal(repo.tryGit('commit', '-qm', 'next'), PASSED);
  assert.is(repo.show('HEAD:release/Skill.md'), 'one\n');
});

test('hostile names on their way through a commit and a fix', () => {
  repo = pairedRepo();
  const names = ['a b', 'quote"d', 'new\nline', 'c:d', '#e', '-n', '~t', 'é', '*', '[x]', ':(top)f', 'tab\there'];
  for (const name of names) repo.write(`live/${name}`, name);
  const raw = (side: string) => Buffer.concat([Buffer.from(`${repo.top}/${side}/`), Buffer.from([0x66, 0xff])]);
  writeFileSync(raw('live'), 'bytes');
  repo.git('add', '-A');
  assert.is(repo.tryGit('commit', '-qm', 'next').code, 1);
  const fixed = repo.dosSync('fix', '--staged');
  assert.is(fixed.code, 0, fixed.stdout + fixed.stderr);
  assert.equal(repo.tryGit('commit', '-qm', 'next'), PASSED);
  assert.is(repo.status(), '');
  for (const name of names) assert.is(repo.read(`release/${name}`), name);
  assert.is(readFileSync(raw('release'), 'utf8'), 'bytes');
});

test('a corrupt index: exit 2, the reason, nothing written', () => {
  repo = pairedRepo();
  repo.write(LIVE, 'two\n').git('add', LIVE);
  writeFileSync(repo.path('.git/index'), 'DIRC and nothing that an index is');
  for (const args of [['hook', 'pre-commit'], ['check'], ['check', '--staged'], ['fix'], ['fix', '--staged']]) {
    const { code, stderr } = repo.dosSync(...args);
    assert.is(code, 2, args.join(' '));
    assert.match(stderr, 'index');
  }
  assert.is(repo.read(RELEASE), 'one\n');
  assert.is(readFileSync(repo.path('.git/index'), 'utf8'), 'DIRC and nothing that an index is');
});

test('through a symlink to the repository, and in a directory of it', () => {
  repo = pairedRepo();
  symlinkSync(repo.top, join(beside, 'link'));
  mkdirSync(repo.path('live/deep'));
  const linked = Object.create(repo, { top: { value: join(beside, 'link') } }) as Repo;
  assert.is.not(linked.top, realpathSync(linked.top));
  holdsIn(linked);
  const { code, stdout } = linked.run(process.execPath, [join(process.cwd(), 'dist/cli.js'), 'check', '../skill.md'], {
    cwd: 'live/deep',
  });
  assert.is(code, 0, stdout);
});

test.run();
