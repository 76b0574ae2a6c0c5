// Scratch repositories for installed hooks, with a stand-in for our program that records its input.

import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Scratch {
  /** The directory of everything; outside any repository. */
  readonly root: string;
  /** The repository's top level. */
  readonly top: string;
  /** The stand-in for dist/cli.js. */
  readonly program: string;
  readonly env: NodeJS.ProcessEnv;
}

/** What one run of the stand-in saw. */
export interface HookRun {
  readonly args: string[];
  readonly stdin: string;
  readonly node: string;
  readonly path: string;
  /** Names of environment variables that begin with `_dos_sync`. */
  readonly leaked: string[];
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const STAND_IN = `
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
const own = fileURLToPath(new URL('.', import.meta.url));
const env = process.env;
appendFileSync(own + 'seen.jsonl', JSON.stringify({
  args: process.argv.slice(2),
  stdin: readFileSync(0, 'utf8'),
  node: process.execPath,
  path: env.PATH,
  leaked: Object.keys(env).filter((name) => name.startsWith('_dos_sync')),
}) + '\\n');
process.exit(existsSync(own + 'exit-code') ? Number(readFileSync(own + 'exit-code', 'utf8')) : 0);
`;

/**
 * A repository with one commit. Sets HOME and git's configuration for this process to isolate it.
 */
export function makeScratch(name = 'repository'): Scratch {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'dos-sync-hooks-')));
  const home = join(root, 'home');
  mkdirSync(home);
  for (const key of Object.keys(process.env)) if (key.startsWith('GIT_')) delete process.env[key];
  writeFileSync(
    join(home, 'gitconfig'),
    '[user]\n\tname = Test\n\temail = test@example.com\n[init]\n\tdefaultBranch = main\n[maintenance]\n\tauto = false\n',
  );
  Object.assign(process.env, { HOME: home, GIT_CONFIG_GLOBAL: join(home, 'gitconfig'), GIT_CONFIG_NOSYSTEM: '1' });
  const env = { ...process.env, HUSKY: '1', XDG_CONFIG_HOME: join(home, 'config') };
  const program = join(root, 'package', 'program.mjs');
  const scratch = { root, top: join(root, name), program, env };
  put(program, STAND_IN);
  mkdirSync(scratch.top);
  git(scratch, 'init', '-q');
  rmSync(join(scratch.top, '.git/hooks'), { recursive: true });
  put(join(scratch.top, 'file'), '1\n');
  git(scratch, 'add', '.');
  git(scratch, 'commit', '-qm', 'first');
  return scratch;
}

export function removeScratch({ root }: Scratch): void {
  rmSync(root, { recursive: true, force: true });
}

/** Writes a file, with its directories. */
export function put(path: string, content: string | Uint8Array, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, mode);
}

/** Runs git, which must succeed. @returns its output. */
export function git({ top, env }: Scratch, ...args: string[]): string {
  return execFileSync('git', args, { cwd: top, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs git, which may fail. */
export function tryGit(scratch: Scratch, args: string[], env: NodeJS.ProcessEnv = {}, cwd = scratch.top): Ran {
  const run = spawnSync('git', args, { cwd, env: { ...scratch.env, ...env }, encoding: 'utf8' });
  return { code: run.status ?? -1, stdout: run.stdout, stderr: run.stderr };
}

/** Changes the file and commits it. */
export function tryCommit(scratch: Scratch, env: NodeJS.ProcessEnv = {}, cwd = scratch.top): Ran {
  writeFileSync(join(cwd, 'file'), `${process.hrtime.bigint()}\n`);
  return tryGit(scratch, ['commit', '-qam', 'next'], env, cwd);
}

/** Every run of the stand-in so far. */
export function seen({ program }: Scratch): HookRun[] {
  const path = join(dirname(program), 'seen.jsonl');
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return [];
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as HookRun);
}

/** Sets the exit code of the stand-in. */
export function exitWith({ program }: Scratch, code: number): void {
  writeFileSync(join(dirname(program), 'exit-code'), String(code));
}

/** Names, types, modes, bytes and link targets of everything at and below the path. */
export function snapshot(path: string): string[] {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [`${path}: absent`];
  const head = `${path}: ${stat.mode.toString(8)}`;
  if (stat.isSymbolicLink()) return [`${head} -> ${readlinkSync(path)}`];
  if (!stat.isDirectory()) return [`${head} ${readFileSync(path, 'latin1')}`];
  const names = readdirSync(path).sort();
  return [head, ...names.flatMap((name) => snapshot(join(path, name)))];
}
