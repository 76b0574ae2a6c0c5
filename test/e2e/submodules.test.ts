// A copy in a submodule: which of its states each check reads, and what cannot be read.

import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';
import { ALL, commitInside, origin, repo, setUpSubmodule, sub, verdicts } from '../support/submodules.js';

const test = suite('pairs with a side inside a submodule');
setUpSubmodule(test);

test('every scope reads its own state of the submodule', () => {
  assert.equal(verdicts(...ALL), ['a.md: SYNCED', 'b.md: SYNCED']);
  repo.write('rel/v1/skills/a.md', '2\n');
  assert.equal(verdicts('worktree'), ['a.md: DRIFT content', 'b.md: SYNCED']);
  assert.equal(verdicts('staged', 'commit'), ['a.md: SYNCED', 'b.md: SYNCED']);
  commitInside('skills/new.md', '1\n');
  assert.equal(verdicts('worktree'), ['a.md: DRIFT content', 'b.md: SYNCED', 'new.md: MISSING_A']);
  assert.equal(verdicts('staged', 'commit'), ['a.md: SYNCED', 'b.md: SYNCED']);
  repo.git('add', 'rel/v1');
  assert.equal(verdicts('staged'), ['a.md: DRIFT content', 'b.md: SYNCED', 'new.md: MISSING_A']);
  assert.equal(verdicts('commit'), ['a.md: SYNCED', 'b.md: SYNCED']);
  repo.git('commit', '-q', '--no-verify', '-m', 'next');
  assert.equal(verdicts(...ALL), ['a.md: DRIFT content', 'b.md: SYNCED', 'new.md: MISSING_A']);
});

test('a staged gitlink is judged only by what differs between the two commits', () => {
  repo.write('live/b.md', 'old drift\n').settle();
  commitInside('other', '2\n');
  repo.git('add', 'rel/v1');
  assert.equal(repo.tryGit('commit', '-q', '-m', 'nothing of the pair'), { code: 0, stdout: '', stderr: '' });
  commitInside('skills/a.md', '2\n');
  repo.git('add', 'rel/v1');
  const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'a moved');
  assert.is(code, 1, stderr);
  assert.match(stderr, 'rel/v1/skills/a.md');
  assert.not.match(stderr, 'b.md');
});

test('a staged gitlink is noticed even if .gitmodules says ignore = all', () => {
  repo.git('config', '-f', '.gitmodules', 'submodule.rel/v1.ignore', 'all');
  repo.settle();
  commitInside('skills/a.md', '2\n');
  repo.git('update-index', '--cacheinfo', `160000,${sub('rev-parse', 'HEAD').trim()},rel/v1`);
  assert.is(repo.tryGit('commit', '-q', '-m', 'next').code, 1);
});

test('a filter that only the submodule has is an error, and nothing is written', () => {
  repo.git('-C', 'rel/v1', 'config', 'filter.upper.clean', "tr 'a-z' 'A-Z'");
  commitInside('.gitattributes', 'skills/a.md filter=upper\n');
  repo.write('live/a.md', 'word\n').git('add', 'live/a.md', 'rel/v1');
  for (const args of [['check'], ['check', '--staged'], ['fix'], ['hook', 'pre-commit']]) {
    const { code, stderr } = repo.dosSync(...args);
    assert.is(code, 2, `${args.join(' ')}: ${stderr}`);
    assert.match(stderr, 'have different filters in .gitattributes');
  }
  assert.is(repo.read('rel/v1/skills/a.md'), '1\n');
  repo.write('.gitattributes', 'live/a.md filter=upper\n');
  repo.git('config', 'filter.upper.clean', "tr 'a-z' 'A-Z'");
  repo.git('add', '--renormalize', '.');
  assert.is(repo.dosSync('check').code, 1);
});

test('not initialised, and a missing commit: UNCHECKED with the command that repairs it, and no commit blocked', () => {
  repo
    .write('p', '1')
    .write('q', '1')
    .manifest({
      pairs: [
        { a: 'live', b: 'rel/v1/skills' },
        { a: 'p', b: 'q' },
      ],
    });
  repo.settle();
  const gone = '1'.repeat(40);
  repo.git('update-index', '--cacheinfo', `160000,${gone},rel/v1`);
  const staged = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(staged.code, 0, staged.stderr);
  assert.match(
    staged.stderr,
    'the commit of the submodule rel/v1 is missing from this clone: git submodule update --init rel/v1',
  );
  repo.git('reset', '-q', '--soft', 'HEAD~1');
  repo.git('reset', '-q');
  repo.git('submodule', 'deinit', '-q', '-f', 'rel/v1');
  assert.equal(verdicts(...ALL), ['a.md: UNCHECKED', 'b.md: UNCHECKED', 'p: SYNCED']);
  const { code, stderr } = repo.dosSync('check');
  assert.is(code, 0, stderr);
  assert.match(
    stderr,
    '2 pairs were not checked: the submodule rel/v1 is not initialised: git submodule update --init rel/v1',
  );
  repo.write('live/a.md', '2\n').git('add', 'live');
  const hook = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(hook.code, 0, hook.stderr);
  assert.match(hook.stderr, 'git submodule update --init rel/v1');
  repo.git('submodule', '--quiet', 'update', '--init', 'rel/v1');
  assert.equal(verdicts(...ALL), ['a.md: DRIFT content', 'b.md: SYNCED', 'p: SYNCED']);
});

test('only a submodule that is not checked out: nothing was compared', () => {
  repo.git('submodule', 'deinit', '-q', '-f', 'rel/v1');
  assert.is(repo.dosSync('check').code, 2);
});

test('the whole submodule as a side, and names inside it', () => {
  repo.manifest({
    pairs: [
      { a: 'whole', b: 'rel/v1', exclude: ['skills'] },
      { a: 'by-name/{File}', b: 'rel/v1/skills/{File}' },
    ],
  });
  repo.write('whole/other', '1\n').write('whole/more', '1\n').write('by-name/a.md', '2\n').settle();
  assert.equal(verdicts(...ALL), ['a.md: DRIFT content', 'more: MISSING_B', 'other: SYNCED']);
  repo.git('submodule', 'deinit', '-q', '-f', 'rel/v1');
  assert.equal(verdicts(...ALL), ['a.md: UNCHECKED', 'more: UNCHECKED', 'other: UNCHECKED']);
  repo.git('submodule', '--quiet', 'update', '--init', 'rel/v1');
  repo.git('rm', '-q', '-r', '--cached', 'whole');
  repo.delete('whole');
  repo.write('whole', 'a file\n').git('add', '-A');
  assert.equal(verdicts('worktree', 'staged'), ['a.md: DRIFT content', 'whole: DRIFT type']);
});

test('two submodules as the two sides are compared as commits; below them, file by file', () => {
  repo.git('submodule', '--quiet', 'add', origin.top, 'twin');
  repo.manifest({ pairs: [{ a: 'twin', b: 'rel/v1' }] }).settle();
  assert.equal(verdicts(...ALL), ['twin: SYNCED']);
  repo.manifest({ pairs: [{ a: 'twin/skills', b: 'rel/v1/skills' }] }).settle();
  assert.equal(verdicts(...ALL), ['a.md: SYNCED', 'b.md: SYNCED']);
});

test('a submodule of a submodule', () => {
  const outer = new Repo().write('x', '1');
  outer.git('submodule', '--quiet', 'add', origin.top, 'inner');
  outer.settle();
  repo.git('submodule', '--quiet', 'add', outer.top, 'outer');
  repo.git('submodule', '--quiet', 'update', '--init', '--recursive');
  outer.remove();
  repo
    .manifest({ pairs: [{ a: 'live', b: 'outer/inner/skills' }] })
    .write('live/b.md', '2\n')
    .settle();
  assert.equal(verdicts(...ALL), ['a.md: SYNCED', 'b.md: DRIFT content']);
  repo.write('outer/inner/skills/a.md', '3\n');
  for (const at of ['outer/inner', 'outer']) repo.git('-C', at, 'commit', '-q', '--no-verify', '-a', '-m', 'next');
  repo.git('add', 'outer');
  const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(code, 1, stderr);
  assert.match(stderr, 'outer/inner/skills/a.md');
  assert.not.match(stderr, 'b.md');
});

test('in a linked worktree, with commit -a', () => {
  const tree = `${repo.top}-tree`;
  repo.git('worktree', 'add', '-q', tree);
  repo.git('-C', tree, 'submodule', '--quiet', 'update', '--init');
  writeFileSync(`${tree}/live/a.md`, '2\n');
  const blocked = repo.tryGit('-C', tree, 'commit', '-q', '-a', '-m', 'next');
  writeFileSync(`${tree}/rel/v1/skills/a.md`, '2\n');
  repo.git('-C', `${tree}/rel/v1`, 'commit', '-q', '-a', '-m', 'inside');
  const passed = repo.tryGit('-C', tree, 'commit', '-q', '-a', '-m', 'next');
  rmSync(tree, { recursive: true });
  assert.is(blocked.code, 1, blocked.stderr);
  assert.match(blocked.stderr, 'live/a.md and its copy rel/v1/skills/a.md differ.', blocked.stderr);
  assert.equal(passed, { code: 0, stdout: '', stderr: '' });
});

test('a merge that takes the gitlink from one side and the live copy from the other', () => {
  repo.git('checkout', '-q', '-b', 'side');
  commitInside('skills/a.md', '2\n');
  repo.settle();
  repo.git('checkout', '-q', 'main');
  repo.git('submodule', '--quiet', 'update');
  repo.write('elsewhere', '1').settle();
  const inherited = repo.tryGit('merge', '-q', '--no-edit', 'side');
  assert.is(inherited.code, 0, inherited.stderr);
  assert.match(inherited.stderr, '1 pair was already out of sync in a merged branch');
  repo.git('reset', '-q', '--hard', 'HEAD~1');
  repo.write('live/a.md', '3\n').settle();
  const { code, stderr } = repo.tryGit('merge', '-q', '--no-edit', 'side');
  assert.is.not(code, 0);
  assert.match(stderr, 'rel/v1/skills/a.md');
});

test('the push judges what moved in the submodule', () => {
  const server = new Repo(['--bare']);
  repo.git('remote', 'add', 'server', server.top);
  repo.git('push', '-q', 'server', 'main');
  commitInside('skills/a.md', '2\n');
  repo.settle();
  const { code, stderr } = repo.tryGit('push', '-q', 'server', 'main');
  server.remove();
  assert.is(code, 1, stderr);
  assert.match(stderr, 'rel/v1/skills/a.md');
});

/** Exit code 2 with this message from the command and from the hook, and nothing changed. */
function couldNotCheck(words: string | RegExp): void {
  repo.write('live/a.md', '2\n').git('add', 'live');
  const before = repo.state();
  for (const args of [['check'], ['check', '--staged'], ['hook', 'pre-commit'], ['fix']]) {
    const { code, stderr } = repo.dosSync(...args);
    assert.is(code, 2, `${args.join(' ')}: ${stderr}`);
    assert.match(stderr, words);
  }
  assert.is(repo.state(), before);
}

test("a submodule that is another repository's work tree", () => {
  repo.delete('rel/v1');
  origin.git('worktree', 'add', '-q', '--detach', repo.path('rel/v1'));
  couldNotCheck("rel/v1 is another repository's work tree");
});

test("a submodule whose .git leads to another submodule's repository", () => {
  repo.git('submodule', '--quiet', 'add', origin.top, 'twin');
  repo.settle();
  repo.write('rel/v1/.git', 'gitdir: ../../.git/modules/twin\n');
  couldNotCheck("rel/v1 is another repository's work tree");
});

test('a gitlink to a path that is a file, a symlink, or has a symlink above it', () => {
  repo.delete('rel/v1');
  repo.write('rel/v1', 'a file\n');
  couldNotCheck('rel/v1 is not a directory, but the submodule rel/v1 belongs there.');
  repo.delete('rel/v1');
  symlinkSync(origin.top, repo.path('rel/v1'));
  couldNotCheck('rel/v1 is not a directory, but the submodule rel/v1 belongs there.');
  repo.delete('rel');
  symlinkSync(origin.top, repo.path('rel'));
  couldNotCheck(/rel is (not a directory|a symlink)/);
});

test('an old submodule with its repository inside is not read', () => {
  repo.delete('rel/v1');
  repo.delete('.git/modules');
  repo.git('clone', '-q', origin.top, 'rel/v1');
  assert.is(repo.dosSync('check').code, 2);
  assert.match(repo.dosSync('check').stderr, 'git submodule absorbgitdirs rel/v1');
  repo.git('submodule', 'absorbgitdirs', 'rel/v1');
  assert.equal(verdicts('worktree'), ['a.md: SYNCED', 'b.md: SYNCED']);
});

test.run();
