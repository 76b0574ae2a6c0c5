// The state of a path in the work tree, byte for byte, to verify it before and after a write.

import { type BigIntStats, fstatSync, lstatSync, readlinkSync } from 'node:fs';
import { digestOf, openToRead, withFile } from '../disk/durable.js';
import { baseOf, parentOf, type RepoPath, textOf } from '../git/path.js';
import { notReplaceable } from '../messages/disk.js';
import type { Fault } from '../messages/fault.js';
import type { Folder, Folders } from './folder.js';

/** The state of a path. `target`: a link's target, one char per byte. */
export type FileState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file'; readonly mode: number; readonly sha256: string }
  | { readonly kind: 'link'; readonly target: string };

export const NOTHING: FileState = { kind: 'absent' };

export function sameState(one: FileState, other: FileState): boolean {
  switch (one.kind) {
    case 'absent':
      return other.kind === 'absent';
    case 'file':
      return other.kind === 'file' && one.sha256 === other.sha256 && one.mode === other.mode;
    case 'link':
      return other.kind === 'link' && one.target === other.target;
  }
}

/** @throws Fault `disk` for a directory, FIFO or device, or a link above the path. */
export function readState(folders: Folders, path: RepoPath): FileState {
  const found = folders.within(parentOf(path), false, (folder) => readIn(folder, baseOf(path), path));
  return found ?? NOTHING;
}

/** The state of a name in an open directory. `shown` is its path for messages. */
function readIn(folder: Folder, leaf: RepoPath, shown: RepoPath): FileState {
  const name = folder.nameOf(leaf);
  const stat = lstatSync(name, { throwIfNoEntry: false });
  if (!stat) return NOTHING;
  if (stat.isSymbolicLink()) return linkState(name);
  if (!stat.isFile()) throw notAFile(shown);
  return withFile(openToRead(name), (file) => ({
    kind: 'file',
    mode: fstatSync(file).mode & 0o7777,
    sha256: digestOf(file),
  }));
}

/** The state of a symlink. */
export function linkState(name: Buffer): FileState {
  return { kind: 'link', target: readlinkSync(name, 'buffer').toString('latin1') };
}

export function notAFile(path: RepoPath): Fault {
  return notReplaceable(textOf(path));
}

/** Identifies a file and its last write: any write changes it, even one of the same bytes. */
export type Identity = string;

/** The identity of the file at the path; empty if there is none. */
export function readIdentity(folders: Folders, path: RepoPath): Identity {
  return folders.within(parentOf(path), false, (folder) => identityIn(folder, baseOf(path))) ?? '';
}

export function identityIn(folder: Folder, leaf: RepoPath): Identity {
  const stat = lstatSync(folder.nameOf(leaf), { throwIfNoEntry: false, bigint: true });
  return stat ? identityOf(stat) : '';
}

export function identityOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): Identity {
  return [dev, ino, size, mtimeNs, ctimeNs].join(':');
}
