// The version of another program of the user's, as it prints it.

import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { delimiter, sep } from 'node:path';
import { findProgram, safePath } from './locate.js';

const LIMIT_MS = 10_000;

/** What `NAME --version` prints; undefined unless PATH has it outside the work tree at `top`. */
export function readProgramVersion(name: string, top: string): string | undefined {
  const directories = safePath(process.env['PATH'], top);
  const program = findProgram(name, directories);
  if (program === undefined || realpathSync(program).startsWith(realpathSync(top) + sep)) return undefined;
  const env = { ...process.env, PATH: directories.join(delimiter) };
  const { status, stdout } = spawnSync(program, ['--version'], { env, encoding: 'utf8', timeout: LIMIT_MS });
  return status === 0 ? stdout : undefined;
}
