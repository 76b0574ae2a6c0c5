// What "equal" means for a pair.

import { type Entry, sameEntry } from '../git/entry.js';

/** When two sides are in sync, and what a fix writes to make them so. */
export interface Equality {
  /** True if the two sides are in sync. */
  same(a: Entry, b: Entry): boolean;
  /** What `copy` becomes when a fix copies `source` onto it. */
  carry(source: Entry, copy: Entry): Entry;
}

/** The same bytes, type and executable bit. */
export const IDENTICAL: Equality = { same: sameEntry, carry: (source) => source };
