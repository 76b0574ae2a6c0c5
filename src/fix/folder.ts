// A directory of the work tree, held open: what its path leads to can be swapped for a link
// meanwhile, the directory cannot.

import { closeSync, constants, existsSync, lstatSync, mkdirSync, openSync } from 'node:fs';
import { syncFile } from '../disk/sync.js';
import { bytesOf, joinPath, type RepoPath, textOf } from '../git/path.js';
import { nothingBelow } from '../messages/disk.js';
import type { Fault } from '../messages/fault.js';
import { absolutePath } from '../snapshot/disk.js';

const DIRECTORY = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

// Node has no openat. Linux names what is in an open directory below /proc; elsewhere each
// component is looked at before each use.
const HOLDS = existsSync('/proc/self/fd');

/** An open directory, as the names in it are to be handed to the file system. */
export interface Folder {
  nameOf(leaf: RepoPath): Buffer;
  /** Makes the names in it durable. */
  sync(): void;
}

/**
 * Does the work in a directory below `top`; undefined if there is none. With `make` it is made.
 * @throws Fault `disk` if a link, or anything else that is no directory, stands at the path or
 * above it.
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
    const code = (error as NodeJS.ErrnoException).code;
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
