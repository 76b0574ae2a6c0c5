// Where a worktree's backups, journal and lock are: files in the common git directory, which gc and
// push ignore.

import { chmodSync, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { syncDirectory } from '../disk/durable.js';
import type { SharedWith } from '../disk/owner.js';
import type { Repository } from '../git/repository.js';
import { readSharedWith, readSharing, sharedMode } from '../git/sharing.js';

/** The absolute paths of one worktree's store. */
export interface FixStore {
  readonly root: string;
  readonly lock: string;
  /**
   * Names the backup of the fix in progress; exists only during a fix or after an interrupted one.
   */
  readonly journal: string;
  readonly backups: string;
  /** For a file: private to its owner, and to the users that core.sharedRepository names. */
  readonly fileMode: number;
  readonly directoryMode: number;
  /** Who else can have written its files. */
  readonly sharedWith: () => SharedWith;
}

const PRIVATE_FILE = 0o600;
const PRIVATE_DIRECTORY = 0o700;

/** The directory of every worktree's store. */
export function storesOf({ commonDir }: Pick<Repository, 'commonDir'>): string {
  return join(commonDir, 'dos-sync', 'fixes');
}

/** Determines the worktree; creates nothing. */
export function storeOf(repository: Repository): FixStore {
  return storeNamed(repository, worktreeKey(repository));
}

/** The store with that key. */
export function storeNamed(repository: Repository, key: string): FixStore {
  const root = join(storesOf(repository), key);
  return {
    root,
    lock: join(root, 'lock'),
    journal: join(root, 'journal.json'),
    backups: join(root, 'backups'),
    sharedWith: () => readSharedWith(repository.git, repository.commonDir),
    get fileMode() {
      return sharedMode(readSharing(repository.git), PRIVATE_FILE, 'file');
    },
    get directoryMode() {
      return sharedMode(readSharing(repository.git), PRIVATE_DIRECTORY, 'directory');
    },
  };
}

// `git worktree remove` and `add` can reuse a name; the new worktree must not find the old one's
// journal.
export function worktreeKey({ gitDir, commonDir }: Repository): string {
  if (gitDir === commonDir) return 'main';
  return `${basename(gitDir)}-${lstatSync(gitDir, { bigint: true }).ino}`;
}

/** Makes a directory and its missing parents, with the store's mode. */
export function makeDirectory({ directoryMode }: FixStore, path: string): void {
  const first = mkdirSync(path, { recursive: true, mode: PRIVATE_DIRECTORY });
  if (first === undefined || directoryMode === PRIVATE_DIRECTORY) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) chmodSync(made, directoryMode);
}

/** Creates the store's directories. */
export function writeStore(store: FixStore): void {
  const { root, backups } = store;
  if (existsSync(backups)) return;
  makeDirectory(store, backups);
  syncDirectory(root);
  syncDirectory(join(root, '..'));
  syncDirectory(join(root, '..', '..'));
}

export function hasJournal({ journal }: FixStore): boolean {
  return lstatSync(journal, { throwIfNoEntry: false }) !== undefined;
}
