// Writes working files: a temporary file beside the target, then a rename, so that the old content
// is never half gone.

import { createHash } from 'node:crypto';
import { fchmodSync, fstatSync, lstatSync, rmdirSync, symlinkSync, unlinkSync } from 'node:fs';
import { isMany, syncFileSystems, syncsTogether } from '../disk/barrier.js';
import { copyInto, digestOf, openNew, openToRead, withFile, writeAt } from '../disk/durable.js';
import { errorCode } from '../disk/error-code.js';
import { renameOver } from '../disk/rename.js';
import { syncFile } from '../disk/sync.js';
import { baseOf, parentOf, type RepoPath, textOf } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { writeBlobInto, writeCheckedOut } from '../git/write.js';
import { missingHere } from '../messages/trees.js';
import { changedMeanwhile, damagedCopy } from '../messages/writing.js';
import { absolutePath } from '../snapshot/disk.js';
import type { Content, FileChange } from './changes.js';
import { CheckOuts } from './check-outs.js';
import { type FileState, type Identity, identityIn, NOTHING } from './file-state.js';
import { type Folders, withFolders } from './folder.js';

type Blob = Extract<Content, { readonly kind: 'blob' }>;

/** A file to write. */
export interface Write {
  readonly change: FileChange;
  /** The name beside the target under which the content is written first. */
  readonly temporary: RepoPath;
  /** The identity of the file that is replaced. */
  readonly seen: Identity;
}

/**
 * Writes the new contents beside their targets and makes them durable; replaces nothing.
 * @returns the states that the targets will have.
 */
export function prepareFiles(repository: Repository, writes: readonly Write[]): readonly FileState[] {
  const checkOuts = new CheckOuts(
    repository,
    writes.map(({ change }) => change),
  );
  const together = isMany(writes.length) && syncsTogether();
  return withFolders(repository.top, (folders) => {
    const states = writes.map((write) => {
      const file = { repository, folders, bytes: checkOuts.take(write.change), syncs: !together };
      return prepareFile(write, file);
    });
    const files = writes.filter((_, at) => states[at]?.kind === 'file');
    if (together) syncPrepared(repository, folders, files);
    folders.sync();
    return states;
  });
}

/** How a file is prepared. */
interface Preparing {
  readonly repository: Repository;
  readonly folders: Folders;
  /** The content, if it was fetched. */
  readonly bytes: Buffer | undefined;
  /** False if the caller syncs all files together. */
  readonly syncs: boolean;
}

function prepareFile({ change: { path, content }, temporary }: Write, preparing: Preparing): FileState {
  if (content.kind === 'absent') return NOTHING;
  const made = preparing.folders.within(parentOf(path), true, (folder): FileState => {
    const name = folder.nameOf(baseOf(temporary));
    if (content.kind === 'link') {
      symlinkSync(content.target, name);
      return { kind: 'link', target: content.target.toString('latin1') };
    }
    return withFile(openNew(name, firstMode(content)), (file) => {
      const written = writeContent(preparing, path, content, file);
      if ('mode' in content && content.mode !== undefined) fchmodSync(file, content.mode);
      // safeguard synced-file (R11): a file is on the disk before its name is (system/faults: one)
      if (preparing.syncs) syncFile(file);
      const sha256 = written ?? withFile(openToRead(name), digestOf);
      return { kind: 'file', mode: fstatSync(file).mode & 0o7777, sha256 };
    });
  });
  return made ?? NOTHING;
}

/** @returns the sha256, unless git has written the content. */
function writeContent(
  { repository, bytes }: Preparing,
  path: RepoPath,
  content: Exclude<Content, { readonly kind: 'absent' | 'link' }>,
  file: number,
): string | undefined {
  if (content.kind === 'kept') return writeKept(content, file);
  const known = content.kind === 'bytes' ? content.bytes : bytes;
  if (known) {
    writeAt(file, known, 0);
    return createHash('sha256').update(known).digest('hex');
  }
  if (content.kind === 'blob') writeBlobTo(repository, path, content, file);
  return undefined;
}

/** @throws Fault `disk` if the backup's content has changed. */
function writeKept({ from, sha256 }: Extract<Content, { readonly kind: 'kept' }>, file: number): string {
  const copied = withFile(openToRead(from.path), (source) => copyInto(source, file, 0, from.range));
  // safeguard whole-backup (R1): a damaged copy is not put back (e2e/fix-archive)
  if (copied.sha256 !== sha256) throw damagedCopy(from.path);
  return sha256;
}

function writeBlobTo({ git }: Repository, path: RepoPath, { oid, partner }: Blob, file: number): void {
  if (partner !== null) writeCheckedOut(partner?.git ?? git, oid, partner?.path ?? path, file);
  else if (!writeBlobInto(git, oid, file)) throw missingHere(`The content ${oid}`);
}

/** Syncs the prepared files together, or each of them where that is not possible. */
function syncPrepared({ top }: Repository, folders: Folders, writes: readonly Write[]): void {
  const directories = new Set(writes.map(({ temporary }) => parentOf(temporary)));
  if (syncFileSystems([...directories].map((path) => absolutePath(top, path)))) return;
  for (const { temporary } of writes) {
    folders.within(parentOf(temporary), false, (folder) => {
      withFile(openToRead(folder.nameOf(baseOf(temporary))), syncFile);
    });
  }
}

/** A file whose mode is set later is private until then. */
function firstMode(content: Content): number {
  if ('mode' in content) return 0o600;
  return content.kind === 'blob' && content.executable ? 0o777 : 0o666;
}

/**
 * Renames the prepared files over their targets. @throws Fault `busy` if a target has changed since
 * it was `seen`.
 */
export function putInPlace(top: string, writes: readonly Write[]): void {
  withFolders(top, (folders) => {
    for (const write of writes) replaceFile(folders, write);
    folders.sync();
  });
  const deleted = writes.filter(({ change }) => change.content.kind === 'absent');
  for (const directory of new Set(deleted.map(({ change }) => parentOf(change.path)))) removeEmpty(top, directory);
}

function replaceFile(folders: Folders, { change: { path, content }, temporary, seen }: Write): void {
  folders.within(parentOf(path), false, (folder) => {
    const leaf = baseOf(path);
    // safeguard changed-since-backup (R4): a later edit stays (e2e/interrupted: a target)
    if (identityIn(folder, leaf) !== seen) throw changedMeanwhile(textOf(path));
    if (content.kind !== 'absent') renameOver(folder.nameOf(baseOf(temporary)), folder.nameOf(leaf));
    else if (seen !== '') unlinkSync(folder.nameOf(leaf));
    folder.changed();
  });
}

/** Removes the temporary files beside the targets, where there are some. */
export function removeTemporaries(top: string, temporaries: readonly RepoPath[]): void {
  withFolders(top, (folders) => {
    for (const temporary of temporaries) {
      folders.within(parentOf(temporary), false, (folder) => {
        const name = folder.nameOf(baseOf(temporary));
        if (lstatSync(name, { throwIfNoEntry: false })) unlinkSync(name);
      });
    }
  });
}

/** Removes a directory and its parents that are now empty, as git does. */
function removeEmpty(top: string, directory: RepoPath): void {
  for (let above = directory; above !== ''; above = parentOf(above)) {
    if (!removeIfEmpty(top, above)) return;
  }
}

/** Removes an empty directory; false if it is not empty. */
export function removeIfEmpty(top: string, directory: RepoPath): boolean {
  const removed = withFolders(top, (folders) =>
    folders.within(parentOf(directory), false, (folder) => isRemoved(folder.nameOf(baseOf(directory)))),
  );
  return removed ?? true;
}

function isRemoved(name: Buffer): boolean {
  try {
    rmdirSync(name);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return true;
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR') return false;
    throw error;
  }
}
