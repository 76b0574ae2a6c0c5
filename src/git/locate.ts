// Finds the git program once, by an absolute path that the repository's content cannot have put there.

import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { Fault } from '../messages/fault.js';

/** The nearest directory at or above `from` that holds a `.git`; undefined outside a work tree. */
function workTreeAround(from: string): string | undefined {
  for (let directory = resolve(from); ; directory = dirname(directory)) {
    if (existsSync(join(directory, '.git'))) return directory;
    if (directory === dirname(directory)) return undefined;
  }
}

function isInside(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory.endsWith(sep) ? directory : directory + sep);
}

/**
 * PATH without its relative entries and without those inside the work tree around `cwd`: husky puts the relative
 * `node_modules/.bin` first, where a tracked file named `git` would be run in git's place.
 */
export function safePath(path: string | undefined, cwd: string): string[] {
  const workTree = workTreeAround(cwd);
  const entries = (path ?? '').split(delimiter).filter((entry) => isAbsolute(entry));
  return workTree === undefined ? entries : entries.filter((entry) => !isInside(resolve(entry), workTree));
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
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES' || code === 'ELOOP';
}

/** The first program of that name in these directories, as an absolute path. */
export function findProgram(name: string, directories: readonly string[]): string | undefined {
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name];
  for (const directory of directories) {
    const found = names.map((each) => join(directory, each)).find(isProgram);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @throws Fault `git` if PATH names no git outside the work tree. */
export function locateGit(directories: readonly string[]): string {
  const git = findProgram('git', directories);
  if (git !== undefined) return git;
  throw new Fault('git', 'git was not found on PATH.', 'install git 2.38 or newer: https://git-scm.com/downloads');
}

/** Node decodes the directory that it is started in; one that is not UTF-8 comes out as the name of another. */
export function requireNameable(directory: string): void {
  if (!directory.includes('\ufffd') || existsSync(directory)) return;
  throw new Fault(
    'usage',
    `The path ${directory} is not UTF-8, and cannot be named here.`,
    'move the repository to a directory with another name',
  );
}
