// Directories of the work tree, held open: a path can be swapped for a link meanwhile, the handle
// cannot.

import { closeSync, constants, existsSync, fstatSync, lstatSync, mkdirSync, openSync } from 'node:fs';
import { isMany, syncFileSystems } from '../disk/barrier.js';
import { errorCode } from '../disk/error-code.js';
import { syncFile } from '../disk/sync.js';
import { baseOf, bytesOf, joinPath, parentOf, type RepoPath, textOf } from '../git/path.js';
import { nothingBelow } from '../messages/disk.js';
import type { Fault } from '../messages/fault.js';
import { changedMeanwhile } from '../messages/writing.js';
import { absolutePath } from '../snapshot/disk.js';

const DIRECTORY = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

// Node has no openat. Linux has /proc/self/fd; elsewhere each path component is checked before each
// use.
const HOLDS = existsSync('/proc/self/fd');

/** How many directories are open at once. */
const MOST = 32;

/** A directory; `nameOf` is the path of a file in it. */
export interface Folder {
  nameOf(leaf: RepoPath): Buffer;
  /** Has to be called after a name in the directory has changed. */
  changed(): void;
}

/** Runs work on many files below `top`, and closes the directories after it. */
export function withFolders<Result>(top: string, work: (folders: Folders) => Result): Result {
  const folders = new Folders(top);
  try {
    return work(folders);
  } finally {
    folders.close();
  }
}

/** The directories used last by one piece of work, so that each is opened once for its files. */
export class Folders {
  readonly #top: string;
  /** Least recently used first. */
  readonly #held = new Map<RepoPath, number>();
  /** The identity of each directory in which a name has changed. */
  readonly #changed = new Map<RepoPath, string>();

  constructor(top: string) {
    this.#top = top;
  }

  /**
   * Runs the work in a directory; undefined if there is none. `make` creates it.
   * @throws Fault `disk` if the path or a parent is a link or not a directory.
   */
  within<Result>(path: RepoPath, make: boolean, work: (folder: Folder) => Result): Result | undefined {
    const folder = HOLDS ? this.#holdFolder(path, make) : folderByName(this.#top, path, make);
    return folder && work(folder);
  }

  /**
   * Makes the changed names durable. @throws Fault `busy` if a directory was moved meanwhile, so
   * that the files in it are at another path.
   */
  sync(): void {
    this.close();
    const changed = [...this.#changed];
    for (const [path, before] of changed) {
      const file = this.#hold(path, false);
      if (file === undefined || identityOf(file) !== before) throw changedMeanwhile(textOf(path));
      if (!isMany(changed.length)) syncFile(file);
    }
    if (isMany(changed.length)) this.#syncTogether(changed.map(([path]) => path));
    this.#changed.clear();
  }

  close(): void {
    for (const file of this.#held.values()) closeSync(file);
    this.#held.clear();
  }

  #syncTogether(paths: readonly RepoPath[]): void {
    if (syncFileSystems(paths.map((path) => absolutePath(this.#top, path)))) return;
    for (const path of paths) syncFile(this.#hold(path, false) as number);
  }

  #holdFolder(path: RepoPath, make: boolean): Folder | undefined {
    const file = this.#hold(path, make);
    if (file === undefined) return undefined;
    return { nameOf: (leaf) => nameBelow(file, leaf), changed: () => this.#noteChange(path, file) };
  }

  #noteChange(path: RepoPath, file: number): void {
    if (!this.#changed.has(path)) this.#changed.set(path, identityOf(file));
  }

  #hold(path: RepoPath, make: boolean): number | undefined {
    const known = this.#held.get(path);
    const file = known ?? this.#open(path, make);
    if (file === undefined) return undefined;
    this.#held.delete(path);
    this.#held.set(path, file);
    if (this.#held.size > MOST) this.#closeOldest();
    return file;
  }

  #closeOldest(): void {
    for (const [path, file] of this.#held) {
      this.#held.delete(path);
      closeSync(file);
      return;
    }
  }

  #open(path: RepoPath, make: boolean): number | undefined {
    if (path === '') return openSync(this.#top, constants.O_RDONLY);
    const above = this.#hold(parentOf(path), make);
    if (above === undefined) return undefined;
    const name = nameBelow(above, baseOf(path));
    const known = openDirectory(name, path);
    if (known !== undefined || !make) return known;
    mkdirSync(name);
    this.#noteChange(parentOf(path), above);
    return openDirectory(name, path);
  }
}

function identityOf(file: number): string {
  const { dev, ino } = fstatSync(file, { bigint: true });
  return `${dev}:${ino}`;
}

function nameBelow(file: number, leaf: RepoPath): Buffer {
  return Buffer.concat([Buffer.from(`/proc/self/fd/${file}/`), bytesOf(leaf)]);
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

function folderByName(top: string, path: RepoPath, make: boolean): Folder | undefined {
  let at = '' as RepoPath;
  for (const name of path === '' ? [] : path.split('/')) {
    at = joinPath(at, name as RepoPath);
    const stat = lstatSync(absolutePath(top, at), { throwIfNoEntry: false });
    if (stat && !stat.isDirectory()) throw notADirectory(at);
    if (!stat && !make) return undefined;
    if (!stat) mkdirSync(absolutePath(top, at));
  }
  return { nameOf: (leaf) => absolutePath(top, joinPath(path, leaf)), changed: () => undefined };
}
