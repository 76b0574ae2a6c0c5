// Hooks in git's configuration: git 2.54 and newer start them, older ones do not. Both are tested
// with the installed git.

import { mkdirSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';

const test = suite("hooks in git's configuration");
let repo: Repo;

test.before.each(() => {
  repo = new Repo().manifest({ pairs: [{ a: 'live.md', b: 'release.md' }] });
  repo.write('live.md', '1\n').write('release.md', '1\n').settle();
  repo.git('config', 'hook.lint.event', 'pre-commit');
  repo.git('config', 'hook.lint.command', 'true');
});
test.after.each(() => repo.remove());

function startsThem(): boolean {
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(repo.git('--version')) ?? [];
  return Number(major) > 2 || Number(minor) >= 54;
}

function ours(): string[] {
  const { stdout } = repo.tryGit('config', '--local', '--get-regexp', '^hook\\.dos-sync');
  return stdout.split('\n').filter((line) => line.includes('.command'));
}

function blocks(): void {
  repo.write('live.md', `${Math.random()}\n`).git('add', 'live.md');
  const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(code, 1, stderr);
  assert.match(stderr, 'live.md is staged, but its copy release.md is not.');
}

test('a repository with config hooks gets ours there; if its git does not start them, it gets hook files', () => {
  assert.is(repo.dosSync('install').code, 0);
  assert.is(ours().length, startsThem() ? 3 : 0);
  const doctor = repo.dosSync('doctor');
  assert.is(doctor.code, 0, doctor.stdout);
  assert.match(doctor.stdout, startsThem() ? "The hooks are set in git's configuration" : 'No hook manager is set up');
  blocks();
  assert.is(repo.dosSync('uninstall').code, 0);
  assert.equal(ours(), []);
  assert.is(repo.git('config', 'hook.lint.command'), 'true\n');
  assert.is(repo.tryGit('commit', '-q', '-m', 'next').code, 0);
});

test('--config installs them there, or says that this git does not start them', () => {
  const { code, stderr } = repo.dosSync('install', '--config');
  if (!startsThem()) {
    assert.is(code, 2);
    assert.match(stderr, 'This git does not run hooks from its configuration; git 2.54 and newer do.');
    return;
  }
  assert.is(code, 0, stderr);
  blocks();
  repo.git('config', 'hook.dos-sync-pre-commit.enabled', 'false');
  assert.match(repo.dosSync('doctor').stdout, "git's configuration does not start dos-sync for pre-commit");
  repo.dosSync('install');
  blocks();
  repo.git('reset', '-q', '--hard');
  repo.git('worktree', 'add', '-q', '-b', 'other', '.git/tree');
  const tree = Object.create(repo, { top: { value: repo.path('.git/tree') } }) as Repo;
  tree.write('live.md', '9\n').git('add', 'live.md');
  assert.is(tree.tryGit('commit', '-q', '-m', 'next').code, 1, 'in a linked worktree too');
});

test("a hooks directory shared by the user's repositories does not change if git needs no file in it", () => {
  mkdirSync(repo.path('.git/shared'));
  repo.git('config', '--unset-all', 'hook.lint.event');
  repo.env['GIT_CONFIG_GLOBAL'] = repo.path('.git/global');
  repo.git('config', 'user.name', 'n');
  repo.git('config', 'user.email', 'n@example.org');
  repo.git('config', '--global', 'core.hooksPath', repo.path('.git/shared'));
  assert.is(repo.dosSync('install').code, 0);
  assert.is(repo.run('ls', ['.git/shared']).stdout === '', startsThem());
  blocks();
});

test.run();
