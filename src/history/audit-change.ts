// What one commit did to the pairs that it touches: pure, on the verdicts before and after.

import type { RepoPath } from '../git/path.js';
import { isFinding, type Judgement } from '../judge/types.js';
import type { FilePair } from '../rules/types.js';

/**
 * `introduced`: in sync or not there before, out of sync after. `resolved`: the reverse. `kept`: both sides changed, in
 * sync before and after.
 */
export type AuditKind = 'introduced' | 'resolved' | 'kept';

export interface AuditEvent {
  readonly kind: AuditKind;
  readonly pair: FilePair;
  /** The verdict that tells of it: after the commit, for what was resolved before it. */
  readonly judgement: Judgement;
}

/** The two verdicts on one pair; undefined where there was nothing to judge. */
export interface Change {
  readonly pair: FilePair;
  readonly before: Judgement | undefined;
  readonly after: Judgement | undefined;
}

/** `touched`: the paths that the commit changed. */
export function auditChange({ pair, before, after }: Change, touched: ReadonlySet<RepoPath>): AuditEvent | undefined {
  const [was, is] = [findingIn(before), findingIn(after)];
  if (is && !was && before?.status !== 'UNCHECKED') return { kind: 'introduced', pair, judgement: is };
  if (was && !is && after?.status !== 'UNCHECKED') return { kind: 'resolved', pair, judgement: was };
  const both = pair.a !== null && pair.b !== null && touched.has(pair.a) && touched.has(pair.b);
  return both && after && inStep(before) && inStep(after) ? { kind: 'kept', pair, judgement: after } : undefined;
}

function findingIn(judgement: Judgement | undefined): Judgement | undefined {
  return judgement && isFinding(judgement) ? judgement : undefined;
}

function inStep(judgement: Judgement | undefined): boolean {
  return judgement?.status === 'SYNCED' || judgement?.status === 'LINKED';
}
