// What is recorded about a pair beside its history: contents that both sides had, and unfinished
// merges.

import { type Entry, modeOf } from '../git/entry.js';
import type { FilePair } from '../rules/types.js';

/** An entry as text: `<mode> <object id>`, or `absent`. */
export type State = string;

/** A merge that left conflict markers in the source. */
export interface MergeLeft {
  readonly source: State;
  readonly copy: State;
  /** The copy's index entry at that time: the base of the merged working file. */
  readonly copyStaged?: State;
  readonly marked: State;
}

export interface KnownPair {
  /** The contents that both sides had, newest first. */
  readonly equal: readonly State[];
  readonly merged?: MergeLeft;
}

export interface KnownContents {
  of(pair: Pick<FilePair, 'a' | 'b'>): KnownPair;
}

export function stateOf(entry: Entry): State {
  return entry.kind === 'absent' ? 'absent' : `${modeOf(entry)} ${entry.oid}`;
}
