// Ways to get a program into the hooks without tracking a file of the package: links, submodules,
// other repositories, PATH.

import { existsSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo, type Result } from '../../support/repo.js';
import { isStopped, PACKAGE, plant, type Start, TRIGGERS, vendor, vendoredRepo } from '../../support/vendored.js';

const test = suite('detours to a program');
const repos: Repo[] = [];

test.after(() => {
  for (const repo of repos) repo.remove();
});

function made(start: Start = 'native'): Repo {
  const repo = vendoredRepo(start);
  repos.push(repo);
  return repo;
}

/** Ways to supply a program without tracking a file of the package. */
const DETOURS: Readonly<Record<string, (repo: Repo) => void>> = {
  'a tracked link to tracked files': (repo) => {
    evil(repo, 'evil');
    relink(repo, PACKAGE, '../evil');
    repo.git('add', '-f', PACKAGE);
  },
  'a link that is not tracked, to tracked files': (repo) => {
    evil(repo, 'evil');
    relink(repo, PACKAGE, '../evil');
  },
  'a tracked link above the package': (repo) => {
    evil(repo, 'evil/dos-sync');
    relink(repo, 'node_modules', 'evil');
    repo.git('add', '-f', 'node_modules');
  },
  'a tracked link further on': (repo) => {
    evil(repo, 'evil');
    relink(repo, 'node_modules/.pnpm', '../evil');
    relink(repo, PACKAGE, '.pnpm');
    repo.git('add', '-f', 'node_modules/.pnpm');
  },
  'a link into a nested repository': (repo) => {
    evil(repo, 'nested');
    repo.git('rm', '-rq', '--cached', 'nested');
    repo.git('init', '-q', 'nested');
    relink(repo, PACKAGE, '../nested');
  },
  'a link into a clone elsewhere': (repo) => {
    const clone = new Repo();
    repos.push(clone);
    evil(repo, 'evil');
    repo.git('rm', '-rq', '--cached', 'evil');
    renameSync(repo.path('evil'), clone.path('evil'));
    clone.git('add', '-A');
    relink(repo, PACKAGE, clone.path('evil'));
  },
  'a name in another case': (repo) => {
    const blob = repo.git('rev-parse', 'HEAD:other').trim();
    repo.git('update-index', '--add', '--cacheinfo', `100644,${blob},Node_Modules/DOS-sync/dist/gate.js`);
  },
  'a gitlink in place of the package': (repo) => {
    const commit = repo.git('rev-parse', 'HEAD').trim();
    repo.git('update-index', '--add', '--cacheinfo', `160000,${commit},${PACKAGE}`);
  },
};

/** A tracked directory that looks like the package. */
function evil(repo: Repo, place: string): void {
  vendor(repo, place);
  rmSync(repo.path(join(dirname(place), '.bin')), { recursive: true });
  for (const file of ['dist/hook.cjs', 'dist/cli.js']) plant(repo, `${place}/${file}`);
  repo.git('add', '-f', place);
}

function relink(repo: Repo, path: string, target: string): void {
  rmSync(repo.path(path), { recursive: true, force: true });
  mkdirSync(dirname(repo.path(path)), { recursive: true });
  symlinkSync(target, repo.path(path));
}

for (const [what, detour] of Object.entries(DETOURS)) {
  test(`${what} is not followed`, () => {
    for (const start of ['native', 'lefthook’s line'] as const) {
      const repo = made(start);
      detour(repo);
      // Without .bin the managers find no program, which blocks as well.
      if (start !== 'native' && !existsSync(repo.path('node_modules/.bin/dos-sync-hook'))) continue;
      for (const [trigger, run] of Object.entries(TRIGGERS)) {
        if (trigger === 'the command' && start !== 'native') continue;
        isStopped(repo, run(repo), `${start}, ${trigger}`);
        repo.git('checkout', '-q', 'start', '--', 'docs');
      }
    }
  });
}

test('in a submodule, what its superproject tracks is not run, nor another submodule of it', () => {
  const outer = made();
  const inner = new Repo();
  repos.push(inner);
  inner.write('docs/x', '1\n').write('other', '1\n').settle();
  for (const name of ['sub', 'sibling']) {
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.top, name);
  }
  const installed = outer.run(process.execPath, [outer.path(`${PACKAGE}/dist/cli.js`), 'install'], { cwd: 'sub' });
  assert.is(installed.code, 0, installed.stderr);
  const commit = (): Result => {
    outer.write('sub/docs/x', `${Math.random()}\n`);
    return outer.run('git', ['commit', '-qam', 'x'], { cwd: 'sub' });
  };
  assert.is(commit().code, 0);
  plant(outer, `${PACKAGE}/dist/gate.js`);
  outer.git('add', '-f', `${PACKAGE}/dist/gate.js`);
  isStopped(outer, commit(), 'the superproject’s file');
  outer.git('rm', '-q', '--cached', `${PACKAGE}/dist/gate.js`);
  renameSync(outer.path(PACKAGE), outer.path('sibling/package'));
  plant(outer, 'sibling/package/dist/hook.cjs');
  symlinkSync('../sibling/package', outer.path(PACKAGE));
  isStopped(outer, commit(), 'the other submodule’s file');
});

test("a package manager's links, a global installation in its own repository, and an enclosing repository are fine", () => {
  const around = new Repo();
  repos.push(around);
  const repo = made();
  renameSync(repo.path(PACKAGE), repo.path('node_modules/.store'));
  mkdirSync(repo.path('node_modules/.pnpm/dos-sync@1/node_modules'), { recursive: true });
  renameSync(repo.path('node_modules/.store'), repo.path('node_modules/.pnpm/dos-sync@1/node_modules/dos-sync'));
  symlinkSync('.pnpm/dos-sync@1/node_modules/dos-sync', repo.path(PACKAGE));
  assert.is(TRIGGERS['a commit of neither side']?.(repo).code, 0);
  assert.match(TRIGGERS['a commit of one side']?.(repo).stderr ?? '', 'docs/x is staged');

  vendor(around, '.nvm/lib/node_modules/dos-sync');
  around.git('init', '-q', '.nvm');
  around.git('init', '-q', 'work');
  const work = new Repo([], undefined, around.path('work'));
  const program = around.path('.nvm/lib/node_modules/dos-sync/dist/cli.js');
  assert.is(work.run(process.execPath, [program, 'install']).code, 0);
  work
    .manifest({ pairs: [{ a: 'a', b: 'b' }] })
    .write('a', '1\n')
    .write('b', '1\n')
    .settle();
  work.write('a', '2\n').git('add', 'a');
  assert.match(work.tryGit('commit', '-qm', 'x').stderr, 'a is staged');
});

test('install refuses a package with a tracked file, and one in another work tree', () => {
  const repo = made();
  const install = (): Result => repo.run(process.execPath, [repo.path(`${PACKAGE}/dist/cli.js`), 'install']);
  repo.git('add', '-f', `${PACKAGE}/package.json`);
  assert.match(install().stderr, /node_modules\/dos-sync is tracked in this repository/);
  repo.git('rm', '-q', '--cached', `${PACKAGE}/package.json`);
  assert.is(install().code, 0);
  renameSync(repo.path(PACKAGE), repo.path('nested'));
  repo.git('init', '-q', 'nested');
  symlinkSync('../nested', repo.path(PACKAGE));
  assert.match(install().stderr, /is part of the repository .*nested/);
});

test('what lint-staged starts at its end is checked first', () => {
  const repo = made();
  const module = repo.path(`${PACKAGE}/dist/lint-staged.js`);
  const script = `const { dosSync } = await import('${module}'); console.log((await dosSync()([])).at(-1));`;
  const command = repo.run(process.execPath, ['--input-type=module', '-e', script]).stdout.trim();
  const run = (): Result => repo.run('sh', ['-c', command]);
  assert.is(run().code, 0);
  plant(repo, `${PACKAGE}/dist/after-lint-staged.cjs`);
  repo.git('add', '-f', `${PACKAGE}/dist/after-lint-staged.cjs`);
  isStopped(repo, run(), command);
});

test('a git on a linked entry of PATH that leads into the repository is not run', () => {
  const repo = made();
  const link = join(realpathSync(mkdtempSync(join(tmpdir(), 'path-'))), 'bin');
  repo.write('tools/git', `#!/bin/sh\ntouch '${repo.path('.git/ran')}'\nexec /usr/bin/git "$@"\n`);
  repo.run('chmod', ['+x', 'tools/git']);
  symlinkSync(repo.path('tools'), link);
  try {
    repo.env['PATH'] = `${link}:${process.env['PATH']}`;
    const cli = repo.path(`${PACKAGE}/dist/cli.js`);
    for (const words of [['check'], ['doctor'], ['hook', 'pre-commit']]) repo.run(process.execPath, [cli, ...words]);
    assert.not(existsSync(repo.path('.git/ran')));
    rmSync(link);
    mkdirSync(link);
    symlinkSync(repo.path('tools/git'), join(link, 'git'));
    for (const words of [['check'], ['doctor'], ['hook', 'pre-commit']]) repo.run(process.execPath, [cli, ...words]);
    assert.not(existsSync(repo.path('.git/ran')));
  } finally {
    rmSync(dirname(link), { recursive: true });
  }
});

test.run();
