// The command that starts dos-sync on this machine, so that printed commands work.

import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findProgram, safePath } from './locate.js';
import { readRunner } from './package-manager.js';
import { readConfig } from './repository.js';
import { type Git, readGit } from './run.js';

/**
 * `git dos-sync` if that is an alias or on PATH, else through the package manager, else the plain
 * name. `git` runs at the top level.
 */
export async function readInvocation(git: Git): Promise<string> {
  const path = safePath(process.env['PATH'], git.cwd);
  if (findProgram('git-dos-sync', path) !== undefined) return 'git dos-sync';
  const alias = await readConfig(git, 'alias.dos-sync');
  if (alias !== undefined && (await leadsToProgram(git, alias))) return 'git dos-sync';
  if (existsSync(join(git.cwd, 'node_modules/dos-sync')))
    return readRunner(realpathSync(git.cwd), realpathSync(git.cwd));
  return findProgram('dos-sync', path) === undefined ? 'npx dos-sync' : 'dos-sync';
}

/**
 * True if the alias that `install` made still has its program; aliases of others are assumed to
 * work.
 */
async function leadsToProgram(git: Git, alias: string): Promise<boolean> {
  if (!alias.includes('/dos-sync/start"'))
    return !/^!'.*' '.*cli\.js'$/.test(alias) || existsSync(alias.split("'").at(-2) ?? '');
  const common = (await readGit(git, ['rev-parse', '--git-common-dir'])).toString('utf8').replace(/\n$/, '');
  const starter = resolve(git.cwd, common, 'dos-sync/start');
  if (!statSync(starter, { throwIfNoEntry: false })?.isFile()) return false;
  const word = /^ {2}_dos_sync_program='(.*)'$/m.exec(readFileSync(starter, 'utf8'))?.[1];
  return word !== undefined && existsSync(word.replaceAll("'\\''", "'"));
}
