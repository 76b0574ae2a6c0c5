// Whether a file that dos-sync wrote can be believed: another user of a shared directory could have
// put one there.

import { lstatSync } from 'node:fs';

/** The part of a file's status that decides. */
export interface Owned {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/** Who may write our files beside this user. */
export interface SharedWith {
  readonly group: number | undefined;
  readonly everybody: boolean;
}

export const NOBODY_ELSE: SharedWith = { group: undefined, everybody: false };

const WRITABLE_BY_ALL = 0o002;
const ROOT = 0;

// The program's end is in another bundle than most readers.
const KEY = Symbol.for('dos-sync: foreign files');
const shared = globalThis as { [KEY]?: Set<string> };
shared[KEY] ??= new Set();

/** Files that were not read because of their owner; each is reported once, at the end. */
const foreign: Set<string> = shared[KEY];

export function foreignFiles(): readonly string[] {
  return [...foreign];
}

/**
 * True if only this user, root, or those that the repository is shared with can have written it.
 * `own`: undefined on systems without user ids.
 */
export function isBelievable({ uid, gid, mode }: Owned, own: number | undefined, shared: () => SharedWith): boolean {
  // safeguard no-user-ids (T23): without user ids every file is believed (unit/disk/owner)
  if (own === undefined) return true;
  const isOpen = (mode & WRITABLE_BY_ALL) !== 0;
  if (!isOpen && (uid === own || uid === ROOT)) return true;
  const { group, everybody } = shared();
  return everybody || (!isOpen && gid === group);
}

/**
 * False for a file that somebody else can have written: it is not read, and named at the end. True
 * also if there is none. `shared` is asked only for another owner, or a file that all may write.
 */
export function canBelieve(path: string, shared: () => SharedWith = () => NOBODY_ELSE): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  // Others than files are handled by their readers.
  if (!stat?.isFile() || isBelievable(stat, process.getuid?.(), shared)) return true;
  foreign.add(path);
  return false;
}
