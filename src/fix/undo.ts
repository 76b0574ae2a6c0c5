// Undoes a fix: restores what it replaced, except what somebody has changed since.

import { joinPath, type RepoPath } from '../git/path.js';
import { damagedRecord, noSuchFix } from '../messages/writing.js';
import { planEntriesBack } from './entries.js';
import { contentBefore, sortFiles } from './put-back.js';
import { type Damaged, type FixRecord, keptFor, placeOf, readRecords } from './record.js';
import { storeOf } from './store.js';
import { carryOut } from './transaction.js';
import type { Member } from './with-submodules.js';

const UNDO = 'undo';

/** A fix that one command carried out: in this repository, in submodules, or in both. */
export interface PastFix {
  readonly id: string;
  readonly command: string;
  readonly files: number;
  /** The submodules that the fix wrote in. */
  readonly submodules: readonly RepoPath[];
  readonly outside?: string;
  readonly undone: boolean;
}

/** What one command wrote in one repository. */
export interface Part {
  readonly member: Member;
  readonly record: FixRecord;
  readonly undone: boolean;
}

/** All paths start at the top level of the outermost repository, also those in a submodule. */
export interface Undone {
  /** The directory of the files, if it is outside the repository. */
  readonly outside?: string;
  readonly files: readonly { readonly path: RepoPath; readonly removed: boolean }[];
  readonly entries: readonly RepoPath[];
  /** Changed since the fix, and therefore not restored. */
  readonly refused: readonly RepoPath[];
}

type Run = readonly [Part, ...Part[]];

/** Newest first. */
export function readPastFixes(members: readonly Member[]): readonly PastFix[] {
  return readRuns(members).map((parts) => {
    const { id, command, outside } = parts[0].record;
    return {
      id,
      command,
      files: parts.reduce((sum, { record }) => sum + record.files.length, 0),
      submodules: parts.flatMap(({ member }) => (member.at === '' ? [] : [member.at])),
      ...(outside !== undefined && { outside }),
      undone: parts.every(({ undone }) => undone),
    };
  });
}

/** The fixes with a damaged record, newest first. */
export function readDamagedFixes(members: readonly Member[]): readonly Damaged[] {
  const all = members.flatMap(({ repository }) => readRecords(storeOf(repository)).damaged);
  return all.sort((one, other) => (one.id < other.id ? 1 : -1));
}

/**
 * The last fix that is not undone, or the one with that id; undefined if there is none.
 * @throws Fault `disk` if a damaged one is newer.
 */
export function readFixToUndo(members: readonly Member[], id?: string): readonly Part[] | undefined {
  const runs = readRuns(members);
  if (id === undefined) {
    const last = runs.find((run) => run[0].record.command !== UNDO && run.some(({ undone }) => !undone));
    const [damaged] = readDamagedFixes(members);
    // safeguard newer-damaged (R21): a damaged record is not passed (e2e/damaged-stores: a rec)
    if (damaged && (last === undefined || damaged.id > last[0].record.id)) throw damagedRecord(damaged);
    return last?.filter(({ undone }) => !undone);
  }
  const chosen = runs.find((run) => run.some(({ record }) => record.id === id));
  if (chosen) return chosen;
  throw noSuchFix(id);
}

/**
 * The fixes that can be undone, newest first; all parts of one command are at the position of its
 * last part.
 */
function readRuns(members: readonly Member[]): readonly Run[] {
  const parts = members.flatMap(readParts).sort((one, other) => (one.record.id < other.record.id ? 1 : -1));
  const runs = new Map<unknown, [Part, ...Part[]]>();
  for (const part of parts) {
    const { run } = part.record;
    const known = run === undefined ? undefined : runs.get(run);
    if (known) known.push(part);
    else runs.set(run ?? part, [part]);
  }
  return [...runs.values()];
}

function readParts(member: Member): Part[] {
  const { records } = readRecords(storeOf(member.repository));
  const undone = new Set(records.map(({ undoes }) => undoes));
  return records.map((record) => ({ member, record, undone: undone.has(record.id) }));
}

/** Undoes what the fix wrote in one repository. */
export async function undo({ member: { at, repository: from }, record }: Part): Promise<Undone> {
  const store = storeOf(from);
  const repository = placeOf(from, record);
  const { changes: entries, others } = planEntriesBack(repository, record.entries);
  const { written, edited } = sortFiles(repository.top, record);
  const files = written.map(({ file, now }) => {
    return { path: file.path, content: contentBefore(store, record, file), expected: now };
  });
  const refusals = new Set([...edited.map(({ path }) => path), ...others]);
  const free = files.filter(({ path }) => !refusals.has(path));
  const freeEntries = entries.filter(({ path }) => !refusals.has(path));
  const outside = record.outside !== undefined && { outside: record.outside };
  await carryOut(from, {
    command: UNDO,
    ...outside,
    ...(refusals.size === 0 ? { undoes: record.id } : {}),
    files: free,
    entries: freeEntries,
    blobsFrom: keptFor(store, record),
  });
  const seen = (path: RepoPath) => (outside ? path : joinPath(at, path));
  return {
    ...outside,
    files: free.map(({ path, content }) => ({ path: seen(path), removed: content.kind === 'absent' })),
    entries: freeEntries.map(({ path }) => seen(path)),
    refused: [...refusals].map(seen),
  };
}
