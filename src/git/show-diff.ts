// Shows the difference of two staged files with git's own diff and pager.

import type { Writable } from 'node:stream';
import { execa, type Options } from 'execa';
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
  // The pager is the user's: it wants their locale.
  const env = Object.entries({ ...git.env, LC_ALL: process.env['LC_ALL'] }).filter(([, value]) => value !== undefined);
  const options: Options = {
    cwd: git.cwd,
    env: Object.fromEntries(env),
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    stdout: output,
    stderr: output,
  };
  await execa(git.program, ['diff', ...names], options);
}
