// Copies what a fix will replace into the backup store: working files byte for byte, and blobs of
// index entries.

import { fstatSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { openToRead, withFile } from '../disk/durable.js';
import { groupBySize, LARGEST, readBlobs, readSizes } from '../git/check-out.js';
import { type IndexState, readIndexState } from '../git/index-state.js';
import { baseOf, parentOf, pathFromText, type RepoPath, textOf } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import type { Git } from '../git/run.js';
import { writeBlobInto } from '../git/write.js';
import { changedMeanwhile } from '../messages/writing.js';
import { absolutePath } from '../snapshot/disk.js';
import type { Changes, FileChange } from './changes.js';
import { type FileState, type Identity, identityOf, linkState, NOTHING, notAFile, sameState } from './file-state.js';
import { type Folders, withFolders } from './folder.js';
import { DIRECTORIES, Keeper, nameOfBlob, nameOfFile } from './kept.js';
import { backupOf, type FileRecord, type FixRecord, writeRecord } from './record.js';
import { type FixStore, makeDirectory } from './store.js';

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
    for (const name of DIRECTORIES) makeDirectory(store, join(directory, name));
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
  const paths = changes.entries.map(({ path }) => path);
  const states = readIndexState(repository.git, repository.format, paths);
  const kept = keepAll(repository, store, id, { changes, seen, states: [...states.values()] });
  const { command, run, undoes, outside } = changes;
  const record: FixRecord = {
    version: kept.archived === undefined ? 1 : 2,
    id,
    command,
    ...(run === undefined ? {} : { run }),
    ...(undoes === undefined ? {} : { undoes }),
    ...(outside === undefined ? {} : { outside }),
    entries: changes.entries.map(({ path, after }) => ({ path, before: states.get(path) ?? null, after })),
    made: missingAbove(repository.top, changes.files),
    ...kept,
  };
  writeRecord(store, record);
  return record;
}

/** What is backed up: the files as they were seen, and the blobs of index entries. */
interface ToKeep {
  readonly changes: Changes;
  readonly seen: ReadonlyMap<RepoPath, Identity>;
  readonly states: readonly IndexState[];
}

function keepAll(
  { git, top }: Repository,
  store: FixStore,
  id: string,
  { changes, seen, states }: ToKeep,
): Pick<FixRecord, 'files' | 'archived'> {
  const keeper = new Keeper(backupOf(store, id), store.fileMode, changes.files.length + states.length);
  try {
    const files = withFolders(top, (folders) =>
      changes.files.map((change, at): FileRecord => {
        const before = keepFile(folders, keeper, change, { seen: seen.get(change.path) ?? '', kept: String(at) });
        const temporary = beside(change.path, `.dos-sync-${id}-${at}`);
        return { path: change.path, temporary, before, ...(before.kind === 'file' ? { kept: String(at) } : {}) };
      }),
    );
    // safeguard blobs-kept (R1): what only the index has is kept (e2e/undo: gc takes)
    keepBlobs(git, keeper, states);
    const archived = keeper.finish();
    return { files, ...(archived && { archived }) };
  } finally {
    keeper.close();
  }
}

function beside(path: RepoPath, name: string): RepoPath {
  const directory = parentOf(path);
  return (directory === '' ? pathFromText(name) : `${directory}/${name}`) as RepoPath;
}

function keepFile(
  folders: Folders,
  keeper: Keeper,
  { path, expected }: FileChange,
  { seen, kept }: { readonly seen: Identity; readonly kept: string },
): FileState {
  const found = folders.within(parentOf(path), false, (folder) => {
    const name = folder.nameOf(baseOf(path));
    const stat = lstatSync(name, { throwIfNoEntry: false, bigint: true });
    if ((stat ? identityOf(stat) : '') !== seen) throw changedMeanwhile(textOf(path));
    if (!stat) return NOTHING;
    if (stat.isSymbolicLink()) return linkState(name);
    if (!stat.isFile()) throw notAFile(path);
    return withFile(openToRead(name), (file): FileState => {
      const sha256 = keeper.copy(nameOfFile(kept), file);
      const after = fstatSync(file, { bigint: true });
      if (identityOf(after) !== seen) throw changedMeanwhile(textOf(path));
      return { kind: 'file', mode: Number(after.mode) & 0o7777, sha256 };
    });
  });
  if (expected && !sameState(found ?? NOTHING, expected)) throw changedMeanwhile(textOf(path));
  return found ?? NOTHING;
}

/**
 * Content that only the index has is an unreachable object once the entry is replaced; gc may drop
 * it.
 */
function keepBlobs(git: Git, keeper: Keeper, states: readonly IndexState[]): void {
  const blobs = states.filter(({ mode, intended }) => !intended && !mode.startsWith('16'));
  const oids = [...new Set(blobs.map((state) => state.oid))];
  const sizes = readSizes(git, oids);
  // In a partial clone a blob may not be local.
  const here = oids.flatMap((oid) => {
    const size = sizes.get(oid);
    return size === undefined ? [] : [{ oid, size }];
  });
  for (const { oid } of here.filter(({ size }) => size > LARGEST)) {
    keeper.keepLarge(nameOfBlob(oid), (file) => writeBlobInto(git, oid, file));
  }
  for (const group of groupBySize(here.filter(({ size }) => size <= LARGEST))) {
    const contents = readBlobs(
      git,
      group.map(({ oid }) => oid),
    );
    for (const [at, { oid }] of group.entries()) {
      const content = contents[at];
      if (content) keeper.keep(nameOfBlob(oid), content);
    }
  }
}

/** The directories that have to be made for these files, outermost first. */
function missingAbove(top: string, files: readonly FileChange[]): RepoPath[] {
  const missing = new Set<RepoPath>();
  const written = files.filter(({ content }) => content.kind !== 'absent');
  for (const directory of new Set(written.map(({ path }) => parentOf(path)))) {
    for (let above = directory; above !== '' && !missing.has(above); above = parentOf(above)) {
      if (lstatSync(absolutePath(top, above), { throwIfNoEntry: false })) break;
      missing.add(above);
    }
  }
  return [...missing].sort((one, other) => one.length - other.length);
}
