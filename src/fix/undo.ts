// Takes a fix back: what it replaced is put in place again, unless somebody has changed that since.

import type { RepoPath } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { Fault } from '../messages/fault.js';
import type { FileChange } from './changes.js';
import { planEntriesBack } from './entries.js';
import { contentBefore } from './put-back.js';
import { backupOf, type FixRecord, placeOf, readRecords } from './record.js';
import { readStanding, type Standing, sameStanding } from './standing.js';
import { type Store, storeOf } from './store.js';
import { carryOut } from './transaction.js';

const UNDO = 'undo';

/** A fix that was carried out here. */
export interface PastFix {
  readonly id: string;
  readonly command: string;
  readonly files: number;
  readonly outside?: string;
  readonly undone: boolean;
}

export interface Undone {
  readonly id: string;
  /** The directory that the files are in, where that is outside the repository. */
  readonly outside?: string;
  readonly files: readonly { readonly path: RepoPath; readonly removed: boolean }[];
  readonly entries: readonly RepoPath[];
  /** Changed since the fix, and left as they are. */
  readonly refused: readonly RepoPath[];
}

/** Newest first. */
export function readPastFixes(repository: Repository): readonly PastFix[] {
  const records = readRecords(storeOf(repository));
  const undone = undoneBy(records);
  return records.map(({ id, command, files, outside }) => ({
    id,
    command,
    files: files.length,
    ...(outside !== undefined && { outside }),
    undone: undone.has(id),
  }));
}

function undoneBy(records: readonly FixRecord[]): ReadonlySet<string | undefined> {
  return new Set(records.map(({ undoes }) => undoes));
}

/** The last fix that is not undone yet, or the one with that id; undefined if there is none to undo. */
export function readFixToUndo(repository: Repository, id?: string): FixRecord | undefined {
  return choose(readRecords(storeOf(repository)), id);
}

/** Undoes the fix. */
export async function undo(from: Repository, record: FixRecord): Promise<Undone> {
  const store = storeOf(from);
  const repository = placeOf(from, record);
  const { changes: entries, others } = planEntriesBack(repository, record.entries);
  const { files, edited } = planFilesBack(repository.top, store, record);
  const refused = [...new Set([...edited, ...others])];
  const free = files.filter(({ path }) => !refused.includes(path));
  const freeEntries = entries.filter(({ path }) => !refused.includes(path));
  await carryOut(from, {
    command: UNDO,
    ...(record.outside !== undefined && { outside: record.outside }),
    ...(refused.length === 0 ? { undoes: record.id } : {}),
    files: free,
    entries: freeEntries,
    blobsFrom: backupOf(store, record.id),
  });
  return {
    id: record.id,
    ...(record.outside !== undefined && { outside: record.outside }),
    files: free.map(({ path, content }) => ({ path, removed: content.kind === 'absent' })),
    entries: freeEntries.map(({ path }) => path),
    refused,
  };
}

function choose(records: readonly FixRecord[], id: string | undefined): FixRecord | undefined {
  const undone = undoneBy(records);
  if (id === undefined) return records.find((record) => record.command !== UNDO && !undone.has(record.id));
  const chosen = records.find((record) => record.id === id);
  if (chosen) return chosen;
  throw new Fault('usage', `There is no backup ${id}.`, 'see what there is: git dos-sync undo --list');
}

function planFilesBack(
  top: string,
  store: Store,
  record: FixRecord,
): { readonly files: readonly FileChange[]; readonly edited: readonly RepoPath[] } {
  const files: FileChange[] = [];
  const edited: RepoPath[] = [];
  for (const file of record.files) {
    const now = readStanding(top, file.path);
    if (sameStanding(now, file.before)) continue;
    if (sameStanding(now, file.after as Standing)) {
      files.push({ path: file.path, content: contentBefore(store, record, file), expected: now });
    } else edited.push(file.path);
  }
  return { files, edited };
}
