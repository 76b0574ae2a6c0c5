// Renames a file over another one.

import { type PathLike, renameSync } from 'node:fs';
import { errorCode } from './error-code.js';
import { pause } from './pause.js';
import { isHeldOpen } from './system.js';

/** Milliseconds after each failed try; about two seconds in all. */
const WAITS = [10, 20, 50, 100, 200, 400, 600, 600];

/** What a test replaces. */
export interface Renaming {
  readonly rename: (from: PathLike, to: PathLike) => void;
  readonly wait: (milliseconds: number) => void;
  readonly platform: NodeJS.Platform;
}

const REAL: Renaming = { rename: renameSync, wait: pause, platform: process.platform };

/** Tries again for a while if another program has the file open. @throws as `rename`. */
export function renameOver(from: PathLike, to: PathLike, { rename, wait, platform }: Renaming = REAL): void {
  for (const milliseconds of WAITS) {
    try {
      rename(from, to);
      return;
    } catch (error) {
      // safeguard rename-waits: a rename waits only for a file that is held open (unit/disk/system)
      if (!isHeldOpen(errorCode(error), platform)) throw error;
      wait(milliseconds);
    }
  }
  rename(from, to);
}
