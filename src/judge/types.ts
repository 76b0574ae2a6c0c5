// The results of comparing pairs.

import type { Oid } from '../git/oid.js';
import type { Side } from '../manifest/types.js';
import type { FilePair } from '../rules/types.js';
import type { Unread, UnreadSubmodule } from '../snapshot/types.js';

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

import type { Entry } from '../git/entry.js';

/** The verdict on one file pair. */
export interface Verdict {
  readonly pair: FilePair;
  readonly status: Status;
  /** Why it is DRIFT. */
  readonly reason?: DriftReason;
  readonly a: Entry;
  readonly b: Entry;
  /** With the ids of the compared texts, if the pair has a rule that applies to them. */
  readonly compared?: { readonly [Of in Side]: Entry };
  /** Why the pair's rule does not apply, so that the files were compared as they are. */
  readonly unfit?: 'binary' | 'large';
  /** Why it is UNCHECKED. */
  readonly unread?: Unread;
  /** The unreadable submodule that replaced a side. */
  readonly hidden?: UnreadSubmodule;
}

/** A pair that is out of sync in a commit's tree. */
export interface CommitDrift {
  readonly verdict: Verdict;
  /** The newest commit that caused it; undefined if only the end is judged. */
  readonly commit?: Oid;
  /** The sides that the commits changed. */
  readonly changed: { readonly a: boolean; readonly b: boolean };
  /** Only by the old manifest: the new one does not pair the two, or lets them differ. */
  readonly onlyBefore?: boolean;
}

/** True for the verdicts that block a commit. */
export function isOutOfSync(verdict: Verdict): boolean {
  const { status } = verdict;
  return status === 'DRIFT' || status === 'MISSING_A' || status === 'MISSING_B';
}
