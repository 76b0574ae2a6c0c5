// Runs a piece of a hook as git would, to see what it finds.

import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { shellBeside } from '../disk/system.js';
import { type Git, readGit } from './run.js';

export interface ProbeResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const LONGEST = 30_000;

/**
 * Runs the script in sh at the top level `cwd`, with this PATH after git's exec path, as in a hook.
 * https://git-scm.com/docs/githooks
 */
export async function runAsHook(git: Git, script: string, path: string, cwd: string): Promise<ProbeResult> {
  const own = (await readGit(git, ['--exec-path'])).toString('utf8').trim();
  const env = { ...process.env, PATH: [own, path].join(delimiter), GIT_PREFIX: '' };
  const options = { cwd, env, timeout: LONGEST, encoding: 'utf8' as const, input: '' };
  const { status, stdout, stderr, error } = spawnSync(shellBeside(own), ['-c', script], options);
  return { code: status ?? 128, stdout: stdout ?? '', stderr: stderr || (error?.message ?? '') };
}
