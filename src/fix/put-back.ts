// Restores what a fix replaced, from its record: right after a failed write, or later after a kill.

import { baseOf, parentOf, type RepoPath } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { fileIn } from './backup.js';
import type { Content, FileChange } from './changes.js';
import { planEntriesBack, writeEntries } from './entries.js';
import { type FileState, identityIn, readState, sameState } from './file-state.js';
import { within } from './folder.js';
import { backupOf, dropJournal, type FileRecord, type FixRecord, isReady, placeOf, removeBackup } from './record.js';
import type { FixStore } from './store.js';
import { prepareFile, putInPlace, removeIfEmpty, removeTemporary } from './write.js';

/** The backed-up content of a file. */
export function contentBefore(store: FixStore, { id }: FixRecord, { before, kept }: FileRecord): Content {
  switch (before.kind) {
    case 'absent':
      return { kind: 'absent' };
    case 'link':
      return { kind: 'link', target: Buffer.from(before.target, 'latin1') };
    case 'file':
      return { kind: 'kept', path: fileIn(backupOf(store, id), kept ?? ''), mode: before.mode, sha256: before.sha256 };
  }
}

/**
 * Undoes the writes of a fix, drops its journal and then its backup. Files that somebody has
 * changed since are skipped and returned; then the backup is kept. Idempotent.
 */
export function putBack(from: Repository, store: FixStore, record: FixRecord): readonly RepoPath[] {
  const repository = placeOf(from, record);
  for (const file of record.files) removeTemporary(repository.top, file);
  const left = isReady(record) ? putAllBack(repository, store, record) : [];
  for (const directory of [...record.made].reverse()) removeIfEmpty(repository.top, directory);
  dropJournal(store);
  if (left.length === 0) removeBackup(store, record.id);
  return left;
}

function putAllBack(repository: Repository, store: FixStore, record: FixRecord): RepoPath[] {
  const left = record.files.filter((file) => !putFileBack(repository, store, record, file)).map(({ path }) => path);
  const { changes, others } = planEntriesBack(repository, record.entries);
  writeEntries(repository, changes, backupOf(store, record.id));
  return [...new Set([...left, ...others])];
}

/** False if the file has neither its old state nor the one that the fix wrote. */
function putFileBack(repository: Repository, store: FixStore, record: FixRecord, file: FileRecord): boolean {
  const { top } = repository;
  const now = readState(top, file.path);
  if (sameState(now, file.before)) return true;
  if (!sameState(now, file.after as FileState)) return false;
  const seen = within(top, parentOf(file.path), false, (folder) => identityIn(folder, baseOf(file.path))) ?? '';
  const change: FileChange = { path: file.path, content: contentBefore(store, record, file) };
  prepareFile(repository, change, file.temporary);
  putInPlace(top, change, file.temporary, seen);
  return true;
}
