// Writes working files: beside the target first, then renamed over it, so that the old content is whole until the new one is.

import {
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { bytesOf, parentOf, pathFromText, type RepoPath } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { writeCheckedOut } from '../git/write.js';
import { Fault } from '../messages/fault.js';
import { absolutePath } from '../snapshot/disk.js';
import type { Entry } from '../snapshot/types.js';

/** A working file that is ready beside its target. */
export interface Prepared {
  readonly path: RepoPath;
  readonly temporary: RepoPath;
}

let counter = 0;

function temporaryFor(path: RepoPath): RepoPath {
  counter += 1;
  const name = pathFromText(`.dos-sync-${process.pid}-${counter}`);
  const directory = parentOf(path);
  return (directory === '' ? name : `${directory}/${name}`) as RepoPath;
}

/** Writes the content beside the target. `link` holds a symlink's target. Nothing is replaced yet. */
export function prepareFile(repository: Repository, path: RepoPath, entry: Entry, link: Buffer | undefined): Prepared {
  const temporary = temporaryFor(path);
  refuseLinksAbove(repository.top, path);
  mkdirSync(absolutePath(repository.top, parentOf(path)), { recursive: true });
  const name = absolutePath(repository.top, temporary);
  if (entry.kind === 'link' && link) symlinkSync(link, name);
  else if (entry.kind === 'file') writeContent(repository, path, entry, name);
  else throw new Fault('bug', `a working file cannot hold a ${entry.kind}.`);
  return { path, temporary };
}

function writeContent(repository: Repository, path: RepoPath, entry: Entry & { kind: 'file' }, name: Buffer): void {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const file = openSync(name, flags, entry.executable ? 0o777 : 0o666);
  try {
    writeCheckedOut(repository.git, entry.oid, path, file);
    fsyncSync(file);
  } catch (error) {
    unlinkSync(name);
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Puts the prepared file in place. */
export function putInPlace(top: string, { path, temporary }: Prepared): void {
  refuseLinksAbove(top, path);
  renameSync(absolutePath(top, temporary), absolutePath(top, path));
  syncDirectory(top, parentOf(path));
}

/** Takes a prepared file away again. */
export function discard(top: string, { temporary }: Prepared): void {
  unlinkSync(absolutePath(top, temporary));
}

/** Removes the working file, and the directories that this leaves empty, as git does. */
export function removeFile(top: string, path: RepoPath): void {
  refuseLinksAbove(top, path);
  if (!lstatSync(absolutePath(top, path), { throwIfNoEntry: false })) return;
  unlinkSync(absolutePath(top, path));
  for (let above = parentOf(path); above !== ''; above = parentOf(above)) {
    if (!removedWhenEmpty(absolutePath(top, above))) return;
  }
}

function removedWhenEmpty(directory: Buffer): boolean {
  try {
    rmdirSync(directory);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw error;
  }
}

function syncDirectory(top: string, directory: RepoPath): void {
  const file = openSync(absolutePath(top, directory), constants.O_RDONLY);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function refuseLinksAbove(top: string, path: RepoPath): void {
  for (let above = parentOf(path); above !== ''; above = parentOf(above)) {
    const stat = lstatSync(absolutePath(top, above), { throwIfNoEntry: false });
    if (!stat || stat.isDirectory()) continue;
    const shown = bytesOf(above).toString('utf8');
    throw new Fault('disk', `${shown} is not a directory, so nothing is written below it.`, 'move it out of the way');
  }
}
