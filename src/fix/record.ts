// The record of one fix: what each file and index entry held before it and after it. Read again by undo, and after a crash.

import { lstatSync, readdirSync, readFileSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { IndexState } from '../git/index-state.js';
import type { RepoPath } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { Fault } from '../messages/fault.js';
import { replaceDurably, syncDirectory } from './durable.js';
import type { Standing } from './standing.js';
import { hasJournal, type Store } from './store.js';

export interface FileRecord {
  readonly path: RepoPath;
  /** The name beside the target under which the new content was made. */
  readonly temporary: RepoPath;
  readonly before: Standing;
  /** Missing as long as no file of this fix has been replaced. */
  readonly after?: Standing;
  /** The file in the backup that holds what `before` held. */
  readonly kept?: string;
}

export interface EntryRecord {
  readonly path: RepoPath;
  readonly before: IndexState | null;
  readonly after: IndexState | null;
}

export interface FixRecord {
  readonly version: 1;
  /** The name of the backup's directory; sorts by time. */
  readonly id: string;
  /** What was asked for, such as `fix --staged`. */
  readonly command: string;
  /** The same in the records of all repositories that the command wrote in, where that is more than one. */
  readonly run?: string;
  /** The fix that this one takes back. */
  readonly undoes?: string;
  /** The directory that the files are in, where that is outside the repository. */
  readonly outside?: string;
  readonly files: readonly FileRecord[];
  readonly entries: readonly EntryRecord[];
  /** Directories that were made, outermost first. */
  readonly made: readonly RepoPath[];
}

const RECORD = 'record.json';

/** The repository, with the directory that the files of such a record are in for its work tree. */
export function placeOf(repository: Repository, { outside }: { readonly outside?: string }): Repository {
  return outside === undefined ? repository : { ...repository, top: outside };
}

export function backupOf({ backups }: Store, id: string): string {
  return join(backups, id);
}

/** Writes the record, whole. */
export function writeRecord(store: Store, record: FixRecord): void {
  replaceDurably(join(backupOf(store, record.id), RECORD), `${JSON.stringify(record, null, 1)}\n`);
}

/** The record of a backup; undefined if it has none (yet). */
export function readRecord(store: Store, id: string): FixRecord | undefined {
  const path = join(backupOf(store, id), RECORD);
  if (!lstatSync(path, { throwIfNoEntry: false })) return undefined;
  return JSON.parse(readFileSync(path, 'utf8')) as FixRecord;
}

/** True once the fix has got as far as replacing files. */
export function isReady({ files }: FixRecord): boolean {
  return files.every(({ after }) => after !== undefined);
}

/** Every fix that was carried out, newest first. */
export function readRecords(store: Store): readonly FixRecord[] {
  if (!lstatSync(store.backups, { throwIfNoEntry: false })) return [];
  const ids = readdirSync(store.backups).sort().reverse();
  const records = ids.map((id) => readRecord(store, id)).filter((record) => record !== undefined);
  return records.filter(isReady);
}

/** The journal: which backup belongs to the fix that is being written. */
export function writeJournal(store: Store, id: string): void {
  replaceDurably(store.journal, `${JSON.stringify({ backup: id })}\n`);
}

/** The record that the journal names. @throws Fault `disk` if it cannot be read. */
export function readJournalled(store: Store): FixRecord {
  const { backup } = JSON.parse(readFileSync(store.journal, 'utf8')) as { backup: string };
  const record = readRecord(store, backup);
  if (record) return record;
  throw new Fault('disk', `${store.journal} names a backup that is not there.`, 'see what is there, then remove it');
}

export function dropJournal(store: Store): void {
  if (hasJournal(store)) unlinkSync(store.journal);
  syncDirectory(store.root);
}

/** Takes a backup away; its record first, so that half of it is never taken for a whole one. */
export function removeBackup(store: Store, id: string): void {
  const directory = backupOf(store, id);
  rmSync(join(directory, RECORD), { force: true });
  rmSync(directory, { recursive: true, force: true });
}
