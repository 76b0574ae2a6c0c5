// Copies what a fix will replace into the backup store: working files byte for byte, and blobs of
// index entries.

import { fstatSync, lstatSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { copyInto, openNewFor, openToRead, syncDirectory, withFile, writeAt } from '../disk/durable.js';
import { syncFile } from '../disk/sync.js';
import { groupBySize, LARGEST, readBlobs, readSizes } from '../git/check-out.js';
import { type IndexState, readIndexState } from '../git/index-state.js';
import type { Oid } from '../git/oid.js';
import { baseOf, parentOf, pathFromText, type RepoPath, textOf } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { writeBlobInto } from '../git/write.js';
import { Fault } from '../messages/fault.js';
import { sayChangedMeanwhile } from '../messages/writing.js';
import { absolutePath } from '../snapshot/disk.js';
import type { Changes, FileChange } from './changes.js';
import { type Identity, identityIn, identityOf, NOTHING, notAFile, sameState } from './file-state.js';
import { type Folder, within } from './folder.js';
import { backupOf, type FileRecord, type FixRecord, writeRecord } from './record.js';
import { type FixStore, makeDirectory } from './store.js';

const FILES = 'files';
const BLOBS = 'blobs';

/** The path of an index entry's blob in a backup. */
export function blobIn(backup: string, oid: Oid): string {
  return join(backup, BLOBS, oid);
}

/** The path of a working file in a backup. */
export function fileIn(backup: string, kept: string): string {
  return join(backup, FILES, kept);
}

/** The id of a backup made at that time; ids sort by time. */
export function idOfTime(time: number): string {
  const [day, clock] = new Date(time).toISOString().split(/[TZ]/) as [string, string];
  return `${day.replaceAll('-', '')}-${clock.replace(/[:.]/g, '').replace(/(\d{3})$/, '-$1')}`;
}

/** Makes the directory of a new backup. @returns its id. */
export function writeBackupDirectory(store: FixStore): string {
  for (let time = Date.now(); ; time += 1) {
    const id = idOfTime(time);
    const directory = backupOf(store, id);
    if (lstatSync(directory, { throwIfNoEntry: false })) continue;
    for (const name of ['', FILES, BLOBS]) makeDirectory(store, join(directory, name));
    return id;
  }
}

/**
 * Backs up everything that the changes replace, and writes the record.
 * @throws Fault `busy` if a file has changed since it was `seen`.
 */
export function backUp(
  repository: Repository,
  store: FixStore,
  id: string,
  changes: Changes,
  seen: ReadonlyMap<RepoPath, Identity>,
): FixRecord {
  const directory = backupOf(store, id);
  const files = changes.files.map((change, at): FileRecord => {
    const copy = { path: join(directory, FILES, String(at)), mode: store.fileMode };
    const held = keep(repository.top, change, seen.get(change.path) ?? '', copy);
    const temporary = beside(change.path, `.dos-sync-${id}-${at}`);
    return { path: change.path, temporary, before: held, ...(held.kind === 'file' ? { kept: String(at) } : {}) };
  });
  const paths = changes.entries.map(({ path }) => path);
  const states = readIndexState(repository.git, repository.format, paths);
  keepBlobs(repository, { path: directory, mode: store.fileMode }, [...states.values()]);
  for (const name of [FILES, BLOBS, '', '..']) syncDirectory(join(directory, name));
  const record: FixRecord = {
    version: 1,
    id,
    command: changes.command,
    ...(changes.run === undefined ? {} : { run: changes.run }),
    ...(changes.undoes === undefined ? {} : { undoes: changes.undoes }),
    ...(changes.outside === undefined ? {} : { outside: changes.outside }),
    files,
    entries: changes.entries.map(({ path, after }) => ({ path, before: states.get(path) ?? null, after })),
    made: missingAbove(repository.top, changes.files),
  };
  writeRecord(store, record);
  return record;
}

function beside(path: RepoPath, name: string): RepoPath {
  const directory = parentOf(path);
  return (directory === '' ? pathFromText(name) : `${directory}/${name}`) as RepoPath;
}

/** The target of a backup copy, and its file mode. */
interface Copy {
  readonly path: string;
  readonly mode: number;
}

function keep(top: string, { path, expected }: FileChange, seen: Identity, copy: Copy): FileRecord['before'] {
  const found = within(top, parentOf(path), false, (folder) => keepIn(folder, path, seen, copy)) ?? NOTHING;
  if (expected && !sameState(found, expected)) throw changedMeanwhile(path);
  return found;
}

function keepIn(folder: Folder, path: RepoPath, seen: Identity, copy: Copy): FileRecord['before'] {
  const name = folder.nameOf(baseOf(path));
  if (identityIn(folder, baseOf(path)) !== seen) throw changedMeanwhile(path);
  const stat = lstatSync(name, { throwIfNoEntry: false });
  if (!stat) return NOTHING;
  if (stat.isSymbolicLink()) return { kind: 'link', target: readlinkSync(name, 'buffer').toString('latin1') };
  if (!stat.isFile()) throw notAFile(path);
  return withFile(openToRead(name), (file) => {
    const sha256 = withFile(openNewFor(copy.path, copy.mode), (target) => copyInto(file, target));
    const after = fstatSync(file, { bigint: true });
    if (identityOf(after) !== seen) throw changedMeanwhile(path);
    return { kind: 'file', mode: Number(after.mode) & 0o7777, sha256 };
  });
}

export function changedMeanwhile(path: RepoPath): Fault {
  return new Fault('busy', sayChangedMeanwhile(textOf(path)), 'run the same command again');
}

/**
 * Content that only the index has is an unreachable object once the entry is replaced; gc may drop
 * it.
 */
function keepBlobs({ git }: Repository, backup: Copy, states: readonly IndexState[]): void {
  const blobs = states.filter(({ mode, intended }) => !intended && !mode.startsWith('16'));
  const oids = [...new Set(blobs.map((state) => state.oid))];
  const sizes = readSizes(git, oids);
  // In a partial clone a blob may not be local.
  const here = oids.flatMap((oid) => {
    const size = sizes.get(oid);
    return size === undefined ? [] : [{ oid, size }];
  });
  for (const { oid } of here.filter(({ size }) => size > LARGEST)) {
    keepBlob(backup, oid, (file) => writeBlobInto(git, oid, file));
  }
  for (const group of groupBySize(here.filter(({ size }) => size <= LARGEST))) {
    const contents = readBlobs(
      git,
      group.map(({ oid }) => oid),
    );
    for (const [at, { oid }] of group.entries()) {
      const content = contents[at];
      if (content) keepBlob(backup, oid, (file) => writeAt(file, content, 0));
    }
  }
}

function keepBlob({ path, mode }: Copy, oid: Oid, write: (file: number) => unknown): void {
  withFile(openNewFor(blobIn(path, oid), mode), (file) => {
    write(file);
    syncFile(file);
  });
}

/** The directories that have to be made for these files, outermost first. */
function missingAbove(top: string, files: readonly FileChange[]): RepoPath[] {
  const missing = new Set<RepoPath>();
  for (const { path, content } of files) {
    if (content.kind === 'absent') continue;
    for (let above = parentOf(path); above !== ''; above = parentOf(above)) {
      if (lstatSync(absolutePath(top, above), { throwIfNoEntry: false })) break;
      missing.add(above);
    }
  }
  return [...missing].sort((one, other) => one.length - other.length);
}
