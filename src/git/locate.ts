// Finds the git program once, as an absolute path that repository content cannot control.

import { accessSync, constants, existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { errorCode } from '../disk/error-code.js';
import { programFiles, startableFile } from '../disk/system.js';
import { gitNotFound, notUtf8 } from '../messages/git.js';

/**
 * The work tree around `from`. For a submodule, that of its outermost superproject, whose content
 * is just as untrusted.
 */
function workTreeAround(from: string): string | undefined {
  for (let directory = realPath(resolve(from)), found: string | undefined; ; directory = dirname(directory)) {
    const git = join(directory, '.git');
    if (existsSync(git)) {
      found = directory;
      if (!isOfSubmodule(git)) return found;
    }
    if (directory === dirname(directory)) return found;
  }
}

function isOfSubmodule(git: string): boolean {
  return statSync(git).isFile() && /^gitdir: .*[\\/]modules[\\/]/.test(readFileSync(git, 'latin1'));
}

/** Resolves links; a path that does not exist is returned unchanged. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (isAbsenceOrRefusal(error)) return path;
    throw error;
  }
}

function isInside(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory.endsWith(sep) ? directory : directory + sep);
}

/**
 * PATH without relative directories, and without those that are in the work tree around `cwd` or
 * have a `git` that is: husky puts `node_modules/.bin` first, where a tracked `git` would run.
 */
export function safePath(path: string | undefined, cwd: string): string[] {
  const workTree = workTreeAround(cwd);
  const entries = (path ?? '').split(delimiter).filter((entry) => isAbsolute(entry));
  if (workTree === undefined) return entries;
  const leadsIn = (path: string): boolean => isInside(realPath(path), workTree);
  // safeguard tracked-programs (T6): a git of the work tree is not started (e2e/attacks: T6)
  return entries.filter((entry) => !leadsIn(resolve(entry)) && !leadsIn(resolve(entry, 'git')));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch (error) {
    if (isAbsenceOrRefusal(error)) return false;
    throw error;
  }
}

function isAbsenceOrRefusal(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES' || code === 'ELOOP';
}

/** The first program of that name in these directories, as an absolute path. */
export function findProgram(name: string, directories: readonly string[]): string | undefined {
  return findFile(programFiles(name), directories);
}

function findFile(names: readonly string[], directories: readonly string[]): string | undefined {
  return directories.flatMap((directory) => names.map((name) => join(directory, name))).find(isProgram);
}

/** @throws Fault `git` if PATH names no git outside the work tree. */
export function locateGit(directories: readonly string[]): string {
  const git = findFile([startableFile('git')], directories);
  if (git !== undefined) return git;
  throw gitNotFound();
}

/** Node decodes the name of its start directory; one that is not UTF-8 becomes another name. */
export function requireNameable(directory: string): void {
  if (!directory.includes('\ufffd') || existsSync(directory)) return;
  // safeguard unnameable (R18): a name that is no text is refused (e2e/bad-input: a repository)
  throw notUtf8(directory);
}
