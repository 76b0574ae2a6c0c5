// A repository with a copy of the built package in its ignored node_modules, its hooks, and files
// that record when they run.

import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import { Repo, type Result } from './repo.js';

export const PACKAGE = 'node_modules/dos-sync';

/** How the hooks start the program. */
export const STARTS = {
  native: undefined,
  'husky’s line': 'PATH="node_modules/.bin:$PATH"\ndos-sync-hook NAME "$@" || exit $?',
  'lefthook’s line': 'exec node_modules/.bin/dos-sync-hook NAME "$@"',
  'a line further down': 'cd docs && exec ../node_modules/.bin/dos-sync-hook NAME "$@"',
} as const;

export type Start = keyof typeof STARTS;

/** Every file of the package that Node or a shell may load. */
export function loadedFiles(): string[] {
  const built = readdirSync('dist').filter((name) => /\.c?js$/.test(name) || name === 'dos-sync-hook');
  return ['package.json', ...built.map((name) => `dist/${name}`)];
}

/** Copies the published files, as a package manager would. */
export function vendor(repo: Repo, place = PACKAGE): void {
  for (const name of ['dist', 'templates', 'package.json']) {
    cpSync(name, repo.path(`${place}/${name}`), { recursive: true, filter: (from) => !from.endsWith('/types') });
  }
  const bin = join(dirname(dirname(repo.path(`${place}/x`))), '.bin');
  mkdirSync(bin, { recursive: true });
  for (const [name, file] of [
    ['dos-sync', 'cli.js'],
    ['dos-sync-hook', 'dos-sync-hook'],
  ] as const) {
    rmSync(join(bin, name), { force: true });
    symlinkSync(`../dos-sync/dist/${file}`, join(bin, name));
  }
}

/**
 * docs/ and web/ in sync, the package beside them, and its hooks; a branch to merge, a remote to
 * push to.
 */
export function vendoredRepo(start: Start): Repo {
  const repo = new Repo();
  repo.manifest({ pairs: [{ a: 'docs', b: 'web' }] }).write('.gitignore', 'node_modules\n');
  repo.write('docs/x', '1\n').write('web/x', '1\n').write('other', '1\n').settle();
  repo.git('checkout', '-q', '-b', 'side');
  repo.write('new', '1\n').settle();
  repo.git('checkout', '-q', '-');
  repo.git('init', '-q', '--bare', '.git/remote');
  repo.git('tag', 'start');
  vendor(repo);
  const installed = repo.run(process.execPath, [repo.path(`${PACKAGE}/dist/cli.js`), 'install']);
  if (installed.code !== 0) throw new Error(installed.stderr);
  const line = STARTS[start];
  for (const name of line === undefined ? [] : ['pre-commit', 'pre-merge-commit', 'pre-push']) {
    writeFileSync(repo.path(`.git/hooks/${name}`), `#!/bin/sh\n${line?.replace('NAME', name)}\n`);
  }
  return repo;
}

/** Writes a file that leaves a mark when Node (as a module or not) or a shell runs it. */
export function plant(repo: Repo, path: string): void {
  const mark = repo.path('.git/ran');
  const shell = path.endsWith('dos-sync-hook');
  const module = `process.getBuiltinModule ? process.getBuiltinModule("fs").writeFileSync("${mark}", "") : require("fs").writeFileSync("${mark}", "");\n`;
  repo.write(path, shell ? `#!/bin/sh\ntouch '${mark}'\n` : module);
  if (shell) chmodSync(repo.path(path), 0o755);
}

/** Blocked with our message, and no planted file was run. */
export function isStopped(repo: Repo, { code, stderr }: Result, what: string): void {
  assert.not(existsSync(repo.path('.git/ran')), `${what} was run`);
  assert.ok(code === 1 || code === 2, `${what}: exit code ${code}, ${stderr}`);
  assert.match(stderr, /^dos-sync: the .* (?:was stopped|could not be started)/m, what);
  assert.match(stderr, /so it was not run\.$|so .* was not run\.$/m, what);
  assert.not.match(stderr, /^ +at .*:\d+/m, what);
}

/** A commit of one side, a commit of neither, a merge, a push, and the command. */
export const TRIGGERS: Readonly<Record<string, (repo: Repo) => Result>> = {
  'a commit of one side': (repo) => {
    repo.write('docs/x', `${Math.random()}\n`).git('add', 'docs');
    return repo.tryGit('commit', '-qm', 'one side');
  },
  'a commit of neither side': (repo) => {
    repo.write('other', `${Math.random()}\n`).git('add', 'other');
    return repo.tryGit('commit', '-qm', 'other');
  },
  'a merge': (repo) => {
    repo.git('commit', '-q', '--no-verify', '--allow-empty', '-m', 'pulled');
    return repo.tryGit('merge', '-q', '--no-edit', '--no-ff', 'side');
  },
  'a push': (repo) => repo.tryGit('push', '-q', '.git/remote', `HEAD:refs/heads/${Math.random()}`),
  'the command': (repo) => repo.tryGit('dos-sync', 'check'),
};
