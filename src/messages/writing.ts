// Messages about writing: other writers, interrupted fixes, restored files.

import type { HeldBy } from '../fix/lock-holder.js';
import type { Damaged } from '../fix/record.js';
import { Fault } from './fault.js';
import { shellWord, show } from './show.js';

export function sayIndexLocked(lock: string): string {
  return `Another git process holds ${show(lock)}.`;
}

/** A git that was killed leaves its lock, and only a person can know that none runs any more. */
export function sayWhenUnlocked(lock: string): string {
  return `run the same command again when it has finished   (if no git runs here: rm ${shellWord(lock)})`;
}

/** `lock`: the file that names the process. */
export function beingWritten(kind: 'busy' | 'disk', lock: string, held: HeldBy): Fault {
  const again = 'run the same command again when it has finished';
  if (held.by === 'seen') return new Fault(kind, `Another dos-sync (process ${held.pid}) is writing here.`, again);
  const unless = held.by === 'unseen' ? 'if it is another program' : 'if no dos-sync is running there';
  return new Fault(kind, sayHolder(lock, held), `${again}; ${unless}, remove the lock: rm ${shellWord(lock)}`);
}

function sayHolder(lock: string, { by, pid, host }: HeldBy): string {
  const says = `${show(lock)} says that process ${pid}`;
  if (by === 'unseen') return `${says} is writing here, and the system does not show which program that is.`;
  const where = host === '' ? '' : ` (${show(host)})`;
  return `${says} of another machine or container${where} is writing here, and it cannot be seen from this one.`;
}

export function sayInterrupted(): string {
  return 'A fix was interrupted here, and its changes have not been undone yet.';
}

export function sayInterruptedOutside(directory: string): string {
  return `A fix of files in ${show(directory)}, outside the repository, was interrupted, and its changes have not been undone yet.`;
}

export const NOT_PUT_BACK =
  'nothing was put back: dos-sync writes files outside the repository only after you confirm it at a terminal';

export function changedMeanwhile(path: string): Fault {
  return new Fault('busy', `${show(path)} changed while the fix was being prepared.`, 'run the same command again');
}

export function sayNotWritten(words: string): string {
  return `The files could not be written (${words}). Nothing was changed.`;
}

export function sayNotPutBack(words: string, then: string): string {
  return `The files could not be written (${words}), and not all could be put back (${then}).`;
}

export function sayRecovered(files: number): string {
  const what = files === 1 ? '1 file' : `${files} files`;
  return `dos-sync: an interrupted fix was put back (${what}).`;
}

export function sayKept(path: string, backup: string): string {
  return `dos-sync: ${show(path)} was changed after the interruption, so it was not put back; its earlier content is in ${show(backup)}`;
}

export function sayPutBack(path: string): string {
  return `put back  ${show(path)}`;
}

export function sayTakenAway(path: string): string {
  return `removed   ${show(path)}`;
}

export function sayUnstaged(path: string): string {
  return `index     ${show(path)}`;
}

export function sayEditedSince(path: string): string {
  return `skipped   ${show(path)}: it was changed after the fix`;
}

export const NOTHING_TO_UNDO = 'nothing to undo';

interface Backup {
  readonly id: string;
  readonly command: string;
  readonly files: number;
  readonly undone: boolean;
  /** Submodules, or the outside directory of the files. */
  readonly inside: readonly string[];
}

export function sayBackup({ id, command, files, undone, inside }: Backup): string {
  const what = files === 1 ? '1 file' : `${files} files`;
  const where = inside.length > 0 ? ` in ${inside.map(show).join(' and ')}` : '';
  return `${id}  ${command}, ${what}${where}${undone ? ', undone' : ''}`;
}

export function sayUnwritable(path: string): string {
  return `${show(path)} is not written: some systems treat a part of this name as git's own directory.`;
}

export function sayFolded(one: string, other: string): string {
  return `${show(one)} and ${show(other)} are the same name here, where case and accents are ignored (core.ignorecase).`;
}

export function sayFilters(one: string, other: string): string {
  return `${show(one)} and ${show(other)} have different filters in .gitattributes, so a copy could not be equal.`;
}

export function damagedLock(path: string): Fault {
  const words = `${show(path)} is damaged, so it does not say which process is writing here.`;
  return new Fault('disk', words, `if no dos-sync is running here, remove it: rm -r ${shellWord(path)}`);
}

export function damagedJournal(path: string, backups: string): Fault {
  const words = `${show(path)} is damaged: a fix was interrupted here, but the file does not say which one.`;
  const hint = `the newest directory in ${show(backups)} has the files that the fix replaced; compare it with your files, then: rm -r`;
  return new Fault('disk', words, `${hint} ${shellWord(path)}`);
}

type UnusableRecord = Pick<Damaged, 'path' | 'why'>;

function sayRecord({ path, why }: UnusableRecord): string {
  return why === 'foreign' ? `${show(path)} was written by another version of dos-sync` : `${show(path)} is damaged`;
}

/** `record`: undefined if the backup is gone. */
export function lostRecord(journal: string, backup: string, record: UnusableRecord | undefined): Fault {
  const words = record ? sayRecord(record) : `${show(journal)} names ${show(backup)}, which has no record`;
  const hint =
    record?.why === 'foreign'
      ? 'put it back with that version: git dos-sync undo'
      : `compare your files with those in ${show(backup)}, then: rm -r ${shellWord(journal)}`;
  return new Fault('disk', `A fix was interrupted here and cannot be put back: ${words}.`, hint);
}

export function damagedRecord(record: UnusableRecord): Fault {
  const hint =
    'choose an older fix by its id: git dos-sync undo --list   (the files it replaced are beside its record)';
  return new Fault('disk', `The last fix cannot be undone: ${sayRecord(record)}.`, hint);
}

export function saySkippedRecord(record: UnusableRecord): string {
  return `dos-sync: skipped a fix: ${sayRecord(record)}; the files it replaced are beside it`;
}

export function damagedCopy(path: string): Fault {
  return new Fault(
    'disk',
    `${show(path)} is damaged: its content is not the one that was backed up.`,
    'nothing was put back from it',
  );
}

export function noSuchFix(id: string): Fault {
  return new Fault('usage', `There is no fix with the id ${show(id)}.`, 'list them: git dos-sync undo --list');
}
