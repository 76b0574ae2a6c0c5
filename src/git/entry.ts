// What git can store at a path: an entry of the index or of a tree.

import type { Oid } from './oid.js';
import type { Mode } from './records.js';

/** What git stores at a path. */
export type Entry =
  | { readonly kind: 'file'; readonly oid: Oid; readonly executable: boolean }
  | { readonly kind: 'link'; readonly oid: Oid }
  | { readonly kind: 'gitlink'; readonly oid: Oid }
  | { readonly kind: 'absent' };

export const ABSENT: Entry = { kind: 'absent' };

/** git's mode for the entry; `000000` if it is absent. */
export function modeOf(entry: Entry): Mode {
  switch (entry.kind) {
    case 'file':
      return entry.executable ? '100755' : '100644';
    case 'link':
      return '120000';
    case 'gitlink':
      return '160000';
    case 'absent':
      return '000000';
  }
}

/** Same type, same bytes, same executable bit. */
export function sameEntry(one: Entry, other: Entry): boolean {
  if (modeOf(one) !== modeOf(other)) return false;
  return one.kind === 'absent' || other.kind === 'absent' || one.oid === other.oid;
}
