// Restores what a fix replaced, from its record: right after a failed write, or later after a kill.

import type { RepoPath } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import type { Content } from './changes.js';
import { planEntriesBack, writeEntries } from './entries.js';
import { type FileState, type Identity, readIdentity, readState, sameState } from './file-state.js';
import { withFolders } from './folder.js';
import { extract, keptIn, nameOfFile } from './kept.js';
import { dropJournal, type FileRecord, type FixRecord, isReady, keptFor, placeOf, removeBackup } from './record.js';
import type { FixStore } from './store.js';
import { prepareFiles, putInPlace, removeIfEmpty, removeTemporaries, type Write } from './write.js';

/** The backed-up content of a file. */
export function contentBefore(store: FixStore, record: FixRecord, { before, kept }: FileRecord): Content {
  switch (before.kind) {
    case 'absent':
      return { kind: 'absent' };
    case 'link':
      return { kind: 'link', target: Buffer.from(before.target, 'latin1') };
    case 'file':
      return { ...before, kind: 'kept', from: keptIn(keptFor(store, record), nameOfFile(kept ?? '')) };
  }
}

/**
 * Undoes the writes of a fix, drops its journal and then its backup. Files that somebody has
 * changed since are skipped and returned; then the backup is kept. Idempotent.
 */
export function putBack(from: Repository, store: FixStore, record: FixRecord): readonly RepoPath[] {
  const repository = placeOf(from, record);
  removeTemporaries(
    repository.top,
    record.files.map(({ temporary }) => temporary),
  );
  const left = isReady(record) ? putAllBack(repository, store, record) : [];
  for (const directory of [...record.made].reverse()) removeIfEmpty(repository.top, directory);
  dropJournal(store);
  if (left.length === 0) removeBackup(store, record.id);
  return left;
}

function putAllBack(repository: Repository, store: FixStore, record: FixRecord): RepoPath[] {
  const { written, edited } = sortFiles(repository.top, record);
  for (const { before, kept } of edited) {
    if (before.kind === 'file') extract(keptFor(store, record), nameOfFile(kept ?? ''), store.fileMode);
  }
  const writes = written.map(({ file, seen }): Write => {
    const change = { path: file.path, content: contentBefore(store, record, file) };
    return { change, temporary: file.temporary, seen };
  });
  prepareFiles(repository, writes);
  putInPlace(repository.top, writes);
  const { changes, others } = planEntriesBack(repository, record.entries);
  writeEntries(repository, changes, keptFor(store, record));
  return [...new Set([...edited.map(({ path }) => path), ...others])];
}

/** A file as the fix wrote it, and its identity before its content was read. */
interface Written {
  readonly file: FileRecord;
  readonly now: FileState;
  readonly seen: Identity;
}

/** A file that has neither its old state nor the one that the fix wrote is edited. */
export function sortFiles(
  top: string,
  { files }: FixRecord,
): { readonly written: readonly Written[]; readonly edited: readonly FileRecord[] } {
  const written: Written[] = [];
  const edited: FileRecord[] = [];
  withFolders(top, (folders) => {
    for (const file of files) {
      const seen = readIdentity(folders, file.path);
      const now = readState(folders, file.path);
      if (sameState(now, file.before)) continue;
      if (sameState(now, file.after as FileState)) written.push({ file, now, seen });
      else edited.push(file);
    }
  });
  return { written, edited };
}
