// What "equal" means for a pair.

import { type Entry, sameEntry } from '../git/entry.js';

/** When two sides are in sync, and what a fix writes to bring them there. */
export interface Equality {
  /** True if the two sides are in sync. */
  same(a: Entry, b: Entry): boolean;
  /** What `copy` becomes once `source` is carried onto it. */
  carry(source: Entry, copy: Entry): Entry;
}

/** Byte for byte, with the same type and executable bit. */
export const IDENTICAL: Equality = { same: sameEntry, carry: (source) => source };
