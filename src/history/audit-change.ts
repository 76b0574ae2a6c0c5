// The effect of one commit on the pairs that it touches, from the verdicts before and after. Pure.

import type { RepoPath } from '../git/path.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import type { FilePair } from '../rules/types.js';

/**
 * `introduced`: in sync or absent before, out of sync after. `born`: the first side of a pair.
 * `resolved`: in sync again. `kept`: both sides changed, in sync before and after.
 */
export type AuditKind = 'introduced' | 'born' | 'resolved' | 'kept';

export interface AuditEvent {
  readonly kind: AuditKind;
  readonly pair: FilePair;
  /** The verdict after the commit; for `resolved`, the one before it. */
  readonly verdict: Verdict;
}

/** The two verdicts on one pair; undefined if there was nothing to judge. */
export interface VerdictChange {
  readonly pair: FilePair;
  readonly before: Verdict | undefined;
  readonly after: Verdict | undefined;
}

/** `touched`: the paths that the commit changed. */
export function auditChange(
  { pair, before, after }: VerdictChange,
  touched: ReadonlySet<RepoPath>,
): AuditEvent | undefined {
  const [was, is] = [outOfSyncIn(before), outOfSyncIn(after)];
  if (is && !was && before?.status !== 'UNCHECKED')
    return { kind: isBirth(before, is) ? 'born' : 'introduced', pair, verdict: is };
  if (was && !is && after?.status !== 'UNCHECKED') return { kind: 'resolved', pair, verdict: was };
  const both = pair.a !== null && pair.b !== null && touched.has(pair.a) && touched.has(pair.b);
  return both && after && isInSync(before) && isInSync(after) ? { kind: 'kept', pair, verdict: after } : undefined;
}

/** Neither side existed before, and one does now. */
function isBirth(before: Verdict | undefined, { status }: Verdict): boolean {
  return before === undefined && status !== 'DRIFT';
}

function outOfSyncIn(verdict: Verdict | undefined): Verdict | undefined {
  return verdict && isOutOfSync(verdict) ? verdict : undefined;
}

function isInSync(verdict: Verdict | undefined): boolean {
  return verdict?.status === 'SYNCED' || verdict?.status === 'LINKED';
}
