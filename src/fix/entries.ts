// Writes index entries in one transaction, then restores the flags that this drops.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { syncDirectory } from '../disk/durable.js';
import { readSizes } from '../git/check-out.js';
import { holdBlobs, letGoHeldBlobs, notInHead } from '../git/held-blobs.js';
import { type IndexState, readIndexState } from '../git/index-state.js';
import { type Oid, zeroOid } from '../git/oid.js';
import { type RepoPath, textOf } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import type { Git } from '../git/run.js';
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
import { worktreeKey } from './store.js';

const TRIES = 3;

/** Writes the entries. `backup` holds the blobs that git may have dropped. */
export function writeEntries(repository: Repository, changes: readonly EntryChange[], backup?: Backup): void {
  if (changes.length === 0) return;
  const { gitDir } = repository;
  const letGo = backup === undefined ? () => undefined : bringBack(repository, changes, backup);
  try {
    stage(repository, changes);
  } finally {
    letGo();
  }
  // git syncs the index file, but not its directory.
  syncDirectory(gitDir);
}

function stage(repository: Repository, changes: readonly EntryChange[]): void {
  const { git, top, format } = repository;
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
}

function lineOf({ format }: Repository, path: RepoPath, after: IndexState | null): IndexLine {
  return after && !after.intended
    ? { mode: after.mode, oid: after.oid, path }
    : { mode: '0', oid: zeroOid(format), path };
}

/**
 * Puts the entries' blobs in the store, and keeps them there, whatever gc does, until the returned
 * function is called.
 */
function bringBack(repository: Repository, changes: readonly EntryChange[], backup: Backup): () => void {
  const { git } = repository;
  const owner = worktreeKey(repository);
  letGoHeldBlobs(repository, owner);
  const blobs = changes.flatMap(({ path, after }) =>
    after && !after.intended && !after.mode.startsWith('16') ? { path, oid: after.oid } : [],
  );
  const wanted = [...new Set(notInHead(git, blobs).map(({ oid }) => oid))];
  for (let tries = 1; ; tries += 1) {
    try {
      return holdBlobs(repository, restoreBlobs(git, wanted, backup), owner, join(backup.path, 'held'));
    } catch (error) {
      // A gc may take a blob before it is held.
      if (tries === TRIES || !Fault.is(error)) throw error;
    }
  }
}

/** @returns the blobs that are in the store now. */
function restoreBlobs(git: Git, wanted: readonly Oid[], backup: Backup): readonly Oid[] {
  const here = readSizes(git, wanted);
  return wanted.filter((oid) => {
    const { path, range } = keptIn(backup, nameOfBlob(oid));
    if (here.has(oid)) return true;
    if (!existsSync(path)) return false;
    if (range) writeBytesAsBlob(git, readArchived(path, range));
    else writeFileAsBlob(git, path);
    return true;
  });
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
