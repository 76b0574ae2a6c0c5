// An interrupted fix: readers report it, and writers restore it first.

import { existsSync } from 'node:fs';
import { joinPath, type RepoPath } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { beingWritten } from '../messages/writing.js';
import { holderOf, releaseLock, takeLock } from './lock.js';
import { putBack } from './put-back.js';
import { backupOf, type FixRecord, readJournalled } from './record.js';
import { hasJournal, storeOf } from './store.js';
import { interrupted, interruptedOutside } from './transaction.js';
import { withSubmodules } from './with-submodules.js';

/** The fix that was interrupted here, written or just begun; undefined if there is none. */
export function readInterrupted(repository: Repository): FixRecord | undefined {
  const store = storeOf(repository);
  return hasJournal(store) ? readJournalled(store) : undefined;
}

export interface Recovered {
  /** The backup directory. */
  readonly backup: string;
  readonly files: number;
  /** Files that somebody has changed since; they are not restored. */
  readonly left: readonly RepoPath[];
}

/** {@link refuseInterrupted} for the repository and its submodules with backups. */
export async function refuseInterruptedAround(repository: Repository): Promise<void> {
  for (const member of await withSubmodules(repository)) refuseInterrupted(member.repository);
}

/** {@link recover} here and in the submodules. */
export async function recoverAround(
  repository: Repository,
  outside?: 'agreed' | 'not-asked',
): Promise<readonly Recovered[]> {
  return (await withSubmodules(repository)).flatMap(({ at, repository: member }) => {
    const recovered = recover(member, outside);
    return recovered ? [{ ...recovered, left: recovered.left.map((path) => joinPath(at, path)) }] : [];
  });
}

/**
 * @throws Fault `disk` if a fix was interrupted or is being written: the files are in a
 * half-written state.
 */
export function refuseInterrupted(repository: Repository): void {
  const store = storeOf(repository);
  if (!hasJournal(store)) return;
  const holder = holderOf(store.lock);
  if (holder === undefined) {
    readJournalled(store);
    throw interrupted();
  }
  throw beingWritten('disk', holder.name, holder.held);
}

/**
 * Restores what an interrupted fix had begun; undefined if there is none.
 * @throws Fault `busy` if that fix is still running; `disk` if it wrote outside the repository and
 * there is no consent to write there now.
 */
export function recover(repository: Repository, outside: 'agreed' | 'not-asked' = 'not-asked'): Recovered | undefined {
  const store = storeOf(repository);
  // A lock without a journal: the fix was killed after its last step.
  const abandoned = existsSync(store.lock) && holderOf(store.lock) === undefined;
  if (!hasJournal(store) && !abandoned) return undefined;
  const lock = takeLock(store.lock);
  try {
    // The holder may have finished meanwhile.
    if (!hasJournal(store)) return undefined;
    const record = readJournalled(store);
    if (record.outside !== undefined && outside === 'not-asked') throw interruptedOutside(record.outside);
    return { backup: backupOf(store, record.id), files: record.files.length, left: putBack(repository, store, record) };
  } finally {
    releaseLock(lock);
  }
}
