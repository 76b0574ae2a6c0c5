// What an interrupted fix has left: told by everybody who reads, put back by those who are about to
// write.

import { existsSync } from 'node:fs';
import { joinPath, type RepoPath } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { Fault } from '../messages/fault.js';
import { sayBeingWritten } from '../messages/writing.js';
import { holderOf, releaseLock, takeLock } from './lock.js';
import { putBack } from './put-back.js';
import { backupOf, type FixRecord, readJournalled } from './record.js';
import { hasJournal, storeOf } from './store.js';
import { interrupted, interruptedOutside } from './transaction.js';
import { withSubmodules } from './with-submodules.js';

/** The fix that was interrupted here, if one was: what it wrote, or was about to. */
export function readInterrupted(repository: Repository): FixRecord | undefined {
  const store = storeOf(repository);
  return hasJournal(store) ? readJournalled(store) : undefined;
}

export interface Recovered {
  /** The directory that keeps what was replaced. */
  readonly backup: string;
  readonly files: number;
  /** Files that somebody has changed since; they stay as they are. */
  readonly left: readonly RepoPath[];
}

/** As {@link refuseInterrupted}, of the repository and of the submodules that one command can have
 * written in. */
export async function refuseInterruptedAround(repository: Repository): Promise<void> {
  for (const member of await withSubmodules(repository)) refuseInterrupted(member.repository);
}

/** As {@link recover}, here and in the submodules. */
export async function recoverAround(
  repository: Repository,
  outside?: 'agreed' | 'not-asked',
): Promise<readonly Recovered[]> {
  return (await withSubmodules(repository)).flatMap(({ at, repository: member }) => {
    const recovered = recover(member, outside);
    return recovered ? [{ ...recovered, left: recovered.left.map((path) => joinPath(at, path)) }] : [];
  });
}

/** @throws Fault `disk` if a fix was interrupted here, or is being written at this moment: what is
 * read now is half of it. */
export function refuseInterrupted(repository: Repository): void {
  const store = storeOf(repository);
  if (!hasJournal(store)) return;
  const holder = holderOf(store.lock);
  if (holder === undefined) {
    readJournalled(store);
    throw interrupted();
  }
  throw new Fault('disk', sayBeingWritten(holder), 'run the same command again when it has finished');
}

/**
 * Puts back what an interrupted fix had begun; undefined if there is none.
 * @throws Fault `busy` if that fix is not interrupted at all but still running; `disk` if it wrote
 * outside the repository, and nobody has agreed to writing there now.
 */
export function recover(repository: Repository, outside: 'agreed' | 'not-asked' = 'not-asked'): Recovered | undefined {
  const store = storeOf(repository);
  // A lock alone is what a kill after the last step has left.
  const abandoned = existsSync(store.lock) && holderOf(store.lock) === undefined;
  if (!hasJournal(store) && !abandoned) return undefined;
  const lock = takeLock(store.lock);
  try {
    // The one that held the lock may have come to its end meanwhile.
    if (!hasJournal(store)) return undefined;
    const record = readJournalled(store);
    if (record.outside !== undefined && outside === 'not-asked') throw interruptedOutside(record.outside);
    return { backup: backupOf(store, record.id), files: record.files.length, left: putBack(repository, store, record) };
  } finally {
    releaseLock(lock);
  }
}
