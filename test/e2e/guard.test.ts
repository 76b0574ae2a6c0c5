// The guard: a commit that touches no pair starts no Node; one that does is judged, even if HEAD
// moves meanwhile.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bin, commit, isBlocked, isChecked, isFree, PAIR, repo, setUp, stage, tearDown } from '../support/guarded.js';
import type { Result } from '../support/repo.js';

const test = suite('the guard');

test.before.each(setUp);
test.after.each(tearDown);

test('a commit of other files starts no Node: plain, -a, by path, amended, empty, in a detached HEAD', () => {
  isFree(commit);
  for (const form of [['-a'], ['--amend'], ['--', 'readme'], ['-i', 'readme']]) isFree(() => commit('form', form));
  isFree(() => repo.tryGit('commit', '-q', '--allow-empty', '-m', 'empty'));
  repo.git('checkout', '-q', '--detach');
  isFree(commit);
});

test('drift is blocked after such commits: edited, added, deleted, made executable, in every form of commit', () => {
  isFree(commit);
  stage('live/a', '2\n');
  isBlocked(() => commit());
  for (const form of [['-a'], ['--amend'], ['-i', 'readme']]) isBlocked(() => commit('form', form));
  isFree(() => repo.tryGit('commit', '-q', '-m', 'by path', '--', 'readme'));
  isBlocked(() => repo.tryGit('commit', '-q', '-m', 'by path', '--', 'live/a'));
  repo.git('reset', '-q', '--hard');
  stage('release/b', 'new\n');
  isBlocked(() => commit());
  repo.git('reset', '-q', '--hard');
  repo.git('rm', '-q', 'live/a');
  isBlocked(() => commit());
  repo.git('reset', '-q', '--hard');
  repo.git('update-index', '--chmod=+x', 'live/a');
  isBlocked(() => commit());
});

test('a pair that the commit itself declares is judged, and the guard follows the manifest', () => {
  repo.write('x', '1\n').write('y', '2\n').settle();
  repo.manifest({ pairs: [PAIR, { a: 'x', b: 'y' }] }).git('add', '-A');
  isBlocked(() => commit());
  stage('y', '1\n');
  isChecked(commit);
  isFree(commit);
  stage('x', '3\n');
  isBlocked(() => commit());
});

test('a manifest that bypassed the hook is not that of the guard', () => {
  repo.write('x', '1\n').write('y', '1\n');
  repo.manifest({ pairs: [PAIR, { a: 'x', b: 'y' }] }).settle();
  stage('x', '2\n');
  isBlocked(() => commit());
});

test("a symlink with the manifest's text as its target is refused, though it has the blob of the guard", () => {
  isFree(commit);
  const blob = repo.git('rev-parse', 'HEAD:.dos-sync-manifest.json').trim();
  repo.git('update-index', '--cacheinfo', `120000,${blob},.dos-sync-manifest.json`);
  repo.git('commit', '-q', '--no-verify', '-m', 'a link');
  repo.write('live/a', '2\n').write('release/a', '2\n').git('add', 'live/a', 'release/a');
  const { code, stderr } = commit();
  assert.is.not(code, 0);
  assert.match(stderr, 'is a symbolic link');
});

test('a manifest that is staged for deletion, or intent-to-add, gets the full check', () => {
  repo.git('rm', '-q', '--cached', '.dos-sync-manifest.json');
  assert.match(commit().stderr, 'declares 1 pair that the hooks do not check until it is staged (live -> release)');
});

test('unstaged edits of the manifest get the full check once, and at each commit if they pair more', () => {
  const wider = { pairs: [PAIR, { a: 'x', b: 'y' }] };
  repo.manifest({ pairs: [PAIR], live_only: ['live/notes'] });
  isChecked(commit);
  isFree(commit);
  repo.manifest(wider);
  for (let times = 0; times < 2; times += 1) {
    isChecked(() => {
      const result = commit();
      assert.match(result.stderr, 'declares 1 pair that the hooks do not check until it is staged (x -> y)');
      return result;
    });
  }
  repo.git('checkout', '-q', '--', '.dos-sync-manifest.json');
  isChecked(commit);
  isFree(commit);
  stage('live/a', '2\n');
  stage('release/a', '2\n');
  repo.manifest(wider);
  assert.match(commit().stderr, '(x -> y)');
});

test('switching between branches with other manifests, and back', () => {
  repo.write('x', '1\n').write('y', '1\n').settle();
  repo.git('branch', 'other');
  isFree(commit);
  repo.git('checkout', '-q', 'other');
  repo.manifest({ pairs: [{ a: 'x', b: 'y' }] }).settle();
  for (const [branch, touched] of [
    ['main', 'live/a'],
    ['other', 'x'],
    ['main', 'release/a'],
    ['other', 'y'],
  ] as const) {
    repo.git('checkout', '-q', branch);
    stage(touched, `${branch}\n`);
    isBlocked(() => commit());
    repo.git('reset', '-q', '--hard');
    isFree(commit);
  }
});

test("a branch without the manifest does not use another branch's guard", () => {
  repo.git('checkout', '-q', '--orphan', 'bare');
  repo.git('rm', '-rqf', '.');
  isChecked(() => commit('first of the branch'));
  isChecked(commit);
});

test('a first commit is checked, whatever the earlier guard says', () => {
  const manifest = repo.read('.dos-sync-manifest.json');
  repo.git('update-ref', '-d', 'HEAD');
  repo.git('read-tree', '--empty');
  repo.write('.dos-sync-manifest.json', manifest).write('live/a', 'other\n').git('add', '.');
  isBlocked(() => commit());
});

test('a merge is checked: clean, and one that ends a conflict', () => {
  repo.git('checkout', '-q', '-b', 'side');
  repo.write('side', '1\n').settle();
  repo.git('checkout', '-q', 'main');
  isFree(commit);
  isChecked(() => repo.tryGit('merge', '-q', '--no-edit', 'side'));
  repo.git('checkout', '-q', '-b', 'clash');
  repo.write('readme', 'theirs\n').settle();
  repo.git('checkout', '-q', 'main');
  repo.write('readme', 'ours\n').settle();
  assert.is.not(repo.tryGit('merge', '-q', 'clash').code, 0);
  isChecked(commit);
  isFree(commit);
});

test('a worktree has a separate guard, and drift in it is blocked', () => {
  const tree = join(bin, 'tree');
  repo.git('worktree', 'add', '-q', '-b', 'tree', tree);
  const inTree = (...args: string[]): Result => repo.run('git', ['-C', tree, ...args]);
  const empty = () => inTree('commit', '-q', '--allow-empty', '-m', 'in the tree');
  isChecked(empty);
  isFree(empty);
  writeFileSync(join(tree, 'live/a'), 'drift\n');
  isBlocked(() => inTree('commit', '-qam', 'drift'));
  isFree(commit);
});

test.run();
