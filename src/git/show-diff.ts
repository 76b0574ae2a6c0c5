// Shows the difference of two staged files with git's own diff and pager.

import type { Writable } from 'node:stream';
import { execa, type Options } from 'execa';
import { Fault } from '../messages/fault.js';
import type { Oid } from './oid.js';
import { isUtf8, type RepoPath, textOf } from './path.js';
import type { Git } from './run.js';

/** A staged file: its blob, and its path for the heading. */
export interface Shown {
  readonly path: RepoPath;
  readonly oid: Oid;
}

/** Runs `git diff` on two blobs, with its output on an open terminal. */
export async function showDiff(git: Git, one: Shown, other: Shown, output: Writable): Promise<void> {
  const named = isUtf8(one.path) && isUtf8(other.path);
  const names = [one, other].map(({ path, oid }) => (named ? `:0:${textOf(path)}` : oid));
  await execa(git.program, ['diff', ...names], { ...optionsFor(git), stdin: 'ignore', stdout: output, stderr: output });
}

/** git's own exit codes for "the same" and "different". */
const SHOWN = [0, 1];

/** Runs `git diff` where our own output goes, with the user's pager. @throws Fault `git` if git could not. */
export async function runDiff(git: Git, args: readonly string[]): Promise<void> {
  const options: Options = { ...optionsFor(git), stdio: 'inherit' };
  const { exitCode, signal } = await execa(git.program, ['--literal-pathspecs', 'diff', ...args], options);
  // A pager that is left early ends git by a signal.
  if (signal !== undefined || SHOWN.includes(exitCode ?? 0)) return;
  throw new Fault('git', `git diff failed with exit code ${exitCode}.`);
}

function optionsFor(git: Git): Options {
  // The pager is the user's: it wants their locale.
  const env = Object.entries({ ...git.env, LC_ALL: process.env['LC_ALL'] }).filter(([, value]) => value !== undefined);
  return { cwd: git.cwd, env: Object.fromEntries(env), extendEnv: false, reject: false };
}
