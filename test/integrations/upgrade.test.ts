// With every package manager: after an upgrade the hooks run the new version; a fresh clone and a
// moved repository need one printed command.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import { type Bench, mustRun, sh, suiteOfTarball } from '../support/package.js';
import { Repo } from '../support/repo.js';

const test = suiteOfTarball('upgrade, clone, move');

interface Manager {
  readonly name: string;
  /**
   * The npm package of the manager, the directory of its program in node_modules, and the program.
   */
  readonly peer?: readonly [name: string, bin: string];
  readonly files?: Readonly<Record<string, string>>;
  readonly add: (tarball: string) => string;
  /** The command for a fresh clone. */
  readonly fetch: string;
  readonly run: string;
}

const MANAGERS: readonly Manager[] = [
  { name: 'npm', add: (file) => `npm install -D '${file}'`, fetch: 'npm ci', run: 'npx --no dos-sync' },
  {
    name: 'pnpm',
    peer: ['pnpm', '.bin'],
    add: (file) => `pnpm add -D '${file}'`,
    fetch: 'pnpm install',
    run: 'pnpm exec dos-sync',
  },
  {
    name: 'pnpm, at the root of a workspace',
    peer: ['pnpm', '.bin'],
    files: { 'pnpm-workspace.yaml': 'packages: [app]\n', 'app/package.json': '{ "name": "app", "private": true }\n' },
    add: (file) => `pnpm add -w -D '${file}'`,
    fetch: 'pnpm install',
    run: 'pnpm exec dos-sync',
  },
  {
    name: 'pnpm, in a sub-package',
    peer: ['pnpm', '.bin'],
    files: { 'pnpm-workspace.yaml': 'packages: [app]\n', 'app/package.json': '{ "name": "app", "private": true }\n' },
    add: (file) => `cd app && pnpm add -D '${file}'`,
    fetch: 'cd app && pnpm install',
    run: 'cd app && pnpm exec dos-sync',
  },
  {
    name: 'yarn 1',
    peer: ['yarn@1', '.bin'],
    add: (file) => `yarn add -D 'file:${file}'`,
    fetch: 'yarn install',
    run: 'yarn dos-sync',
  },
  {
    name: 'yarn 4, plug and play',
    peer: ['@yarnpkg/cli-dist@4', '.bin'],
    files: { 'yarn.lock': '' },
    add: (file) => `yarn add -D 'dos-sync@file:${file}'`,
    fetch: 'yarn install',
    run: 'yarn dos-sync',
  },
  {
    name: 'yarn 4, with node_modules',
    peer: ['@yarnpkg/cli-dist@4', '.bin'],
    files: { 'yarn.lock': '', '.yarnrc.yml': 'nodeLinker: node-modules\n' },
    add: (file) => `yarn add -D 'dos-sync@file:${file}'`,
    fetch: 'yarn install',
    run: 'yarn dos-sync',
  },
  {
    name: 'bun',
    peer: ['bun', '.bin'],
    add: (file) => `bun add -d '${file}'`,
    fetch: 'bun install',
    run: 'bunx --no-install dos-sync',
  },
];

const { version: PRESENT } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const NEWER = '99.0.0';

/** The same package with another version, beside the first; made once. */
function newerTarball(tarball: string): string {
  const newer = join(dirname(tarball), `dos-sync-${NEWER}.tgz`);
  if (existsSync(newer)) return newer;
  const directory = mkdtempSync(join(dirname(tarball), 'newer-'));
  execFileSync('tar', ['-xzf', tarball, '-C', directory]);
  const built = readdirSync(join(directory, 'package/dist')).filter((name) => /\.c?js$|^build\.txt$/.test(name));
  for (const name of ['package.json', ...built.map((each) => `dist/${each}`)]) {
    const path = join(directory, 'package', name);
    const text = readFileSync(path, 'utf8').replaceAll(`"${PRESENT}"`, `"${NEWER}"`);
    writeFileSync(path, text.startsWith(`${PRESENT} `) ? text.replace(PRESENT, NEWER) : text);
  }
  execFileSync('tar', ['-czf', newer, '-C', directory, 'package']);
  return newer;
}

/** The version that the installed pre-commit hook runs. */
function versionOfHook(repo: Repo): string {
  const hook = repo.read('.git/hooks/pre-commit').replace('_dos_sync_name=pre-commit', '_dos_sync_name=probe');
  const { stdout, stderr } = repo.run('sh', ['-c', hook]);
  return /"dos-sync":"([^"]*)"/.exec(stdout)?.[1] ?? stderr;
}

function isBlocked(repo: Repo): void {
  repo.write('docs/x', `${Math.random()}\n`);
  const { code, stderr } = sh(repo, 'git commit -qam change');
  assert.is(code, 1, stderr);
  assert.match(stderr, 'docs/x and its copy web/x differ.');
  repo.git('reset', '-q', '--hard');
}

/** dos-sync is missing where the hook looks: it prints a command, and that works. */
function mends(repo: Repo): void {
  repo.write('docs/x', `${Math.random()}\n`);
  const { code, stderr } = sh(repo, 'git commit -qam change');
  assert.is(code, 1, stderr);
  const [, command = ''] = /^ {2}(?:install the hooks again|put it back): {2}(.*)$/m.exec(stderr) ?? [];
  assert.not.match(command, 'git dos-sync', stderr);
  const dead = sh(repo, 'git dos-sync check');
  assert.is(dead.code, 2, dead.stderr);
  assert.not.match(dead.stderr, /^ +at /m);
  mustRun(repo, command);
  repo.git('reset', '-q', '--hard');
  isBlocked(repo);
}

function setUp({ repo, tarball, peer }: Bench, manager: Manager): void {
  const bin = manager.peer && join(peer(manager.peer[0]), manager.peer[1]);
  repo.env['PATH'] = [...(bin ? [bin] : []), process.env['PATH']].join(delimiter);
  for (const [name, text] of Object.entries(manager.files ?? {})) repo.write(name, text);
  mustRun(repo, manager.add(tarball));
  repo
    .manifest({ pairs: [{ a: 'docs', b: 'web' }] })
    .write('docs/x', '1\n')
    .write('web/x', '1\n');
  mustRun(repo, `${manager.run} install`);
  repo.settle();
}

for (const manager of MANAGERS) {
  test(manager.name, (bench) => {
    const { repo, tarball } = bench;
    setUp(bench, manager);
    assert.is(versionOfHook(repo), PRESENT);
    isBlocked(repo);

    const newer = newerTarball(tarball);
    mustRun(repo, manager.add(newer));
    assert.is(versionOfHook(repo), NEWER);
    repo.settle();
    isBlocked(repo);
    mustRun(repo, 'git dos-sync check');

    const clone = new Repo();
    const moved = new Repo();
    try {
      clone.remove();
      moved.remove();
      repo.git('clone', '-q', '.', clone.top);
      Object.assign(clone.env, repo.env);
      mustRun(clone, manager.fetch);
      mustRun(clone, `${manager.run} install`);
      assert.is(versionOfHook(clone), NEWER);
      isBlocked(clone);
      Object.assign(moved.env, repo.env);
      renameSync(clone.top, moved.top);
      mends(moved);
    } finally {
      for (const each of [clone, moved]) each.remove();
    }
  });
}

test.run();
