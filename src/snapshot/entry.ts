// Converts git's modes to entries and back.

import type { Mode, TreeEntry } from '../git/records.js';
import { Fault } from '../messages/fault.js';
import { ABSENT, type Entry, type PlainNode } from './types.js';

/** What a git mode can express. */
type Stored = Exclude<PlainNode, { readonly kind: 'unread' }>;

/** @throws Fault `git` for an unknown mode. */
export function nodeOf({ mode, oid }: TreeEntry): Stored {
  switch (mode.slice(0, 3)) {
    case '100':
      return { kind: 'file', oid, executable: (Number.parseInt(mode, 8) & 0o100) !== 0 };
    case '120':
      return { kind: 'link', oid };
    case '160':
      return { kind: 'gitlink', oid };
    case '040':
      return { kind: 'directory' };
    case '000':
      return ABSENT;
    default:
      throw new Fault('git', `git names the mode ${mode}, which dos-sync does not know.`);
  }
}

/** @throws Fault `git` for the mode of a directory. */
export function entryOf(entry: TreeEntry): Entry {
  const node = nodeOf(entry);
  if (node.kind === 'directory') throw new Fault('git', 'git lists a directory where a file belongs.');
  return node;
}

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

/** The node at a path as an entry; a directory or an unread node counts as absent. */
export function entryAt(node: PlainNode): Entry {
  return node.kind === 'directory' || node.kind === 'unread' ? ABSENT : node;
}
