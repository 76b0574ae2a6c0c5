// Writes index entries in one transaction, then restores the flags that this drops.

import { existsSync } from 'node:fs';
import { syncDirectory } from '../disk/durable.js';
import { readSizes } from '../git/check-out.js';
import { type IndexState, readIndexState } from '../git/index-state.js';
import { zeroOid } from '../git/oid.js';
import { type RepoPath, textOf } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import {
  type IndexLine,
  stageEntries,
  stageIntent,
  stageSkipWorktree,
  writeBytesAsBlob,
  writeFileAsBlob,
} from '../git/write.js';
import { Fault } from '../messages/fault.js';
import { absolutePath } from '../snapshot/disk.js';
import type { EntryChange } from './changes.js';
import { type Backup, keptIn, nameOfBlob, readArchived } from './kept.js';
import type { EntryRecord } from './record.js';

/** Writes the entries. `backup` holds the blobs that git may have dropped. */
export function writeEntries(repository: Repository, changes: readonly EntryChange[], backup?: Backup): void {
  if (changes.length === 0) return;
  const { git, top, gitDir, format } = repository;
  if (backup !== undefined) restoreBlobs(repository, changes, backup);
  const paths = changes.map(({ path }) => path);
  const now = readIndexState(git, format, paths);
  // `git add -N` makes an intended entry, and skips a path that has an entry.
  const lines = changes.filter(({ path, after }) => !after?.intended || now.get(path)?.intended === false);
  stageEntries(
    git,
    lines.map(({ path, after }) => lineOf(repository, path, after)),
  );
  const flagged = (flag: 'skipsWorktree' | 'intended') =>
    changes.filter(({ after }) => after?.[flag]).map(({ path }) => path);
  // safeguard skip-worktree (R13): the skip-worktree flag stays (e2e/undo: intent-to-add)
  stageSkipWorktree(git, flagged('skipsWorktree'));
  const intended = flagged('intended').filter((path) => existsSync(absolutePath(top, path)));
  // safeguard intent-to-add (R13): what is meant to be added stays so (e2e/undo: intent-to-add)
  stageIntent(git, intended);
  // git syncs the index file, but not its directory.
  syncDirectory(gitDir);
}

function lineOf({ format }: Repository, path: RepoPath, after: IndexState | null): IndexLine {
  return after && !after.intended
    ? { mode: after.mode, oid: after.oid, path }
    : { mode: '0', oid: zeroOid(format), path };
}

function restoreBlobs({ git }: Repository, changes: readonly EntryChange[], backup: Backup): void {
  const wanted = changes.flatMap(({ after }) =>
    after && !after.intended && !after.mode.startsWith('16') ? after.oid : [],
  );
  const here = readSizes(git, wanted);
  for (const oid of new Set(wanted)) {
    const { path, range } = keptIn(backup, nameOfBlob(oid));
    if (here.has(oid) || !existsSync(path)) continue;
    if (range) writeBytesAsBlob(git, readArchived(path, range));
    else writeFileAsBlob(git, path);
  }
}

/**
 * @throws Fault `git` if the index does not hold what was written: git silently skips some names.
 */
export function requireEntries({ git, format }: Repository, entries: readonly EntryChange[]): void {
  const now = readIndexState(
    git,
    format,
    entries.map(({ path }) => path),
  );
  for (const { path, after } of entries) {
    if (holds(now.get(path), after)) continue;
    throw new Fault('git', `git did not stage ${textOf(path)} as asked.`, 'see the state: git status');
  }
}

/** The same content; git alone sets the mode of an intended entry. */
function holds(now: IndexState | undefined, wanted: IndexState | null): boolean {
  if (!now || !wanted) return !now === !wanted;
  if (now.intended || wanted.intended) return now.intended === wanted.intended;
  return now.mode === wanted.mode && now.oid === wanted.oid;
}

/**
 * The entries to write to restore the state before the fix. Entries that somebody else has changed
 * since go to `others`. A killed fix may have written an entry without its flags.
 */
export function planEntriesBack(
  { git, format }: Repository,
  entries: readonly EntryRecord[],
): { readonly changes: readonly EntryChange[]; readonly others: readonly RepoPath[] } {
  const paths = entries.map(({ path }) => path);
  const now = readIndexState(git, format, paths);
  const changes: EntryChange[] = [];
  const others: RepoPath[] = [];
  for (const { path, before, after } of entries) {
    const state = now.get(path);
    const halfway = state === undefined && before?.intended === true;
    if (holds(state, before) && state?.skipsWorktree === before?.skipsWorktree) continue;
    if (holds(state, before) || holds(state, after) || halfway) changes.push({ path, after: before });
    else others.push(path);
  }
  return { changes, others };
}
