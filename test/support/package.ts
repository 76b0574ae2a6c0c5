// The published package, and other npm programs that it is tested with.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { suite, type Test } from 'uvu';
import * as assert from 'uvu/assert';
import { printedCommand } from './printed.js';
import { Repo, type Result } from './repo.js';

/** Makes the tarball in a new directory. @returns its absolute path. dist/ must be built. */
export function packTarball(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tarball-'));
  npm(process.cwd(), 'pack', '--ignore-scripts', '--pack-destination', directory);
  const [name = ''] = readdirSync(directory);
  return resolve(directory, name);
}

/** Installs packages into a new directory outside any repository. @returns its absolute path. */
function installPeers(...names: string[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'peers-'));
  writeFileSync(join(directory, 'package.json'), '{ "private": true }');
  npm(directory, 'install', ...names);
  return directory;
}

function npm(cwd: string, ...args: string[]): void {
  mkdirSync(cwd, { recursive: true });
  execFileSync('npm', [...args, '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** A new npm project in a repository. Temporary files of other programs stay below it. */
export function newProject(): Repo {
  const repo = new Repo();
  repo.write('package.json', '{ "name": "x", "private": true }\n');
  repo.write('.gitignore', 'node_modules\n.yarn\n.pnp.*\n').write('.git/tmp/keep', '');
  repo.env['TMPDIR'] = repo.path('.git/tmp');
  return repo;
}

/** Runs a sh command line without a terminal. */
export function sh(repo: Repo, command: string): Result {
  return repo.run('sh', ['-c', command]);
}

/** The same, but it must succeed. */
export function mustRun(repo: Repo, command: string): string {
  const { code, stdout, stderr } = sh(repo, command);
  assert.is(code, 0, `${command}\n${stdout}${stderr}`);
  return stdout;
}

/**
 * init, add, install, a blocked commit, the printed command, a commit that passes, uninstall. `run`
 * starts dos-sync.
 */
export function liveThrough(repo: Repo, run: string): void {
  repo.write('docs/api.md', '1\n').write('web/api.md', '1\n');
  mustRun(repo, `${run} init`);
  mustRun(repo, `${run} add docs web`);
  mustRun(repo, `${run} install`);
  mustRun(repo, 'git add -A && git commit -qm first');
  repo.write('docs/api.md', '2\n');
  const blocked = sh(repo, 'git commit -qam second');
  assert.is(blocked.code, 1, blocked.stderr);
  assert.match(blocked.stderr, 'docs/api.md and its copy web/api.md differ.\n');
  mustRun(repo, printedCommand(blocked, 'git dos-sync fix'));
  mustRun(repo, 'git commit -qam second');
  assert.is(repo.show('HEAD:web/api.md'), '2\n');
  mustRun(repo, `${run} uninstall`);
  // undo keeps what fixes replaced; the guard goes.
  assert.not(existsSync(repo.path('.git/dos-sync/guard')));
  repo.write('docs/api.md', '3\n');
  mustRun(repo, 'git commit -qam third');
}

/**
 * The fixture of each test of a suite: a new project, the tarball, and a way to install another
 * package.
 */
export interface Bench {
  repo: Repo;
  /** Absolute path. */
  tarball: string;
  /** Installs a package only for this suite. @returns its node_modules. */
  peer: (name: string) => string;
}

/** Installs packages once each. */
export class Peers {
  readonly #directories = new Map<string, string>();

  /** @returns the node_modules that has the package. */
  readonly get = (wanted: string): string => {
    const directory = this.#directories.get(wanted) ?? installPeers(wanted);
    this.#directories.set(wanted, directory);
    return join(directory, 'node_modules');
  };

  remove(): void {
    for (const directory of this.#directories.values()) rmSync(directory, { recursive: true, force: true });
  }
}

/** A suite that packs the tarball once, and removes everything that it has put beside it. */
export function suiteOfTarball(name: string): Test<Bench> {
  const test = suite<Bench>(name);
  let tarball = '';
  const peers = new Peers();
  test.before(() => {
    tarball = packTarball();
  });
  test.before.each((context) => {
    Object.assign(context, { repo: newProject(), tarball, peer: peers.get });
  });
  test.after.each(({ repo }) => repo.remove());
  test.after(() => {
    peers.remove();
    rmSync(dirname(tarball), { recursive: true, force: true });
  });
  return test;
}
