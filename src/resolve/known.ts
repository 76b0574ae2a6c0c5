// What is known about a pair beside its history: contents that both sides held, and merges that a
// person is to finish.

import type { FilePair } from '../rules/types.js';

/** An entry as text: `<mode> <object id>`, or `absent`. */
export type State = string;

import { type Entry, modeOf } from '../git/entry.js';

/** A merge whose conflicts were left, between markers, in the source. */
export interface MergeLeft {
  readonly source: State;
  readonly copy: State;
  /** What the copy's index entry held then: the working file that was merged began as that. */
  readonly copyStaged?: State;
  readonly marked: State;
}

export interface KnownPair {
  /** What both sides held, newest first. */
  readonly equal: readonly State[];
  readonly merged?: MergeLeft;
}

export interface KnownContents {
  of(pair: Pick<FilePair, 'a' | 'b'>): KnownPair;
}

export function stateOf(entry: Entry): State {
  return entry.kind === 'absent' ? 'absent' : `${modeOf(entry)} ${entry.oid}`;
}
