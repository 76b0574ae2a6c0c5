// What a comparison comes to.

import type { FilePair } from '../pairs/types.js';
import type { Entry, Unread } from '../snapshot/types.js';

export type Status =
  | 'SYNCED'
  | 'DRIFT'
  | 'MISSING_A'
  | 'MISSING_B'
  | 'EXCEPTION'
  | 'LIVE_ONLY'
  | 'SUBMODULE_ONLY'
  | 'LINKED'
  | 'UNCHECKED';

export type DriftReason = 'content' | 'mode' | 'type';

/** The verdict on one file pair. */
export interface Judgement {
  readonly pair: FilePair;
  readonly status: Status;
  /** Why it is DRIFT. */
  readonly reason?: DriftReason;
  readonly a: Entry;
  readonly b: Entry;
  /** Why it is UNCHECKED. */
  readonly unread?: Unread;
}

/** True for the verdicts that block a commit. */
export function isFinding(judgement: Judgement): boolean {
  const { status } = judgement;
  return status === 'DRIFT' || status === 'MISSING_A' || status === 'MISSING_B';
}
