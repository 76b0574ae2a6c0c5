// The promise of a blocked commit: its printed command, pasted unchanged, passes the same commit.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Installation, printedCommand, printedCommands } from '../support/printed.js';
import { pairedRepo, type Repo, type Result } from '../support/repo.js';

const LIVE = 'live/skill.md';
const RELEASE = 'release/skill.md';

const test = suite('the printed command');
let repo: Repo;
let installation: Installation;

test.before.each(() => {
  repo = pairedRepo();
  installation = new Installation(repo);
});
test.after.each(() => {
  repo.remove();
  installation.remove();
});

function shell(line: string, cwd = '.'): Result {
  return repo.run('sh', ['-c', line], { cwd });
}

function edit(path: string, content: string): void {
  repo.write(path, content).git('add', '--', path);
}

/**
 * Blocked; the printed command makes the same commit pass, with both sides in it and nothing left
 * over.
 */
function refusedThenFixed(commit: () => Result, content: string): void {
  const before = repo.state();
  const refused = commit();
  assert.is(refused.code, 1, refused.stderr);
  assert.is(repo.state(), before);
  const fixed = shell(printedCommand(refused, 'dos-sync fix'));
  assert.is(fixed.code, 0, fixed.stdout + fixed.stderr);
  const passed = commit();
  assert.is(passed.code, 0, passed.stderr);
  for (const path of [LIVE, RELEASE]) assert.is(repo.show(`HEAD:${path}`), content);
  assert.is(repo.status(), '');
}

test('after git commit', () => {
  edit(LIVE, 'two\n');
  refusedThenFixed(() => repo.tryGit('commit', '-qm', 'next'), 'two\n');
});

// git restores the index, so a command that only reads what is staged would find nothing to fix.
test('after git commit -a, without staging anything by hand', () => {
  repo.write(LIVE, 'two\n');
  refusedThenFixed(() => repo.tryGit('commit', '-qam', 'next'), 'two\n');
});

test('after git commit -i, without staging anything by hand', () => {
  repo.write(LIVE, 'two\n');
  refusedThenFixed(() => repo.tryGit('commit', '-qm', 'next', '-i', LIVE, RELEASE), 'two\n');
});

test('after git commit --amend', () => {
  edit(LIVE, 'two\n');
  refusedThenFixed(() => repo.tryGit('commit', '-q', '--amend', '--no-edit'), 'two\n');
  assert.is(repo.git('rev-list', '--count', 'HEAD'), '1\n');
});

test('after the first commit of a repository', () => {
  repo.git('update-ref', '-d', 'HEAD');
  repo.git('rm', '-q', '--cached', RELEASE);
  repo.delete(RELEASE);
  refusedThenFixed(() => repo.tryGit('commit', '-qm', 'first'), 'one\n');
});

test('after the commit that ends a merge with both copies in conflict', () => {
  repo.git('checkout', '-q', '-b', 'theirs');
  repo.write(LIVE, 'theirs\n').write(RELEASE, 'theirs\n').settle();
  repo.git('checkout', '-q', 'main');
  repo.write(LIVE, 'ours\n').write(RELEASE, 'ours\n').settle();
  assert.is(repo.tryGit('merge', '-q', 'theirs').code, 1);
  edit(LIVE, 'resolved\n');
  edit(RELEASE, 'ours\n');
  refusedThenFixed(() => repo.tryGit('commit', '-q', '--no-edit'), 'resolved\n');
  assert.is(repo.git('rev-list', '--parents', '-1', 'HEAD').trim().split(' ').length, 3);
});

test('after git commit -- path, where the printed line is the commit too', () => {
  repo.write(LIVE, 'two\n');
  const refused = repo.tryGit('commit', '-qm', 'next', '--', LIVE);
  const line = printedCommand(refused, 'git commit');
  assert.is(line, `git dos-sync fix ${LIVE} && git commit -- ${LIVE} ${RELEASE}`);
  const passed = shell(line);
  assert.is(passed.code, 0, passed.stdout + passed.stderr);
  assert.is(repo.git('show', '--format=', '--name-only', 'HEAD'), `${LIVE}\n${RELEASE}\n`);
  assert.is(repo.show(`HEAD:${RELEASE}`), 'two\n');
  assert.is(repo.status(), '');
});

test('after git commit -- path with a new file whose copy is untracked', () => {
  edit('live/new.md', 'new\n');
  const passed = shell(printedCommand(repo.tryGit('commit', '-qm', 'next', '--', 'live/new.md'), 'git commit'));
  assert.is(passed.code, 0, passed.stdout + passed.stderr);
  assert.is(repo.show('HEAD:release/new.md'), 'new\n');
  assert.is(repo.status(), '');
});

test('in the subdirectory where it was printed', () => {
  edit(LIVE, 'two\n');
  const refused = repo.run('git', ['commit', '-qm', 'next'], { cwd: 'live' });
  const fixed = shell(printedCommand(refused, 'dos-sync fix'), 'live');
  assert.is(fixed.code, 0, fixed.stdout + fixed.stderr);
  assert.is(repo.run('git', ['commit', '-qm', 'next'], { cwd: 'live' }).code, 0);
  assert.is(repo.show(`HEAD:${RELEASE}`), 'two\n');
});

test('in the subdirectory where it was printed, after git commit -- path', () => {
  repo.write(LIVE, 'two\n');
  const refused = repo.run('git', ['commit', '-qm', 'next', '--', 'skill.md'], { cwd: 'live' });
  const passed = shell(printedCommand(refused, 'git commit'), 'live');
  assert.is(passed.code, 0, passed.stdout + passed.stderr);
  assert.is(repo.show(`HEAD:${RELEASE}`), 'two\n');
});

test('in the subdirectory where check printed it', () => {
  repo.write(LIVE, 'two\n');
  const checked = shell('git dos-sync check', 'live');
  assert.is(checked.code, 1);
  const fixed = shell(printedCommand(checked, 'dos-sync fix'), 'live');
  assert.is(fixed.code, 0, fixed.stdout + fixed.stderr);
  assert.is(repo.read(RELEASE), 'two\n');
});

test('in a linked worktree', () => {
  repo.git('worktree', 'add', '-q', '-b', 'side', 'linked');
  repo.write('linked/live/skill.md', 'two\n');
  const commit = () => repo.run('git', ['commit', '-qam', 'next'], { cwd: 'linked' });
  const fixed = shell(printedCommand(commit(), 'dos-sync fix'), 'linked');
  assert.is(fixed.code, 0, fixed.stdout + fixed.stderr);
  assert.is(commit().code, 0);
  assert.is(repo.show(`side:${RELEASE}`), 'two\n');
  assert.is(repo.read(RELEASE), 'one\n');
});

test('quotes names with spaces, quotes, dollars and a leading dash for the shell', () => {
  for (const name of [`it's "two" $words.md`, '-x', 'a\\b', '*', ':(top)x']) edit(`live/${name}`, `${name}\n`);
  for (;;) {
    const refused = repo.tryGit('commit', '-qm', 'next');
    if (refused.code === 0) break;
    const fixed = shell(printedCommand(refused, 'dos-sync fix'));
    assert.is(fixed.code, 0, refused.stderr + fixed.stdout + fixed.stderr);
  }
  assert.is(repo.show(`HEAD:release/it's "two" $words.md`), `it's "two" $words.md\n`);
});

test('spells a line break so that bash reads it back', () => {
  edit('live/a\nb', 'new\n');
  const fixed = repo.run('bash', ['-c', printedCommand(repo.tryGit('commit', '-qm', 'next'), 'dos-sync fix')]);
  assert.is(fixed.code, 0, fixed.stdout + fixed.stderr);
  assert.equal(repo.tryGit('commit', '-qm', 'next'), { code: 0, stdout: '', stderr: '' });
});

test('is one for all if there are more files than fit a screen', () => {
  for (let at = 0; at < 30; at += 1) repo.write(`live/many/${at}.md`, `${at}\n`);
  repo.git('add', 'live');
  const refused = repo.tryGit('commit', '-qm', 'next');
  assert.is(printedCommands(refused).length, 21, refused.stderr);
  assert.match(refused.stderr, '… and 10 more.\n  > git dos-sync fix --staged live/many   # fixes all of them\n');
  assert.is(shell(printedCommands(refused).at(-1) ?? '').code, 0);
  assert.equal(repo.tryGit('commit', '-qm', 'next'), { code: 0, stdout: '', stderr: '' });
});

test('works for a name that is not UTF-8', () => {
  shell(`printf new > "live/$(printf 'caf\\351')" && git add live`);
  const refused = repo.tryGit('commit', '-qm', 'next');
  const fixed = shell(printedCommand(refused, 'dos-sync fix'));
  assert.is(fixed.code, 0, refused.stderr + fixed.stdout + fixed.stderr);
  assert.equal(repo.tryGit('commit', '-qm', 'next'), { code: 0, stdout: '', stderr: '' });
});

test('begins with npx if git does not know dos-sync, and with git if an alias does', () => {
  installation.delete('git-dos-sync');
  edit(LIVE, 'two\n');
  const refused = repo.tryGit('commit', '-qm', 'next');
  assert.is(printedCommand(refused, 'dos-sync fix'), `npx dos-sync fix --staged ${LIVE}`);
  repo.git('config', 'alias.dos-sync', '!npx dos-sync');
  const again = repo.tryGit('commit', '-qm', 'next');
  assert.is(printedCommand(again, 'dos-sync fix'), `git dos-sync fix --staged ${LIVE}`);
});

test.run();
