// The one writing path: lock, back up, journal, write beside and rename, one index transaction,
// verify, drop the journal.

import { errorCode } from '../disk/error-code.js';
import { type RepoPath, textOf } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { Fault } from '../messages/fault.js';
import {
  sayInterrupted,
  sayInterruptedOutside,
  sayKept,
  sayNotPutBack,
  sayNotWritten,
  sayRecovered,
} from '../messages/writing.js';
import { backUp, writeBackupDirectory } from './backup.js';
import type { Changes, FileChange } from './changes.js';
import { requireEntries, writeEntries } from './entries.js';
import { type FileState, type Identity, readIdentity } from './file-state.js';
import { withFolders } from './folder.js';
import { releaseLock, takeLock } from './lock.js';
import { pruneBackups } from './prune.js';
import { putBack } from './put-back.js';
import {
  backupOf,
  dropJournal,
  type FixRecord,
  isReady,
  placeOf,
  readJournalled,
  removeBackup,
  writeJournal,
  writeRecord,
} from './record.js';
import { type FixStore, hasJournal, storeOf, writeStore } from './store.js';
import { prepareFiles, putInPlace, type Write } from './write.js';

/**
 * Carries out all changes or none. `confirm` runs under the lock and throws if the plan's input has
 * changed. After it everything is synchronous, one system call at a time, so that fault injection
 * reaches each.
 * @throws Fault `busy` if another process writes, `git` or `disk` if the write failed; nothing has
 * changed then.
 */
export async function carryOut(
  repository: Repository,
  changes: Changes,
  confirm: () => Promise<void> = async () => undefined,
): Promise<void> {
  if (changes.files.length + changes.entries.length === 0) return;
  const store = storeOf(repository);
  writeStore(store);
  const lock = takeLock(store.lock);
  try {
    if (hasJournal(store)) throw putBackFirst(repository, store);
    const place = placeOf(repository, changes);
    const seen = readSeen(place.top, changes);
    await confirm();
    const id = write(place, store, changes, seen);
    pruneBackups(repository, store, id);
  } finally {
    releaseLock(lock);
  }
}

function readSeen(top: string, { files }: Changes): ReadonlyMap<RepoPath, Identity> {
  return withFolders(top, (folders) => new Map(files.map(({ path }) => [path, readIdentity(folders, path)])));
}

/**
 * A fix interrupted in a submodule or since the last look. The plan may rest on its half-written
 * state.
 */
function putBackFirst(repository: Repository, store: FixStore): Fault {
  const record = readJournalled(store);
  if (record.outside !== undefined) return interruptedOutside(record.outside);
  const left = putBack(repository, store, record);
  const lines = [
    sayRecovered(record.files.length),
    ...left.map((path) => sayKept(textOf(path), backupOf(store, record.id))),
  ];
  return new Fault('busy', lines.join('\n'), 'run the same command again');
}

/** The Fault of every command except fix and undo that finds a journal. */
export function interrupted(): Fault {
  return new Fault('disk', sayInterrupted(), 'put it back: git dos-sync undo   (or finish it: git dos-sync fix)');
}

/** The Fault where writing outside is not allowed: in a hook, or without a consent. */
export function interruptedOutside(directory: string): Fault {
  return new Fault('disk', sayInterruptedOutside(directory), 'at a terminal: git dos-sync undo');
}

function write(
  repository: Repository,
  store: FixStore,
  changes: Changes,
  seen: ReadonlyMap<RepoPath, Identity>,
): string {
  const id = writeBackupDirectory(store);
  let record: FixRecord | undefined;
  try {
    record = backUp(repository, store, id, changes, seen);
    // safeguard journal-written (R1): a fix that is killed is put back (e2e/interrupted: fix)
    writeJournal(store, id);
    const writes = record.files.map(({ temporary }, at): Write => {
      const change = changes.files[at] as FileChange;
      return { change, temporary, seen: seen.get(change.path) ?? '' };
    });
    record = withStates(record, prepareFiles(repository, writes));
    writeRecord(store, record);
    putInPlace(repository.top, writes);
    writeEntries(repository, changes.entries, changes.blobsFrom);
    // safeguard index-reread (R18): what git stages is read again (e2e/interrupted: an index that)
    requireEntries(repository, changes.entries);
    // safeguard journal-dropped (R1): a finished fix leaves no journal (e2e/fix-report)
    dropJournal(store);
    return id;
  } catch (error) {
    throw withdraw(repository, store, id, record, error);
  }
}

/** The record of a fix that is ready to replace files. */
function withStates(record: FixRecord, states: readonly FileState[]): FixRecord {
  return { ...record, files: record.files.map((file, at) => ({ ...file, after: states[at] as FileState })) };
}

/** Undoes what was begun. @returns the Fault to throw. */
function withdraw(
  repository: Repository,
  store: FixStore,
  id: string,
  record: FixRecord | undefined,
  error: unknown,
): unknown {
  try {
    // The journal is also gone if everything was written and only its removal could not be synced.
    const begun = record !== undefined && (hasJournal(store) || isReady(record));
    // safeguard put-back (R2, R3): a fix that fails is put back (e2e/interrupted: a fix that fails)
    if (begun) return said(error, putBack(repository, store, record), backupOf(store, id));
    removeBackup(store, id);
  } catch (second) {
    const words = sayNotPutBack(wordsOf(error), wordsOf(second));
    return new Fault('disk', words, 'put it back: git dos-sync undo', { cause: second });
  }
  return said(error, [], '');
}

function said(error: unknown, left: readonly RepoPath[], backup: string): unknown {
  const code = errorCode(error);
  const kept = left.map((path) => sayKept(textOf(path), backup));
  if (Fault.is(error)) {
    return kept.length === 0 ? error : new Fault('disk', [error.message, ...kept].join('\n'), error.hint);
  }
  if (typeof code !== 'string') return error;
  return new Fault('disk', [sayNotWritten(wordsOf(error)), ...kept].join('\n'), undefined, { cause: error });
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
