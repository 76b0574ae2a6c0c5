// From findings to who is stale: the history that stands behind what was judged, or one line if it cannot be read.

import type { Provenances } from './drift/history.js';
import { type HistoryOptions, readProvenance } from './drift/provenance.js';
import { isFinding, type Judgement } from './drift/types.js';
import type { Workplace } from './fix/apply.js';
import { readCommitId } from './git/repository.js';
import { Fault } from './messages/fault.js';
import { sayNoHistory } from './messages/provenance.js';
import type { Span } from './snapshot/select.js';

/** How far back a hook looks: every drift seen in real histories was found within this many commits. */
export const HOOK_LIMIT = 1000;

export interface Told {
  readonly provenances: Provenances;
  /** What to say where the history could not be read. */
  readonly trouble: readonly string[];
}

export interface Asked {
  /** What was judged: a commit, or what stands on HEAD. */
  readonly judged: 'index' | 'worktree' | { readonly commit: string };
  /** The most commits to read. */
  readonly limit?: number;
}

/** What history tells about the findings. */
export async function tellProvenance(
  place: Workplace,
  span: Span,
  judgements: readonly Judgement[],
  { judged, limit }: Asked,
): Promise<Told> {
  const findings = judgements.filter(isFinding);
  if (findings.length === 0) return { provenances: new Map(), trouble: [] };
  const tip = await readCommitId(place.repository.git, typeof judged === 'string' ? 'HEAD' : judged.commit);
  const uncommitted = typeof judged === 'string' && span.base ? { base: span.base, state: judged } : undefined;
  const options: HistoryOptions = { tip, uncommitted, ...(limit !== undefined && { limit }) };
  try {
    return { provenances: await readProvenance(place, findings, options), trouble: [] };
  } catch (error) {
    // A clone can lack what history needs; the verdicts stand without it, and no fix counts as safe.
    if (!Fault.is(error) || error.kind !== 'git') throw error;
    return { provenances: new Map(), trouble: [sayNoHistory(error.message)] };
  }
}
