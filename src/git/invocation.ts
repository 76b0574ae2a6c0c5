// How a person can start dos-sync on this machine, so that messages print a command that works.

import { findProgram, safePath } from './locate.js';
import { readConfig } from './repository.js';
import type { Git } from './run.js';

/** `git dos-sync`, or `npx dos-sync` where git does not know it. */
export async function readInvocation(git: Git): Promise<string> {
  const onPath = findProgram('git-dos-sync', safePath(process.env['PATH'], git.cwd));
  if (onPath !== undefined) return 'git dos-sync';
  return (await readConfig(git, 'alias.dos-sync')) === undefined ? 'npx dos-sync' : 'git dos-sync';
}
