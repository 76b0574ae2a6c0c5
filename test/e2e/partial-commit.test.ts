// `git commit -- paths`: it is judged, the printed commands work as printed, and
// dosSync.partialCommit = mend updates both indexes.

import { readdirSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { printedCommand, printedCommands } from '../support/printed.js';
import { pairedRepo, type Repo, type Result } from '../support/repo.js';
import { LISTENING, TestTerminal } from '../support/terminal.js';

const test = suite('partial commits');
let template: Repo;
let repo: Repo;

test.before(() => {
  template = pairedRepo();
  template.dosSync('install', '--native');
});
test.before.each(() => {
  repo = template.copy();
  repo.env['GIT_EDITOR'] = 'sh -c "echo with a message > $1" sh';
});
test.after.each(() => repo.remove());
test.after(() => template.remove());

const commit = (...paths: string[]): Result => repo.tryGit('commit', '-q', '-m', 'next', '--', ...paths);

/**
 * Blocked; then the one printed line, run as printed, makes the commit, and nothing is left over.
 */
function printedLineWorks(refused: Result, cwd = '.'): void {
  assert.is(refused.code, 1, refused.stderr);
  const line = printedCommand(refused, '&& git commit -- ');
  const { code, stderr } = repo.run('sh', ['-c', line], { cwd });
  assert.is(code, 0, `${line}\n${stderr}`);
  assert.is(repo.status(), '');
}

function locks(): string[] {
  return readdirSync(repo.path('.git')).filter((name) => name.endsWith('.lock'));
}

function mend(): void {
  repo.git('config', 'dosSync.partialCommit', 'mend');
}

test('an edit', () => {
  repo.write('live/skill.md', 'two\n');
  printedLineWorks(commit('live/skill.md'));
  assert.is(repo.show('HEAD:release/skill.md'), 'two\n');
});

test('a new file', () => {
  repo.write('live/new.md', 'new\n').git('add', 'live/new.md');
  printedLineWorks(commit('live/new.md'));
  assert.is(repo.show('HEAD:release/new.md'), 'new\n');
});

test('a directory named, from inside another', () => {
  repo.write('live/skill.md', 'two\n').write('live/deep/new.md', 'new\n').git('add', 'live/deep');
  const refused = repo.run('git', ['commit', '-q', '-m', 'next', '--', '.'], { cwd: 'live' });
  assert.is(refused.code, 1);
  const lines = printedCommands(refused);
  assert.is(lines.length, 2, refused.stderr);
  for (const line of lines) assert.is(repo.run('sh', ['-c', line], { cwd: 'live' }).code, 0, line);
  assert.is(repo.status(), '');
  assert.is(repo.show('HEAD:release/deep/new.md'), 'new\n');
});

test('a deletion, staged or not', () => {
  repo.delete('live/skill.md');
  printedLineWorks(commit('live/skill.md'));
  assert.is(repo.git('ls-tree', '-r', '--name-only', 'HEAD'), '.dos-sync-manifest.json\nreadme.md\n');
});

test('a deletion that git rm has staged', () => {
  repo.git('rm', '-q', 'live/skill.md');
  printedLineWorks(commit('live/skill.md'));
  assert.is(repo.git('ls-tree', '-r', '--name-only', 'HEAD'), '.dos-sync-manifest.json\nreadme.md\n');
});

test('only the copy: it is used', () => {
  repo.write('release/skill.md', 'two\n');
  printedLineWorks(commit('release/skill.md'));
  assert.is(repo.show('HEAD:live/skill.md'), 'two\n');
});

test('what else is staged stays staged', () => {
  repo.write('readme.md', 'staged\n').git('add', 'readme.md');
  repo.write('live/skill.md', 'two\n');
  const refused = commit('live/skill.md');
  const line = printedCommand(refused, 'dos-sync fix');
  assert.is(repo.run('sh', ['-c', line]).code, 0);
  assert.is(repo.status(), 'M  readme.md\n');
});

test('in a linked worktree', () => {
  repo.git('worktree', 'add', '-q', '--detach', 'linked');
  repo.write('linked/live/skill.md', 'two\n');
  const refused = repo.run('git', ['commit', '-q', '-m', 'next', '--', 'live'], { cwd: 'linked' });
  const line = printedCommand(refused, 'dos-sync fix');
  assert.is(repo.run('sh', ['-c', line], { cwd: 'linked' }).code, 0, refused.stderr);
  assert.is(repo.run('git', ['status', '--porcelain'], { cwd: 'linked' }).stdout, '');
});

test('mend: both indexes get the fix, the rest of the staged work stays, and nothing is left over', () => {
  mend();
  repo.write('readme.md', 'staged\n').git('add', 'readme.md');
  repo.write('live/skill.md', 'two\n');
  const { code, stderr } = commit('live/skill.md');
  assert.is(code, 0, stderr);
  assert.match(stderr, 'dos-sync: staged release/skill.md.');
  assert.is(repo.show('HEAD:release/skill.md'), 'two\n');
  assert.is(repo.read('release/skill.md'), 'two\n');
  assert.is(repo.status(), 'M  readme.md\n');
  assert.equal(locks(), []);
  assert.is(repo.tryGit('fsck', '--strict').code, 0);
});

test('mend: a new file, a whole chain, a split index', () => {
  mend();
  repo.git('config', 'core.splitIndex', 'true');
  const pairs = [
    { a: 'live', b: 'release' },
    { a: 'release', b: 'pack' },
  ];
  repo.manifest({ pairs }).write('pack/skill.md', 'one\n').settle();
  repo.write('live/new.md', 'new\n').git('add', 'live/new.md');
  const { code, stderr } = commit('live/new.md');
  assert.is(code, 0, stderr);
  assert.is(repo.show('HEAD:pack/new.md'), 'new\n');
  assert.is(repo.status(), '');
});

test('mend: in a linked worktree', () => {
  mend();
  repo.git('worktree', 'add', '-q', '--detach', 'linked');
  repo.write('linked/live/skill.md', 'two\n');
  const done = repo.run('git', ['commit', '-q', '-m', 'next', '--', 'live'], { cwd: 'linked' });
  assert.is(done.code, 0, done.stderr);
  assert.is(repo.run('git', ['status', '--porcelain'], { cwd: 'linked' }).stdout, '');
  assert.is(repo.run('git', ['show', 'HEAD:release/skill.md'], { cwd: 'linked' }).stdout, 'two\n');
});

/** Blocked, with the line that is printed without mend, and with nothing changed. */
function notMended(): void {
  const before = repo.state();
  const { code, stderr } = commit('live/skill.md');
  assert.is(code, 1);
  assert.match(stderr, 'This commit takes only the named paths');
  assert.is(repo.state(), before);
  assert.equal(locks(), []);
}

test('mend: a staged change of the copy would be lost, so nothing is written', () => {
  mend();
  repo.write('release/skill.md', 'staged\n').git('add', 'release');
  repo.write('live/skill.md', 'two\n');
  notMended();
  // Also if the working file again equals HEAD.
  repo.write('release/skill.md', 'one\n');
  notMended();
});

test('mend: unstaged edits of the copy would be lost, so nothing is written', () => {
  mend();
  repo.write('release/skill.md', 'edited\n').write('live/skill.md', 'two\n');
  notMended();
});

test('mend: one pair that cannot be fixed keeps the other from being written', () => {
  mend();
  repo.write('live/b.md', 'one\n').write('release/b.md', 'one\n').settle();
  repo.write('release/b.md', 'staged\n').git('add', 'release');
  repo.write('live/skill.md', 'two\n').write('live/b.md', 'two\n');
  const before = repo.state();
  assert.is(commit('live').code, 1);
  assert.is(repo.state(), before);
});

test('mend: a deletion is left to the user', () => {
  mend();
  repo.delete('live/skill.md');
  notMended();
  assert.ok(repo.exists('release/skill.md'));
});

test('mend: dosSync.fix = never prevents writing, and an invalid value fails', () => {
  mend();
  repo.git('config', 'dosSync.fix', 'never');
  repo.write('live/skill.md', 'two\n');
  notMended();
  repo.git('config', 'dosSync.fix', 'prompt');
  repo.git('config', 'dosSync.partialCommit', 'yes');
  const { code, stderr } = commit('live/skill.md');
  assert.is(code, 1);
  assert.match(stderr, 'dosSync.partialCommit is yes.');
});

test('mend: a commit that is given up afterwards rolls both indexes back, and the hook has said what stays', () => {
  mend();
  repo.write('.git/hooks/commit-msg', '#!/bin/sh\nexit 1\n').run('chmod', ['+x', '.git/hooks/commit-msg']);
  repo.write('live/skill.md', 'two\n');
  const { code, stderr } = commit('live/skill.md');
  assert.is(code, 1);
  assert.match(stderr, 'git restores the index; the copied files stay in your working tree');
  assert.is(repo.status(), ' M live/skill.md\n M release/skill.md\n');
  assert.equal(locks(), []);
});

test('mend: at a terminal the user is asked first', async () => {
  mend();
  repo.write('live/skill.md', 'two\n');
  const answers: readonly [string, number][] = [
    ['a', 1],
    ['f', 0],
  ];
  for (const [key, expected] of answers) {
    const terminal = new TestTerminal('git commit -q -m next -- live/skill.md', repo.top);
    await terminal.waitFor('How should this be resolved?');
    await terminal.waitFor(LISTENING);
    assert.not.match(terminal.screen, 'take ');
    terminal.type(`${key}\r`);
    assert.is(await terminal.end(), expected, terminal.screen);
  }
  assert.is(repo.show('HEAD:release/skill.md'), 'two\n');
  assert.is(repo.status(), '');
});

test.run();
