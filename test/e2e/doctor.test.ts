// doctor: real probes of the hooks in real repositories.

import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { complaints, examine, examinedRepo } from '../support/doctor.js';
import { CLI, type Repo } from '../support/repo.js';

const test = suite<{ repo: Repo }>('doctor');

test.before.each((context) => {
  context.repo = examinedRepo();
});
test.after.each(({ repo }) => repo.remove());

/** Our package and the real husky in node_modules, as npm installs them. */
function putPackages(repo: Repo, top = '.'): void {
  repo.write(`${top}/.gitignore`, 'node_modules\n');
  for (const name of ['dos-sync', 'husky']) mkdirSync(repo.path(`${top}/node_modules/${name}`), { recursive: true });
  cpSync('node_modules/husky', repo.path(`${top}/node_modules/husky`), { recursive: true });
  mkdirSync(repo.path(`${top}/node_modules/.bin`), { recursive: true });
  symlinkSync(CLI, repo.path(`${top}/node_modules/.bin/dos-sync`));
  symlinkSync(join(dirname(CLI), 'dos-sync-hook'), repo.path(`${top}/node_modules/.bin/dos-sync-hook`));
}

function startHusky(repo: Repo): void {
  repo.write(
    'package.json',
    '{ "scripts": { "prepare": "husky" }, "devDependencies": { "husky": "9", "dos-sync": "0" } }',
  );
  putPackages(repo);
  repo.run(process.execPath, [repo.path('node_modules/husky/bin.js')]);
  repo.dosSync('install');
}

test('after install there is no problem, as text and as JSON', ({ repo }) => {
  repo.dosSync('install');
  const { code, stdout } = repo.dosSync('doctor');
  assert.is(code, 0, stdout);
  assert.match(stdout, /^ok {7}git version \d.*$/m);
  assert.match(stdout, `ok       pre-commit, pre-merge-commit and pre-push start dos-sync in ${repo.top}.\n`);
  assert.match(stdout, `ok       The hooks use Node ${process.version} (${process.execPath}).\n`);
  assert.match(stdout, 'ok       All manifest entries match existing files (1 pair).\n');
  assert.match(stdout, /ok {7}in sync: 1 identical, 0 drifted, 0 missing\nall is well\n$/);
  assert.equal(complaints(repo), []);
});

test('without hooks each is named, with the command', ({ repo }) => {
  const { code, notes } = examine(repo);
  assert.is(code, 1);
  const problems = notes.filter(({ level }) => level === 'problem');
  assert.equal(
    problems.map(({ says, next }) => [says.replaceAll(repo.top, '<top>'), next]),
    ['pre-commit', 'pre-merge-commit', 'pre-push'].map((hook) => [
      `There is no ${hook} hook: <top>/.git/hooks/${hook} does not exist.`,
      'npx dos-sync install',
    ]),
  );
});

test('a hook that is not executable, and one that does not start dos-sync', ({ repo }) => {
  repo.dosSync('install');
  chmodSync(repo.path('.git/hooks/pre-commit'), 0o644);
  repo.write('.git/hooks/pre-push', '#!/bin/sh\n# dos-sync hook pre-push\nexit 0\n');
  chmodSync(repo.path('.git/hooks/pre-push'), 0o755);
  assert.equal(complaints(repo), [
    'hooks: git ignores <top>/.git/hooks/pre-commit because it is not executable.',
    'hooks: The pre-push hook does not start dos-sync: <top>/.git/hooks/pre-push.',
  ]);
});

test('running the block reveals that its program is missing', ({ repo }) => {
  const program = repo.path('../gone-program/cli.js');
  cpSync(dirname(CLI), dirname(program), { recursive: true });
  cpSync('templates', repo.path('../templates'), { recursive: true });
  try {
    repo.run(process.execPath, [program, 'install']);
    rmSync(dirname(program), { recursive: true });
    const [first = ''] = complaints(repo);
    assert.match(first, /^node: The hooks fail before they reach dos-sync in <top>: .*does not exist\./s);
  } finally {
    rmSync(dirname(program), { recursive: true, force: true });
    rmSync(repo.path('../templates'), { recursive: true });
  }
});

test('a global core.hooksPath is reported as such', ({ repo }) => {
  mkdirSync(repo.path('../shared-hooks'));
  try {
    Object.assign(repo.env, { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.hooksPath' });
    Object.assign(repo.env, { GIT_CONFIG_VALUE_0: repo.path('../shared-hooks') });
    const found = complaints(repo);
    assert.match(
      found[0] ?? '',
      /^owner: core\.hooksPath is set in the command configuration, so every repository that uses it/,
    );
    assert.is(found.length, 4);
  } finally {
    rmSync(repo.path('../shared-hooks'), { recursive: true });
  }
});

test('husky: a linked worktree has no hooks before its own npm ci, and is named', ({ repo }) => {
  startHusky(repo);
  repo.settle();
  assert.equal(
    complaints(repo).filter((each) => !each.startsWith('node-bare-path')),
    [],
  );
  repo.git('worktree', 'add', '-q', 'linked');
  assert.ok(
    complaints(repo).includes(
      'hooks: husky’s .husky/_ is missing in <top>/linked: git finds no hooks there and gives no warning.',
    ),
  );
  putPackages(repo, 'linked');
  repo.run(process.execPath, [repo.path('linked/node_modules/husky/bin.js')], { cwd: 'linked' });
  assert.not.match(complaints(repo).join('\n'), /hooks:/);
  repo.delete('linked');
  assert.ok(complaints(repo).includes('worktree: The worktree <top>/linked no longer exists, but git still lists it.'));
});

test('husky: lint-staged after dos-sync is the wrong order', ({ repo }) => {
  startHusky(repo);
  repo.write('.husky/pre-commit', `${repo.read('.husky/pre-commit')}npx lint-staged\n`);
  assert.match(complaints(repo)[0] ?? '', /lint-staged runs after dos-sync/);
  repo.write('.husky/pre-commit', `npx lint-staged\n${repo.read('.husky/pre-commit').split('\n')[0]}\n`);
  assert.not.match(complaints(repo).join('\n'), /lint-staged/);
});

test('husky: a missing line, HUSKY=0, a missing package and a tracked one', ({ repo }) => {
  startHusky(repo);
  repo.env['HUSKY'] = '0';
  assert.ok(complaints(repo).includes('owner: HUSKY=0 is set in the environment, so husky runs no hooks.'));
  repo.env['HUSKY'] = '1';
  repo.write('.husky/pre-push', 'true\n');
  assert.match(complaints(repo)[0] ?? '', /husky does not start dos-sync for pre-push/);
  repo.dosSync('install');
  repo.git('add', '-f', 'node_modules/.bin/dos-sync-hook');
  assert.match(complaints(repo)[0] ?? '', /node_modules\/\.bin\/dos-sync-hook is tracked in this repository/);
  repo.git('rm', '-q', '--cached', 'node_modules/.bin/dos-sync-hook');
  repo.delete('node_modules/.bin/dos-sync-hook');
  assert.match(complaints(repo)[0] ?? '', /^node: The hooks fail before they reach dos-sync in <top>: .*dos-sync/);
});

test("husky: a program missing from a graphical client's PATH is reported, with husky's solution", ({ repo }) => {
  startHusky(repo);
  const hook = repo.path('node_modules/.bin/dos-sync-hook');
  rmSync(hook);
  const bare = '*:/usr/bin:/bin:/usr/sbin:/sbin) echo no node >&2; exit 127';
  const script = `#!/bin/sh\ncase $PATH in ${bare} ;; esac\nexec '${process.execPath}' '${CLI}' hook "$@"\n`;
  repo.write('node_modules/.bin/dos-sync-hook', script);
  chmodSync(hook, 0o755);
  repo.env['PATH'] = `${process.env['PATH']}:/nowhere`;
  const [found, ...others] = examine(repo).notes.filter(({ level }) => level !== 'ok');
  assert.equal([found?.probe, found?.level, others], ['node-bare-path', 'warning', []]);
  assert.match(found?.says ?? '', /the hooks would block: no node$/);
  assert.match(found?.next ?? '', /husky\/init\.sh/);
});

test('outside a repository it fails', ({ repo }) => {
  repo.env['GIT_CEILING_DIRECTORIES'] = dirname(repo.top);
  repo.delete('.git');
  assert.is(repo.dosSync('doctor').code, 2);
});

test('doctor writes nothing', ({ repo }) => {
  repo.dosSync('install');
  const before = [repo.state(), readFileSync(repo.path('.git/hooks/pre-commit'), 'utf8'), repo.read('.git/config')];
  repo.dosSync('doctor');
  assert.equal(
    [repo.state(), readFileSync(repo.path('.git/hooks/pre-commit'), 'utf8'), repo.read('.git/config')],
    before,
  );
});

test.run();
