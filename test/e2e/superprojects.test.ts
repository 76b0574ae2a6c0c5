// Work in a submodule that a pair of its superproject reaches: fixes, commits and hooks there.

import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Installation, printedCommands } from '../support/printed.js';
import { ALL, commitInside, repo, setUpSubmodule, sub, verdicts } from '../support/submodules.js';

const test = suite('work inside a submodule');
const PAGE = resolve('docs/submodules.md');
setUpSubmodule(test);

test('the steps: live edited, the fix writes the submodule, commit there, stage the gitlink, commit here', () => {
  repo.write('live/a.md', '2\n').git('add', 'live');
  const blocked = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(blocked.code, 1, blocked.stderr);
  assert.is(
    blocked.stderr,
    `dos-sync: this commit would leave a pair out of sync.
live/a.md is staged, but its copy rel/v1/skills/a.md is not.
  > npx dos-sync fix live/a.md                              # writes the fix there
  > git -C rel/v1 add skills/a.md && git -C rel/v1 commit   # commits it there
  > git add rel/v1                                          # stages that commit
`,
  );
  // The page shows the printed text.
  assert.match(readFileSync(PAGE, 'utf8'), blocked.stderr.replaceAll('npx dos-sync', 'git dos-sync'));
  const before = repo.state();
  const staged = repo.dosSync('fix', '--staged', 'live/a.md');
  assert.is(staged.code, 1);
  assert.match(staged.stdout, 'skipped  rel/v1/skills/a.md: it is inside a submodule');
  assert.match(staged.stdout, 'git -C rel/v1 add skills/a.md && git -C rel/v1 commit');
  assert.is(repo.state(), before);
  const inside = sub('ls-files', '--stage') + sub('rev-parse', 'HEAD');
  const fixed = repo.dosSync('fix', 'live/a.md');
  assert.is(fixed.code, 0, fixed.stdout + fixed.stderr);
  assert.match(fixed.stdout, 'copied  live/a.md -> rel/v1/skills/a.md');
  assert.match(fixed.stdout, /^ {2}> git add rel\/v1 +# stages that commit$/m);
  assert.is(repo.read('rel/v1/skills/a.md'), '2\n');
  assert.is(sub('ls-files', '--stage') + sub('rev-parse', 'HEAD'), inside);
  const half = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(half.code, 1);
  assert.not.match(half.stderr, 'writes the fix there');
  sub('add', 'skills/a.md');
  sub('commit', '-q', '-m', 'the fix');
  assert.match(
    repo.tryGit('commit', '-q', '-m', 'next').stderr,
    'out of sync.\nlive/a.md is staged, but its copy rel/v1/skills/a.md is not.\n  > git add rel/v1   # stages that commit\n',
  );
  repo.git('add', 'rel/v1');
  assert.equal(repo.tryGit('commit', '-q', '-m', 'next'), { code: 0, stdout: '', stderr: '' });
  assert.equal(verdicts(...ALL), ['a.md: SYNCED', 'b.md: SYNCED']);
});

test('a submodule that moved ahead: its side can be used in the index', () => {
  commitInside('skills/a.md', 'ahead\n');
  repo.git('add', 'rel/v1');
  const blocked = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(blocked.code, 1, blocked.stderr);
  assert.match(blocked.stderr, '> npx dos-sync fix --staged --from b rel/v1/skills/a.md ');
  assert.not.match(blocked.stderr, 'writes the fix there');
  const taken = repo.dosSync('fix', '--staged', '--from', 'b', 'rel/v1/skills/a.md');
  assert.is(taken.code, 0, taken.stderr);
  assert.is(repo.read('live/a.md'), 'ahead\n');
  assert.is(repo.tryGit('commit', '-q', '-m', 'next').code, 0);
});

/** Installs the hooks in the submodule's git directory. */
function hooksInside(gitDir = '.git/modules/rel/v1'): void {
  for (const hook of ['pre-commit', 'pre-merge-commit', 'pre-push']) {
    cpSync(repo.path(`.git/hooks/${hook}`), repo.path(`${gitDir}/hooks/${hook}`));
  }
}

for (const form of [['-a'], ['--', 'live/a.md']]) {
  test(`git commit ${form.join(' ')} of a side with its copy in a submodule: the printed commands lead on`, () => {
    repo.write('live/a.md', '2\n');
    const blocked = repo.tryGit('commit', '-q', '-m', 'next', ...form);
    assert.is(blocked.code, 1, blocked.stderr);
    const installation = new Installation(repo);
    for (const command of printedCommands(repo.tryGit('commit', '-q', '-m', 'next', ...form))) {
      const run = repo.run('sh', ['-c', command]);
      assert.is(run.code, 0, `${command}\n${run.stdout}${run.stderr}\n${blocked.stderr}`);
    }
    installation.remove();
    if (form[0] === '-a') assert.is(repo.tryGit('commit', '-q', '-m', 'next', '-a').code, 0);
    assert.equal(verdicts(...ALL), ['a.md: SYNCED', 'b.md: SYNCED']);
    assert.is(repo.show('HEAD:live/a.md'), '2\n');
  });
}

test("a commit in the submodule is held against the superproject's pairs", () => {
  hooksInside();
  repo.write('rel/v1/skills/a.md', '2\n').write('rel/v1/other', '2\n');
  assert.is(repo.tryGit('-C', 'rel/v1', 'commit', '-q', '-m', 'not of the pair', 'other').code, 0);
  for (const form of [['-a'], ['skills/a.md'], ['-i', 'skills/a.md']]) {
    const { code, stderr } = repo.run('git', ['commit', '-q', '-m', 'next', ...form], { cwd: 'rel/v1' });
    assert.is(code, 1, stderr);
    assert.is(
      stderr,
      `dos-sync: this commit would leave a pair of the superproject out of sync.
rel/v1/skills/a.md is staged here, but differs from live/a.md in the superproject.
  > cd ../.. && npx dos-sync fix --from b rel/v1/skills/a.md   # copies rel/v1/skills/a.md to live/a.md
  > cd ../.. && npx dos-sync diff rel/v1/skills/a.md           # shows the difference
  > cd ../.. && npx dos-sync fix --from a rel/v1/skills/a.md   # copies live/a.md to rel/v1/skills/a.md, discards the changes in rel/v1/skills/a.md
  > cd ../.. && npx dos-sync accept rel/v1/skills/a.md --reason 'why they differ'   # keeps the difference, with a reason
  > cd ../.. && npx dos-sync check rel/v1/skills/a.md          # shows the pair and how to fix it
`,
    );
  }
  const taken = repo.dosSync('fix', '--from', 'b', 'rel/v1/skills/a.md');
  assert.is(taken.code, 0, taken.stderr);
  assert.is(repo.read('live/a.md'), '2\n');
  const passed = repo.run('git', ['commit', '-q', '-a', '-m', 'next'], { cwd: 'rel/v1' });
  assert.equal(passed, { code: 0, stdout: '', stderr: '' });
  repo.git('commit', '-q', '-a', '-m', 'and here');
  assert.equal(verdicts(...ALL), ['a.md: SYNCED', 'b.md: SYNCED']);
});

test("a commit in the submodule prints nothing that discards the superproject's edits without saying so", () => {
  hooksInside();
  repo.write('rel/v1/skills/a.md', '2\n').write('live/a.md', 'an edit of its own\n');
  const { stderr } = repo.run('git', ['commit', '-q', '-a', '-m', 'next'], { cwd: 'rel/v1' });
  const writing = stderr.split('\n').filter((line) => line.includes('dos-sync fix'));
  assert.match(writing[0] ?? '', 'fix --merge rel/v1/skills/a.md');
  const taking = writing.find((line) => line.includes('fix --from b '));
  assert.match(taking ?? '', 'discards the changes in live/a.md');
});

test('a submodule with its own manifest is judged by both', () => {
  hooksInside();
  const own = { pairs: [{ a: 'other', b: 'copy' }], fix_direction: 'live_to_submodule' };
  repo.write('rel/v1/.dos-sync-manifest.json', JSON.stringify(own)).write('rel/v1/copy', '1\n');
  sub('add', '-A');
  sub('commit', '-q', '-m', 'its own pair');
  repo.write('rel/v1/other', '2\n');
  assert.match(repo.tryGit('-C', 'rel/v1', 'commit', '-q', '-a', '-m', 'x').stderr, 'other and its copy copy differ.');
  repo.write('rel/v1/copy', '2\n').write('rel/v1/skills/b.md', '2\n');
  assert.match(
    repo.tryGit('-C', 'rel/v1', 'commit', '-q', '-a', '-m', 'x').stderr,
    'rel/v1/skills/b.md is staged here',
  );
  repo.write('live/b.md', '2\n');
  assert.is(repo.tryGit('-C', 'rel/v1', 'commit', '-q', '-a', '-m', 'x').code, 0);
});

test('in a submodule of a linked worktree, that worktree is the superproject', () => {
  const tree = `${repo.top}-tree`;
  repo.git('worktree', 'add', '-q', tree);
  repo.git('-C', tree, 'submodule', '--quiet', 'update', '--init');
  const [name = ''] = readdirSync(repo.path('.git/worktrees'));
  hooksInside(`.git/worktrees/${name}/modules/rel/v1`);
  writeFileSync(`${tree}/rel/v1/skills/a.md`, '2\n');
  repo.write('live/a.md', '2\n');
  const blocked = repo.tryGit('-C', `${tree}/rel/v1`, 'commit', '-q', '-a', '-m', 'next');
  writeFileSync(`${tree}/live/a.md`, '2\n');
  const passed = repo.tryGit('-C', `${tree}/rel/v1`, 'commit', '-q', '-a', '-m', 'next');
  rmSync(tree, { recursive: true });
  assert.is(blocked.code, 1, blocked.stderr);
  assert.equal(passed, { code: 0, stdout: '', stderr: '' });
});

test('a superproject without a manifest, or with a broken one', () => {
  hooksInside();
  repo.write('rel/v1/skills/a.md', '2\n');
  repo.write('.dos-sync-manifest.json', '{').git('add', '-A', '.dos-sync-manifest.json');
  const broken = repo.tryGit('-C', 'rel/v1', 'commit', '-q', '-a', '-m', 'next');
  assert.is(broken.code, 1);
  assert.match(broken.stderr, 'The manifest has a problem.');
  repo.git('rm', '-q', '-f', '.dos-sync-manifest.json');
  assert.equal(repo.tryGit('-C', 'rel/v1', 'commit', '-q', '-a', '-m', 'next'), { code: 0, stdout: '', stderr: '' });
});

test('install --recurse-submodules installs the hooks everywhere, and uninstall removes them', () => {
  const [outer, inner] = ['.git/hooks/pre-commit', '.git/modules/rel/v1/hooks/pre-commit'];
  repo.delete('.git/hooks');
  const installed = repo.dosSync('install', '--recurse-submodules');
  assert.is(installed.code, 0, installed.stderr);
  assert.ok(repo.exists(outer) && repo.exists(inner), installed.stdout);
  repo.write('rel/v1/skills/a.md', '2\n');
  const { code, stderr } = repo.tryGit('-C', 'rel/v1', 'commit', '-q', '-a', '-m', 'next');
  assert.is(code, 1, stderr);
  assert.match(stderr, 'rel/v1/skills/a.md is staged here, but differs from live/a.md in the superproject.');
  const removed = repo.dosSync('uninstall', '--recurse-submodules');
  assert.is(removed.code, 0, removed.stderr);
  assert.not.ok(repo.exists(outer) || repo.exists(inner));
  repo.git('submodule', 'deinit', '-q', '-f', 'rel/v1');
  const { stderr: told } = repo.dosSync('install', '--recurse-submodules');
  assert.match(told, 'no hooks were installed in rel/v1: the submodule rel/v1 is not initialised');
});

test.run();
