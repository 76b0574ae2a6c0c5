// Alongside other hook managers, with their real programs: a commit is blocked, fixed, and not
// checked after uninstall, which restores every byte.

import { existsSync, writeFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { blockedThenFixed, bytesOf, commitAll, free, printed, problems, suiteOfManaged } from '../support/managed.js';
import { mustRun, sh } from '../support/package.js';
import type { Repo } from '../support/repo.js';

const test = suiteOfManaged('hook managers');

test('lefthook', ({ repo, add }) => {
  add(['lefthook']);
  const config = 'output:\n  - failure\n  - execution_out\npre-commit:\n  jobs:\n    - run: "true"\n';
  repo.write('lefthook.yml', config);
  mustRun(repo, 'npx lefthook install');
  const before = bytesOf(repo);
  const first = sh(repo, 'npx --no dos-sync install');
  assert.is(first.code, 1);
  assert.match(first.stderr, 'lefthook manages the hooks of this repository. Add this to lefthook.yml');
  assert.equal(problems(repo).filter((each) => each.includes('does not start dos-sync for')).length, 3);
  repo.write('lefthook.yml', `output:\n  - failure\n  - execution_out\n${printed(first.stderr)}`);
  mustRun(repo, 'npx lefthook install');
  mustRun(repo, 'npx --no dos-sync install');
  commitAll(repo);
  assert.equal(problems(repo), []);
  blockedThenFixed(repo);
  pushIsChecked(repo);
  mergeIsChecked(repo);
  mustRun(repo, 'npx --no dos-sync uninstall');
  repo.write('lefthook.yml', config);
  // lefthook leaves the files of hooks that its configuration no longer has.
  mustRun(repo, 'npx lefthook install && rm .git/hooks/pre-merge-commit .git/hooks/pre-push');
  assert.equal(bytesOf(repo), before);
  free(repo);
});

test('simple-git-hooks', ({ repo, add }) => {
  add(['simple-git-hooks']);
  const manifest = JSON.parse(repo.read('package.json'));
  const write = (hooks: object) =>
    writeFileSync(repo.path('package.json'), JSON.stringify({ ...manifest, 'simple-git-hooks': hooks }, null, 2));
  write({ 'pre-commit': 'true' });
  mustRun(repo, 'npx simple-git-hooks');
  const before = bytesOf(repo);
  const first = sh(repo, 'npx --no dos-sync install');
  assert.is(first.code, 1);
  write(JSON.parse(`{${printed(first.stderr)}}`));
  mustRun(repo, 'npx simple-git-hooks');
  mustRun(repo, 'npx --no dos-sync install');
  commitAll(repo);
  assert.equal(problems(repo), []);
  blockedThenFixed(repo);
  pushIsChecked(repo);
  mergeIsChecked(repo);
  mustRun(repo, 'npx --no dos-sync uninstall');
  write({ 'pre-commit': 'true' });
  mustRun(repo, 'npx simple-git-hooks');
  assert.equal(bytesOf(repo), before);
  free(repo);
});

test('prek', ({ repo, add }) => {
  add(['@j178/prek']);
  repo.write('.pre-commit-config.yaml', 'repos: []\n');
  mustRun(repo, 'npx prek install');
  const before = bytesOf(repo);
  const first = sh(repo, 'npx --no dos-sync install');
  assert.is(first.code, 1);
  assert.match(first.stderr, 'prek manages the hooks of this repository. Add this to .pre-commit-config.yaml');
  repo.write('.pre-commit-config.yaml', `repos:\n${printed(first.stderr)}`);
  mustRun(repo, 'npx prek install --hook-type pre-commit --hook-type pre-merge-commit');
  mustRun(repo, 'npx --no dos-sync install');
  commitAll(repo);
  assert.equal(problems(repo), []);
  blockedThenFixed(repo);
  mergeIsChecked(repo);
  mustRun(repo, 'npx --no dos-sync uninstall && npx prek uninstall --hook-type pre-merge-commit');
  repo.write('.pre-commit-config.yaml', 'repos: []\n');
  assert.equal(bytesOf(repo), before);
  mustRun(repo, 'npx prek uninstall');
  free(repo);
});

test('a core.hooksPath of the user: install says who shares the hooks, and uninstall restores the directory', ({
  repo,
  add,
}) => {
  add([]);
  repo.write('.git/mine/pre-commit', '#!/bin/sh\ntouch ran\n');
  const before = bytesOf(repo);
  mustRun(repo, 'chmod +x .git/mine/pre-commit && git config --global core.hooksPath "$PWD/.git/mine"');
  try {
    assert.match(sh(repo, 'npx --no dos-sync install').stderr, 'core.hooksPath is set in the global configuration');
    commitAll(repo);
    assert.ok(existsSync(repo.path('ran')));
    blockedThenFixed(repo);
    mustRun(repo, 'npx --no dos-sync uninstall');
    assert.is(repo.read('.git/mine/pre-commit'), '#!/bin/sh\ntouch ran\n');
    repo.delete('ran');
    assert.equal(bytesOf(repo), before);
    free(repo);
  } finally {
    mustRun(repo, 'git config --global --unset core.hooksPath');
  }
});

/** A push of commits that were made without the check. */
function pushIsChecked(repo: Repo): void {
  mustRun(repo, 'git init -q --bare .git/remote && git remote add origin .git/remote && git push -q origin HEAD');
  repo.write('docs/api.md', 'pushed\n');
  mustRun(repo, 'git commit -qam "one side" --no-verify');
  const { code, stdout, stderr } = sh(repo, 'git push -q origin HEAD');
  assert.is(code, 1, stdout + stderr);
  assert.match(stdout + stderr, /docs\/api\.md and its copy web\/api\.md differ/);
  mustRun(repo, 'git dos-sync fix && git commit -qam both && git push -q origin HEAD');
  mustRun(repo, 'git remote remove origin');
}

/** A clean merge with a pair in a state that neither parent has. */
function mergeIsChecked(repo: Repo): void {
  const lines = (first: string, last: string) => [first, '2', '3', '4', '5', '6', '7', '8', last, ''].join('\n');
  const put = (docs: string, web: string) => repo.write('docs/long.md', docs).write('web/long.md', web);
  put(lines('1', '9'), lines('1', '9'));
  mustRun(repo, 'git add -A && git commit -qm both && git checkout -q -b side');
  put(lines('1', 'nine'), lines('1', '9'));
  mustRun(repo, 'git commit -qam "one side" --no-verify && git checkout -q -');
  put(lines('one', '9'), lines('one', '9'));
  mustRun(repo, 'git commit -qam "both again"');
  const { code, stdout, stderr } = sh(repo, 'git merge -q --no-edit side');
  assert.is(code, 1, stdout + stderr);
  assert.match(stdout + stderr, 'docs/long.md is staged, but its copy web/long.md is not.');
  mustRun(repo, 'git dos-sync fix --staged && git commit -q --no-edit');
  assert.is(repo.show('HEAD:web/long.md'), lines('one', 'nine'));
}

test.run();
