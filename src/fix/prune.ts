// Removes backups older than a month (or than dosSync.backupExpire), and files of interrupted
// fixes.

import { lstatSync, readdirSync } from 'node:fs';
import { keyOf, SETTINGS } from '../git/config.js';
import { type Repository, readExpiry } from '../git/repository.js';
import { idOfTime } from './backup.js';
import { isDamaged, isReady, readRecord, removeBackup } from './record.js';
import { type FixStore, hasJournal, storeNamed, storesOf } from './store.js';

// git reads `now` as the end of all time.
const END_OF_IDS = Date.UTC(9999, 0);

/**
 * Prunes this store, whose lock is held. In other worktrees' stores only expired backups are
 * removed: a fix may be running there. `kept` is not removed.
 */
export function pruneBackups(repository: Repository, own: FixStore, kept: string): void {
  const expiry = readExpiry(repository.git, keyOf('backupExpire'), SETTINGS.backupExpire.default);
  const oldest = idOfTime(Math.min(expiry, END_OF_IDS));
  const ids = readdirSync(own.backups).filter((id) => id !== kept);
  for (const id of [...findUnfinished(own, ids), ...ids.filter((each) => each < oldest)]) removeBackup(own, id);
  for (const name of readdirSync(storesOf(repository))) {
    const store = storeNamed(repository, name);
    if (store.root !== own.root && !hasJournal(store)) removeOlder(store, oldest);
  }
}

/** Each fix removes those left by a kill, so that none is older than a finished fix. */
function findUnfinished(store: FixStore, ids: readonly string[]): readonly string[] {
  const unfinished: string[] = [];
  for (const id of [...ids].sort().reverse()) {
    const record = readRecord(store, id);
    if (record && isDamaged(record)) continue;
    if (record && isReady(record)) break;
    unfinished.push(id);
  }
  return unfinished;
}

function removeOlder(store: FixStore, oldest: string): void {
  if (!lstatSync(store.backups, { throwIfNoEntry: false })) return;
  for (const id of readdirSync(store.backups)) if (id < oldest) removeBackup(store, id);
}
