// Reads the output of `git diff`, for programs.

import { type Git, readGit } from './run.js';
import type { DiffRun } from './show-diff.js';

/** git's exit codes for "the same" and "different". */
const READ = [0, 1];

/** The patch, whatever the user has configured for people. @throws Fault `git` if git failed. */
export function readDiff(git: Git, { args, directory = git.cwd }: DiffRun): Promise<Buffer> {
  const plain = ['--no-color', '--no-ext-diff', '--no-textconv'];
  const words = ['--literal-pathspecs', '--no-pager', 'diff', ...plain, ...args];
  return readGit({ ...git, cwd: directory }, words, undefined, READ);
}
