// Writes working files: a temporary file beside the target, then a rename, so that the old content
// is never half gone.

import { fchmodSync, lstatSync, renameSync, rmdirSync, symlinkSync, unlinkSync } from 'node:fs';
import { copyInto, openNew, openToRead, withFile, writeAt } from '../disk/durable.js';
import { errorCode } from '../disk/error-code.js';
import { syncFile } from '../disk/sync.js';
import { baseOf, parentOf, type RepoPath } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { writeBlobInto, writeCheckedOut } from '../git/write.js';
import { missingHere } from '../messages/trees.js';
import { damagedCopy } from '../messages/writing.js';
import { changedMeanwhile } from './backup.js';
import type { Content, FileChange } from './changes.js';
import { type FileState, type Identity, identityIn, NOTHING, readIn } from './file-state.js';
import { type Folder, within } from './folder.js';
import type { FileRecord } from './record.js';

type Blob = Extract<Content, { readonly kind: 'blob' }>;

/**
 * Writes the new content beside the target and syncs it; replaces nothing. `checkedOut`: the bytes
 * of a blob, if they were fetched.
 * @returns the state that the target will have.
 */
export function prepareFile(
  repository: Repository,
  { path, content }: FileChange,
  temporary: RepoPath,
  checkedOut?: Buffer,
): FileState {
  if (content.kind === 'absent') return NOTHING;
  const made = within(repository.top, parentOf(path), true, (folder) => {
    writeContent(repository, path, content, folder.nameOf(baseOf(temporary)), checkedOut);
    return readIn(folder, baseOf(temporary), path);
  });
  return made ?? NOTHING;
}

function writeContent(
  repository: Repository,
  path: RepoPath,
  content: Content,
  name: Buffer,
  checkedOut: Buffer | undefined,
): void {
  if (content.kind === 'link') {
    symlinkSync(content.target, name);
    return;
  }
  withFile(openNew(name, firstMode(content)), (file) => {
    if (checkedOut) writeAt(file, checkedOut, 0);
    else if (content.kind === 'blob') writeBlobTo(repository, path, content, file);
    if (content.kind === 'bytes') writeAt(file, content.bytes, 0);
    if (content.kind === 'kept') writeKept(content, file);
    if ('mode' in content && content.mode !== undefined) fchmodSync(file, content.mode);
    syncFile(file);
  });
}

/** @throws Fault `disk` if the backup's content has changed. */
function writeKept({ path, sha256 }: Extract<Content, { readonly kind: 'kept' }>, file: number): void {
  if (withFile(openToRead(path), (source) => copyInto(source, file)) !== sha256) throw damagedCopy(path);
}

function writeBlobTo({ git }: Repository, path: RepoPath, { oid, partner }: Blob, file: number): void {
  if (partner !== null) writeCheckedOut(partner?.git ?? git, oid, partner?.path ?? path, file);
  else if (!writeBlobInto(git, oid, file)) throw missingHere(`The content ${oid}`);
}

/** A file whose mode is set later is private until then. */
function firstMode(content: Content): number {
  if ('mode' in content) return 0o600;
  return content.kind === 'blob' && content.executable ? 0o777 : 0o666;
}

/**
 * Renames the prepared file over the target. @throws Fault `busy` if the target has changed since
 * it was `seen`.
 */
export function putInPlace(top: string, { path, content }: FileChange, temporary: RepoPath, seen: Identity): void {
  within(top, parentOf(path), false, (folder) => {
    const leaf = baseOf(path);
    if (identityIn(folder, leaf) !== seen) throw changedMeanwhile(path);
    if (content.kind !== 'absent') renameSync(folder.nameOf(baseOf(temporary)), folder.nameOf(leaf));
    else if (seen !== '') unlinkSync(folder.nameOf(leaf));
    folder.sync();
  });
  if (content.kind === 'absent') removeEmptyAbove(top, path);
}

/** Removes the temporary file beside a target, if there is one. */
export function removeTemporary(top: string, { temporary }: Pick<FileRecord, 'temporary'>): void {
  within(top, parentOf(temporary), false, (folder) => {
    const name = folder.nameOf(baseOf(temporary));
    if (lstatSync(name, { throwIfNoEntry: false })) unlinkSync(name);
  });
}

/** Removes parent directories that are now empty, as git does. */
function removeEmptyAbove(top: string, path: RepoPath): void {
  for (let above = parentOf(path); above !== ''; above = parentOf(above)) {
    if (!removeIfEmpty(top, above)) return;
  }
}

/** Removes an empty directory; false if it is not empty. */
export function removeIfEmpty(top: string, directory: RepoPath): boolean {
  const removed = within(top, parentOf(directory), false, (folder) => isRemoved(folder, baseOf(directory)));
  return removed ?? true;
}

function isRemoved(folder: Folder, name: RepoPath): boolean {
  try {
    rmdirSync(folder.nameOf(name));
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return true;
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR') return false;
    throw error;
  }
}
