// Where hooks and the alias go: worktrees, core.hooksPath, PATH; and where there is no place for
// them.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type InstallReport, installHooks, uninstallHooks } from '../../../src/install/index.js';
import { git, makeScratch, put, removeScratch, type Scratch, seen, tryCommit, tryGit } from '../../support/hooks.js';

const test = suite<{ s: Scratch }>('places of hooks');

test.before.each((context) => {
  context.s = makeScratch('a repository');
});
test.after.each(({ s }) => removeScratch(s));

function install(s: Scratch, cwd = s.top): Promise<InstallReport> {
  return installHooks({ cwd, program: s.program, node: process.execPath });
}

test('a linked worktree and its main one share the hooks', async ({ s }) => {
  const tree = join(s.root, 'tree');
  git(s, 'worktree', 'add', '-q', tree);
  const { actions } = await install(s, tree);
  assert.is(actions[0]?.path, join(s.top, '.git/hooks/pre-commit'));
  assert.is(tryCommit(s, {}, tree).code, 0);
  assert.is(tryCommit(s).code, 0);
  assert.is(seen(s).length, 2);
  await uninstallHooks({ cwd: tree });
  assert.not(existsSync(join(s.top, '.git/hooks')));
});

test('a local core.hooksPath is followed from a subdirectory too, and a tracked hook there is mentioned', async ({
  s,
}) => {
  put(join(s.top, 'sub/file'), '');
  put(join(s.top, '.githooks/pre-commit'), '#!/bin/sh\n', 0o755);
  git(s, 'config', 'core.hooksPath', '.githooks');
  git(s, 'add', '.');
  const { actions, notices } = await install(s, join(s.top, 'sub'));
  assert.is(actions[0]?.path, join(s.top, '.githooks/pre-commit'));
  assert.match(notices.join('\n'), /pre-commit is tracked, and its new block contains paths of this machine/);
  assert.is(tryCommit(s).code, 0);
  assert.is(seen(s).length, 1);
});

test('a global core.hooksPath is followed, created, mentioned and removed again', async ({ s }) => {
  git(s, 'config', '--global', 'core.hooksPath', '~/shared');
  const { notices } = await install(s);
  assert.match(
    notices.join('\n'),
    /global configuration, so every repository that uses it runs the hooks in .*home\/shared/,
  );
  assert.is(tryCommit(s).code, 0);
  assert.is(seen(s).length, 1);
  await uninstallHooks({ cwd: s.top });
  assert.not(existsSync(join(s.root, 'home/shared')));
});

test('uninstall finds hooks in their old place after core.hooksPath moved', async ({ s }) => {
  await install(s);
  git(s, 'config', 'core.hooksPath', 'elsewhere');
  await uninstallHooks({ cwd: s.top });
  assert.not(existsSync(join(s.top, '.git/hooks')));
});

test('no repository and a bare one are refused', async ({ s }) => {
  const bare = join(s.root, 'bare');
  git(s, 'init', '-q', '--bare', bare);
  const outside = await install(s, s.root).catch((error: unknown) => error);
  assert.match(String(outside), /is not in a git work tree: fatal: not a git repository/);
  assert.is((outside as { kind?: string }).kind, 'usage');
  const inBare = await install(s, bare).catch((error: unknown) => error);
  assert.match(String(inBare), /is a repository without a work tree/);
  assert.is((inBare as { kind?: string }).kind, 'usage');
});

test('an alias of the user is kept', async ({ s }) => {
  git(s, 'config', 'alias.dos-sync', '!mine');
  await install(s);
  await uninstallHooks({ cwd: s.top });
  assert.is(git(s, 'config', 'alias.dos-sync'), '!mine\n');
});

test('the alias starts the program, and only its own value is removed', async ({ s }) => {
  await install(s);
  git(s, 'dos-sync', 'check', 'a b');
  assert.equal(seen(s)[0]?.args, ['check', 'a b']);
  git(s, 'config', 'alias.dos-sync', '!changed');
  const { notices } = await uninstallHooks({ cwd: s.top });
  assert.equal(notices, []);
  assert.is(git(s, 'config', 'alias.dos-sync'), '!changed\n');
});

test('no alias is set if PATH has git-dos-sync, unless through the work tree', async ({ s }) => {
  put(join(s.top, 'bin/git-dos-sync'), '#!/bin/sh\n', 0o755);
  put(join(s.root, 'bin/git-dos-sync'), '#!/bin/sh\n', 0o755);
  const path = process.env['PATH'];
  try {
    process.env['PATH'] = `${s.root}/bin:${path}`;
    await install(s);
    assert.is(tryGit(s, ['config', 'alias.dos-sync']).code, 1);
    process.env['PATH'] = `${s.top}/bin:bin:${path}`;
    await install(s);
    assert.match(git(s, 'config', 'alias.dos-sync'), '/dos-sync/start');
  } finally {
    process.env['PATH'] = path;
  }
});

test.run();
