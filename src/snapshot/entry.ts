// Converts git's modes to entries and back.

import { ABSENT, type Entry } from '../git/entry.js';
import type { TreeEntry } from '../git/records.js';
import { Fault } from '../messages/fault.js';
import type { PlainNode } from './types.js';

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

/** The node at a path as an entry; a directory or an unread node counts as absent. */
export function entryAt(node: PlainNode): Entry {
  return node.kind === 'directory' || node.kind === 'unread' ? ABSENT : node;
}
