// Shows differences with git's own diff and pager.

import type { Readable, Writable } from 'node:stream';
import { execa } from 'execa';
import { Fault } from '../messages/fault.js';
import { type DiffLabel, labelArguments } from './diff-labels.js';
import type { Oid } from './oid.js';
import { isUtf8, type RepoPath, textOf } from './path.js';
import { readConfig } from './repository.js';
import type { Git } from './run.js';

/** A staged file: its blob, the path for the heading, and what it is in its pair. */
export interface Shown {
  readonly path: RepoPath;
  readonly oid: Oid;
  readonly label: DiffLabel;
  /** True if the blob is not what is staged at the path, but what a fix would make of it. */
  readonly isMade?: boolean;
}

/** Runs `git diff` on two blobs, with its output to an open terminal. */
export async function showDiff(git: Git, one: Shown, other: Shown, output: Writable): Promise<void> {
  const named = [one, other].every(({ path, isMade = false }) => isUtf8(path) && !isMade);
  const names = [one, other].map(({ path, oid }) => (named ? `:0:${textOf(path)}` : oid));
  const labels = labelArguments(one.label, other.label);
  await execa(git.program, ['diff', ...labels, ...names], {
    ...optionsFor(git),
    stdin: 'ignore',
    stdout: output,
    stderr: output,
  });
}

/** git's exit codes for "the same" and "different". */
const SHOWN = [0, 1];

/** One `git diff`. */
export interface DiffRun {
  readonly args: readonly string[];
  /** Its start directory, if not the top level. */
  readonly directory?: string;
}

/**
 * Runs these `git diff`s to our output; at a terminal all through one pager. @throws Fault `git` if
 * git failed.
 */
export async function runDiffs(git: Git, runs: AsyncIterable<DiffRun>): Promise<void> {
  const pager = process.stdout.isTTY ? await openPager(git) : undefined;
  try {
    for await (const run of runs) {
      if (pager?.isLeft) return;
      await runDiff(git, run, pager);
    }
  } finally {
    await pager?.close();
  }
}

async function runDiff(git: Git, { args, directory }: DiffRun, pager: Pager | undefined): Promise<void> {
  const { env, ...options } = optionsFor(git);
  // With this variable git also colours output for a pager that another process started.
  const shown = pager ? { ...env, GIT_PAGER_IN_USE: 'true' } : env;
  const child = execa(git.program, ['--literal-pathspecs', '--no-pager', 'diff', ...args], {
    ...options,
    ...(directory !== undefined && { cwd: directory }),
    env: shown,
    stdin: 'ignore',
    stdout: pager ? 'pipe' : 'inherit',
    stderr: 'inherit',
    buffer: false,
  });
  if (pager && child.stdout) pager.take(child.stdout, () => child.kill());
  const { exitCode, signal } = await child;
  // The user may leave the pager early.
  if (signal !== undefined || SHOWN.includes(exitCode ?? 0)) return;
  throw new Fault('git', `git diff failed with exit code ${exitCode}.`);
}

interface Pager {
  /** True once the user has closed the pager. */
  readonly isLeft: boolean;
  /** Shows the stream; `stop` is called when the pager is closed. */
  take(stream: Readable, stop: () => void): void;
  close(): Promise<void>;
}

/** The pager of `git diff`, started by git; undefined if the user has none for diffs. */
async function openPager(git: Git): Promise<Pager | undefined> {
  const words = (await readConfig(git, 'pager.diff')) ?? '';
  if (/^(?:false|no|off|0)$/i.test(words)) return undefined;
  const chosen = words === '' || /^(?:true|yes|on|1)$/i.test(words) ? [] : ['-c', `core.pager=${words}`];
  // With -p, git pages the output of an alias; so it selects, sets up and awaits the pager as
  // usual.
  const args = ['-p', ...chosen, '-c', 'alias.dos-sync-page=!cat', 'dos-sync-page'];
  const child = execa(git.program, args, { ...optionsFor(git), stdin: 'pipe', stdout: 'inherit', stderr: 'inherit' });
  let left = false;
  let stopAll = (): void => undefined;
  const leave = (): void => {
    left = true;
    stopAll();
  };
  child.stdin.on('error', leave);
  const ended = child.then(leave);
  // Ctrl-C is for the pager, which must not outlive us on the terminal.
  process.on('SIGINT', leave);
  return {
    get isLeft() {
      return left;
    },
    take(stream, stop) {
      stopAll = stop;
      stream.pipe(child.stdin, { end: false });
    },
    async close() {
      child.stdin.end();
      await ended;
      process.off('SIGINT', leave);
    },
  };
}

function optionsFor(git: Git) {
  // The pager should use the user's locale.
  const env = Object.entries({ ...git.env, LC_ALL: process.env['LC_ALL'] }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { cwd: git.cwd, env: Object.fromEntries(env), extendEnv: false, reject: false } as const;
}
