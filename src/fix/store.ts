// Where a worktree's backups, journal and lock live: plain files in the common git directory, which no gc and no push reaches.

import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Repository } from '../git/repository.js';
import { syncDirectory } from './durable.js';

/** The absolute paths of one worktree's store. */
export interface Store {
  readonly root: string;
  readonly lock: string;
  /** Names the backup of the fix that is being written; there only while one is, or after one was interrupted. */
  readonly journal: string;
  readonly backups: string;
}

/** Every worktree's store lies in this directory. */
export function storesOf({ commonDir }: Pick<Repository, 'commonDir'>): string {
  return join(commonDir, 'dos-sync', 'fixes');
}

/** Reads which worktree this is; makes nothing. */
export function storeOf(repository: Repository): Store {
  return storeNamed(repository, keyOf(repository));
}

/** The store of that key. */
export function storeNamed(repository: Repository, key: string): Store {
  const root = join(storesOf(repository), key);
  return { root, lock: join(root, 'lock'), journal: join(root, 'journal.json'), backups: join(root, 'backups') };
}

// `git worktree remove` and `add` give a name to another worktree, which must not meet the old one's journal.
function keyOf({ gitDir, commonDir }: Repository): string {
  if (gitDir === commonDir) return 'main';
  return `${basename(gitDir)}-${lstatSync(gitDir, { bigint: true }).ino}`;
}

/** Makes the store's directories, for their owner alone: working files can be private. */
export function writeStore({ root, backups }: Store): void {
  if (existsSync(backups)) return;
  mkdirSync(backups, { recursive: true, mode: 0o700 });
  syncDirectory(root);
  syncDirectory(join(root, '..'));
  syncDirectory(join(root, '..', '..'));
}

export function hasJournal({ journal }: Store): boolean {
  return lstatSync(journal, { throwIfNoEntry: false }) !== undefined;
}
