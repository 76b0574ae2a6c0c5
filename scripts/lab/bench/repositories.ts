// The repositories to measure in: made from lists of paths, in the index only or with their files.

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const MANIFEST = '.dos-sync-manifest.json';

/** The environment of all measurements, isolated from this machine's git. */
export const ENVIRONMENT: NodeJS.ProcessEnv = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Bench',
  GIT_AUTHOR_EMAIL: 'bench@example.invalid',
  GIT_COMMITTER_NAME: 'Bench',
  GIT_COMMITTER_EMAIL: 'bench@example.invalid',
  LC_ALL: 'C',
  TERM: 'dumb',
};

export interface Pair {
  readonly a: string;
  readonly b: string;
}

/** @returns stdout, trimmed. @throws if git fails. */
export function git(top: string, args: readonly string[], input = ''): string {
  const options = { cwd: top, env: ENVIRONMENT, input, maxBuffer: 2 ** 30 };
  const { status, stdout, stderr } = spawnSync('git', [...args], options);
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr.toString()}`);
  return stdout.toString().trim();
}

export function makeRepository(top: string): string {
  mkdirSync(top, { recursive: true });
  git(top, ['init', '-q', '-b', 'main']);
  git(top, ['config', 'gc.auto', '0']);
  git(top, ['config', 'maintenance.auto', 'false']);
  return top;
}

export function storeBlob(top: string, content: string): string {
  return git(top, ['hash-object', '-w', '--stdin'], content);
}

/** Puts each path into the index with this blob. */
export function stagePaths(top: string, paths: readonly string[], blob: string): void {
  git(top, ['update-index', '-z', '--index-info'], paths.map((path) => `100644 ${blob}\t${path}\0`).join(''));
}

/** Commits the index without hooks. */
export function commit(top: string): void {
  git(top, ['commit', '-q', '--no-verify', '--allow-empty', '-m', 'x']);
}

export function stageManifest(top: string, pairs: readonly Pair[]): void {
  const text = `${JSON.stringify({ pairs, fix_direction: 'live_to_submodule' }, null, 1)}\n`;
  writeFileSync(join(top, MANIFEST), text);
  stagePaths(top, [MANIFEST], storeBlob(top, text));
}

/** Installs our hooks and makes one commit, which writes the guard. */
export function installDosSync(top: string): void {
  const program = resolve('dist/cli.js');
  const { status, stderr } = spawnSync(process.execPath, [program, 'install', '--native'], {
    cwd: top,
    env: ENVIRONMENT,
  });
  if (status !== 0) throw new Error(stderr.toString());
  runHook(top);
}

function runHook(top: string): void {
  const { status, stderr } = spawnSync('sh', ['.git/hooks/pre-commit'], { cwd: top, env: ENVIRONMENT });
  if (status !== 0) throw new Error(`the hook ended with ${status}: ${stderr.toString()}`);
}

/** `count` paths; half of them are paired: live/ with release/, in directories of a hundred. */
export function pathsHalfPaired(count: number): string[] {
  const quarter = Math.floor(count / 4);
  const name = (at: number) => `d${Math.floor(at / 10000)}/e${Math.floor(at / 100) % 100}/f${at}.txt`;
  return Array.from({ length: count }, (_, at) => {
    if (at < quarter) return `live/${name(at)}`;
    return at < 2 * quarter ? `release/${name(at - quarter)}` : `other/${name(at)}`;
  });
}

export function removeRepository(top: string): void {
  rmSync(top, { recursive: true, force: true });
}
