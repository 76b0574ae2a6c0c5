// A directory of the work tree, held open: its path can be swapped for a link meanwhile, the handle
// cannot.

import { closeSync, constants, existsSync, lstatSync, mkdirSync, openSync } from 'node:fs';
import { errorCode } from '../disk/error-code.js';
import { syncFile } from '../disk/sync.js';
import { bytesOf, joinPath, type RepoPath, textOf } from '../git/path.js';
import { nothingBelow } from '../messages/disk.js';
import type { Fault } from '../messages/fault.js';
import { absolutePath } from '../snapshot/disk.js';

const DIRECTORY = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

// Node has no openat. Linux has /proc/self/fd; elsewhere each path component is checked before each
// use.
const HOLDS = existsSync('/proc/self/fd');

/** An open directory; `path` is the prefix for file names in it. */
export interface Folder {
  nameOf(leaf: RepoPath): Buffer;
  /** Makes the names in the directory durable. */
  sync(): void;
}

/**
 * Runs the work in a directory below `top`; undefined if there is none. `make` creates it.
 * @throws Fault `disk` if the path or a parent is a link or not a directory.
 */
export function within<Result>(
  top: string,
  path: RepoPath,
  make: boolean,
  work: (folder: Folder) => Result,
): Result | undefined {
  if (!HOLDS) return withinByName(top, path, make, work);
  let file: number | undefined = openSync(top, constants.O_RDONLY);
  let at = '' as RepoPath;
  try {
    for (const name of path === '' ? [] : path.split('/')) {
      const above: number = file;
      at = joinPath(at, name as RepoPath);
      file = openBelow(above, name as RepoPath, at, make);
      closeSync(above);
      if (file === undefined) return undefined;
    }
    return work(heldFolder(file));
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function heldFolder(file: number): Folder {
  return { nameOf: (leaf) => nameBelow(file, leaf), sync: () => syncFile(file) };
}

function nameBelow(file: number, leaf: RepoPath): Buffer {
  return Buffer.concat([Buffer.from(`/proc/self/fd/${file}/`), bytesOf(leaf)]);
}

function openBelow(above: number, name: RepoPath, shown: RepoPath, make: boolean): number | undefined {
  const known = openDirectory(nameBelow(above, name), shown);
  if (known !== undefined || !make) return known;
  mkdirSync(nameBelow(above, name));
  syncFile(above);
  return openDirectory(nameBelow(above, name), shown);
}

function openDirectory(name: Buffer, shown: RepoPath): number | undefined {
  try {
    return openSync(name, DIRECTORY);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return undefined;
    if (code === 'ENOTDIR' || code === 'ELOOP') throw notADirectory(shown);
    throw error;
  }
}

function notADirectory(path: RepoPath): Fault {
  return nothingBelow(textOf(path));
}

function withinByName<Result>(
  top: string,
  path: RepoPath,
  make: boolean,
  work: (folder: Folder) => Result,
): Result | undefined {
  let at = '' as RepoPath;
  for (const name of path === '' ? [] : path.split('/')) {
    at = joinPath(at, name as RepoPath);
    const stat = lstatSync(absolutePath(top, at), { throwIfNoEntry: false });
    if (stat && !stat.isDirectory()) throw notADirectory(at);
    if (!stat && !make) return undefined;
    if (!stat) mkdirSync(absolutePath(top, at));
  }
  return work({ nameOf: (leaf) => absolutePath(top, joinPath(path, leaf)), sync: () => undefined });
}
