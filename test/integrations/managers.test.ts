// Alongside other hook managers, with their real programs: a commit is blocked, fixed, and not
// checked after uninstall.

import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mustRun, newProject, packTarball, sh } from '../support/package.js';
import type { Repo } from '../support/repo.js';

const test = suite<{ repo: Repo }>('hook managers');

let tarball = '';

test.before(() => {
  tarball = packTarball();
});
test.after(() => rmSync(dirname(tarball), { recursive: true, force: true }));
test.before.each((context) => {
  context.repo = newProject();
  context.repo
    .manifest({ pairs: [{ a: 'docs', b: 'web' }] })
    .write('docs/api.md', '1\n')
    .write('web/api.md', '1\n');
});
test.after.each(({ repo }) => repo.remove());

const INSTALL = 'npm install --no-fund --no-audit --loglevel=error -D';

/** Adds the packages as in a real project. */
function add(repo: Repo, ...names: string[]): void {
  mustRun(repo, `${INSTALL} '${tarball}' ${names.join(' ')}`);
}

function commitAll(repo: Repo): void {
  mustRun(repo, 'git add -A && git commit -qm "set up"');
}

/** Changes one side: the commit is blocked; after the printed command it passes. */
function blockedThenFixed(repo: Repo, cwd = '.'): void {
  repo.write(`${cwd}/docs/api.md`, `${Math.random()}\n`);
  const run = (command: string) => repo.run('sh', ['-c', command], { cwd });
  const blocked = run('git commit -qam change');
  assert.is(blocked.code, 1, blocked.stdout + blocked.stderr);
  assert.match(blocked.stdout + blocked.stderr, 'docs/api.md is staged, but its copy web/api.md is not.');
  const fixed = run('git dos-sync fix && git commit -qam change');
  assert.is(fixed.code, 0, fixed.stdout + fixed.stderr);
}

/** A commit of only one side passes. */
function free(repo: Repo): void {
  repo.write('docs/api.md', `${Math.random()}\n`);
  mustRun(repo, 'git commit -qam "one side"');
}

/** Doctor's problems, without those of a graphical client. */
function problems(repo: Repo): string[] {
  const { notes } = JSON.parse(sh(repo, 'npx --no dos-sync doctor --json').stdout) as {
    notes: { level: string; says: string }[];
  };
  return notes.filter(({ level }) => level === 'problem').map(({ says }) => says);
}

/** The indented lines of install's output. */
function printed(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('    '))
    .map((line) => `${line.slice(4)}\n`)
    .join('');
}

test('husky with lint-staged: the line comes after it; a fresh clone and a worktree have hooks after npm ci', ({
  repo,
}) => {
  add(repo, 'husky@9', 'lint-staged@16');
  repo.write('.husky/pre-commit', 'npx lint-staged\n');
  repo.write('lint-staged.config.mjs', "export default { '*.md': 'node format.mjs' };\n");
  repo.write(
    'format.mjs',
    `import { readFileSync, writeFileSync } from 'node:fs';
for (const file of process.argv.slice(2)) writeFileSync(file, readFileSync(file, 'utf8').toUpperCase());
`,
  );
  mustRun(repo, 'npx --no dos-sync install && npm run --silent prepare');
  assert.match(repo.read('.husky/pre-commit'), /^npx lint-staged\ndos-sync-hook pre-commit /);
  commitAll(repo);
  assert.equal(problems(repo), []);
  // The formatter makes both sides equal, so only a check after it sees what is committed.
  repo.write('docs/api.md', 'abc\n').write('web/api.md', 'ABC\n');
  mustRun(repo, 'git commit -qam "equal once formatted"');
  assert.is(repo.show('HEAD:docs/api.md'), 'ABC\n');
  blockedThenFixed(repo);

  mustRun(repo, 'git clone -q . clone && cd clone && npm ci --no-fund --no-audit --loglevel=error');
  repo.git('-C', 'clone', 'config', 'alias.dos-sync', '!npx --no dos-sync');
  blockedThenFixed(repo, 'clone');
  rmSync(repo.path('clone'), { recursive: true });

  mustRun(repo, 'git worktree add -q tree');
  assert.match(problems(repo).join('\n'), 'husky’s .husky/_ is missing in');
  mustRun(repo, 'cd tree && npm ci --no-fund --no-audit --loglevel=error');
  assert.equal(problems(repo), []);
  blockedThenFixed(repo, 'tree');

  mustRun(repo, 'npx --no dos-sync uninstall');
  assert.is(repo.read('.husky/pre-commit'), 'npx lint-staged\n');
  free(repo);
});

test('lint-staged with dosSync: the pair is checked after formatters ran, and a failure restores the staged files', ({
  repo,
}) => {
  add(repo, 'husky@9', 'lint-staged@16');
  repo.write('.husky/pre-commit', 'npx lint-staged\n');
  const config = `import { dosSync } from 'dos-sync/lint-staged';
export default dosSync({
  '*.md': ['node format.mjs'],
  'docs/**': (files) => [\`node -e process.exit(\${files.length > 0 ? 0 : 1})\`],
});
`;
  repo.write('lint-staged.config.mjs', config);
  repo.write(
    'format.mjs',
    `import { readFileSync, writeFileSync } from 'node:fs';
for (const file of process.argv.slice(2)) writeFileSync(file, readFileSync(file, 'utf8').toUpperCase());
`,
  );
  mustRun(repo, 'npx husky');
  mustRun(repo, 'git add -A && git -c core.hooksPath=/dev/null commit -qm "set up"');
  repo.write('docs/api.md', 'a b\n').write('web/api.md', 'A B\n');
  mustRun(repo, 'git commit -qam "equal once formatted"');
  assert.is(repo.show('HEAD:docs/api.md'), 'A B\n');

  repo.write('docs/api.md', 'other\n');
  const blocked = sh(repo, 'git commit -qam change');
  assert.is(blocked.code, 1);
  assert.match(blocked.stdout + blocked.stderr, 'docs/api.md is staged, but its copy web/api.md is not.');
  assert.is(repo.read('docs/api.md'), 'other\n');
  // Staged, then edited further: the edit is neither committed nor lost.
  repo.write('docs/api.md', 'two\n').write('web/api.md', 'two\n');
  repo.git('add', '-A');
  repo.write('docs/api.md', 'two\nthree\n');
  mustRun(repo, 'git commit -qm partly');
  assert.is(repo.show('HEAD:docs/api.md'), 'TWO\n');
  assert.match(repo.read('docs/api.md'), /three/);
});

test('lefthook', ({ repo }) => {
  add(repo, 'lefthook');
  repo.write('lefthook.yml', 'output:\n  - failure\n  - execution_out\n');
  mustRun(repo, 'npx lefthook install');
  const first = sh(repo, 'npx --no dos-sync install');
  assert.is(first.code, 1);
  assert.match(first.stderr, 'lefthook manages the hooks of this repository. Add this to lefthook.yml');
  assert.equal(problems(repo).filter((each) => each.includes('does not start dos-sync for')).length, 3);
  repo.write('lefthook.yml', `${repo.read('lefthook.yml')}${printed(first.stderr)}`);
  mustRun(repo, 'npx lefthook install');
  mustRun(repo, 'npx --no dos-sync install');
  commitAll(repo);
  assert.equal(problems(repo), []);
  blockedThenFixed(repo);
  pushIsChecked(repo);
  mergeIsChecked(repo);
  mustRun(repo, 'npx --no dos-sync uninstall');
  repo.write('lefthook.yml', '');
  mustRun(repo, 'npx lefthook install -f');
  free(repo);
});

test('simple-git-hooks', ({ repo }) => {
  add(repo, 'simple-git-hooks');
  const manifest = JSON.parse(repo.read('package.json'));
  const write = (hooks: object) =>
    writeFileSync(repo.path('package.json'), JSON.stringify({ ...manifest, 'simple-git-hooks': hooks }, null, 2));
  write({ 'pre-commit': 'true' });
  mustRun(repo, 'npx simple-git-hooks');
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
  mustRun(repo, 'rm .git/hooks/pre-merge-commit .git/hooks/pre-push; npx simple-git-hooks');
  free(repo);
});

test('prek', ({ repo }) => {
  add(repo, '@j178/prek');
  repo.write('.pre-commit-config.yaml', 'repos: []\n');
  mustRun(repo, 'npx prek install');
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
  mustRun(
    repo,
    'npx --no dos-sync uninstall && npx prek uninstall --hook-type pre-commit --hook-type pre-merge-commit',
  );
  free(repo);
});

test('a core.hooksPath of the user: install says who shares the hooks, and uninstall restores the directory', ({
  repo,
}) => {
  add(repo);
  repo.write('.git/mine/pre-commit', '#!/bin/sh\ntouch ran\n');
  mustRun(repo, 'chmod +x .git/mine/pre-commit && git config --global core.hooksPath "$PWD/.git/mine"');
  try {
    assert.match(sh(repo, 'npx --no dos-sync install').stderr, 'core.hooksPath is set in the global configuration');
    commitAll(repo);
    assert.ok(existsSync(repo.path('ran')));
    blockedThenFixed(repo);
    mustRun(repo, 'npx --no dos-sync uninstall');
    assert.is(repo.read('.git/mine/pre-commit'), '#!/bin/sh\ntouch ran\n');
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
