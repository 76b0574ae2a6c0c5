// The record of one fix: each file and index entry before and after it. Read by undo, and after a
// crash.

import { lstatSync, readdirSync, readFileSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { replaceDurably, syncDirectory } from '../disk/durable.js';
import { canBelieve } from '../disk/owner.js';
import type { Repository } from '../git/repository.js';
import { damagedJournal, lostRecord } from '../messages/writing.js';
import type { Backup } from './kept.js';
import { type FixRecord, parseJournal, parseRecord } from './parse-record.js';
import { type FixStore, hasJournal } from './store.js';

export type { EntryRecord, FileRecord, FixRecord } from './parse-record.js';

const RECORD = 'record.json';

/** The repository; for a record of outside files, with their directory as the work tree. */
export function placeOf(repository: Repository, { outside }: { readonly outside?: string }): Repository {
  return outside === undefined ? repository : { ...repository, top: outside };
}

export function backupOf({ backups }: FixStore, id: string): string {
  return join(backups, id);
}

/** The backup of a fix, with what its record knows about it. */
export function keptFor(store: FixStore, { id, archived }: FixRecord): Backup {
  return { path: backupOf(store, id), ...(archived && { archived }) };
}

/** Writes the record atomically. */
export function writeRecord(store: FixStore, record: FixRecord): void {
  replaceDurably(join(backupOf(store, record.id), RECORD), `${JSON.stringify(record, null, 1)}\n`, store.fileMode);
}

/** A record that cannot be used; its backup is kept. */
export interface Damaged {
  readonly id: string;
  readonly path: string;
  readonly why: 'damaged' | 'foreign';
}

/** The record of a backup; undefined if there is none (yet), or if somebody else wrote it. */
export function readRecord(store: FixStore, id: string): FixRecord | Damaged | undefined {
  const path = join(backupOf(store, id), RECORD);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  // safeguard foreign-record-file (T23): another user's fix stays (e2e/foreign-files: the record)
  if (!stat || !canBelieve(path, store.sharedWith)) return undefined;
  const record = stat.isFile() ? parseRecord(readFileSync(path, 'utf8'), id) : 'damaged';
  return typeof record === 'string' ? { id, path, why: record } : record;
}

export function isDamaged(record: FixRecord | Damaged): record is Damaged {
  return 'why' in record;
}

/** True once the fix has started to replace files. */
export function isReady({ files }: FixRecord): boolean {
  return files.every(({ after }) => after !== undefined);
}

/** Every completed fix, newest first, and the damaged records. */
export function readRecords(store: FixStore): {
  readonly records: readonly FixRecord[];
  readonly damaged: readonly Damaged[];
} {
  if (!lstatSync(store.backups, { throwIfNoEntry: false })) return { records: [], damaged: [] };
  const ids = readdirSync(store.backups).sort().reverse();
  const all = ids.map((id) => readRecord(store, id)).filter((record) => record !== undefined);
  return {
    records: all.filter((record): record is FixRecord => !isDamaged(record)).filter(isReady),
    damaged: all.filter(isDamaged),
  };
}

/** Writes the journal, which names the backup of the fix in progress. */
export function writeJournal(store: FixStore, id: string): void {
  replaceDurably(store.journal, `${JSON.stringify({ backup: id })}\n`, store.fileMode);
}

/** The record that the journal names. @throws Fault `disk` if either is unreadable. */
export function readJournalled(store: FixStore): FixRecord {
  const backup = parseJournal(readJournal(store));
  // safeguard damaged-journal (R21): a damaged journal is named (e2e/damaged-stores: a journal)
  if (backup === undefined) throw damagedJournal(store.journal, store.backups);
  const record = readRecord(store, backup);
  if (record && !isDamaged(record)) return record;
  throw lostRecord(store.journal, backupOf(store, backup), record);
}

function readJournal({ journal, sharedWith }: FixStore): string {
  if (!canBelieve(journal, sharedWith)) return '';
  return lstatSync(journal, { throwIfNoEntry: false })?.isFile() ? readFileSync(journal, 'utf8') : '';
}

export function dropJournal(store: FixStore): void {
  if (hasJournal(store)) unlinkSync(store.journal);
  syncDirectory(store.root);
}

/** Removes a backup; its record first, so that half a backup never looks complete. */
export function removeBackup(store: FixStore, id: string): void {
  const directory = backupOf(store, id);
  rmSync(join(directory, RECORD), { force: true });
  rmSync(directory, { recursive: true, force: true });
}
