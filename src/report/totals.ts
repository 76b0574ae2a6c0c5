// Counts verdicts, and the exit code that they come to.

import type { Judgement, Status } from '../drift/types.js';

export interface PairCount {
  identical: number;
  drift: number;
  missing: number;
}

export interface Totals {
  readonly identical: number;
  readonly drift: number;
  readonly missing: number;
  readonly unchecked: number;
  readonly exception: number;
  /** By the pair's key, in the manifest's order; also pairs of which nothing was found. */
  readonly pairs: ReadonlyMap<string, PairCount>;
}

type Column = 'identical' | 'drift' | 'missing' | 'unchecked' | 'exception' | undefined;

function columnOf(status: Status): Column {
  switch (status) {
    case 'SYNCED':
    case 'LINKED':
      return 'identical';
    case 'DRIFT':
      return 'drift';
    case 'MISSING_A':
    case 'MISSING_B':
      return 'missing';
    case 'UNCHECKED':
      return 'unchecked';
    case 'EXCEPTION':
      return 'exception';
    case 'LIVE_ONLY':
    case 'SUBMODULE_ONLY':
      return undefined;
  }
}

/** `keys`: every pair that the manifest declares. */
export function countTotals(keys: readonly string[], judgements: readonly Judgement[]): Totals {
  const totals = { identical: 0, drift: 0, missing: 0, unchecked: 0, exception: 0 };
  const pairs = new Map<string, PairCount>(keys.map((key) => [key, { identical: 0, drift: 0, missing: 0 }]));
  for (const { status, pair } of judgements) {
    const column = columnOf(status);
    if (!column) continue;
    totals[column] += 1;
    const count = pairs.get(pair.key);
    if (count && (column === 'identical' || column === 'drift' || column === 'missing')) count[column] += 1;
  }
  return { ...totals, pairs };
}

/** 1 for drift; 2 if pairs are declared and not one was compared; else 0. */
export function exitCodeOf(totals: Totals, judgements: readonly Judgement[]): 0 | 1 | 2 {
  if (totals.drift + totals.missing > 0) return 1;
  // A file on one side alone, waived or not read, was held against nothing.
  const compared = judgements.some(({ status }) => columnOf(status) !== undefined && status !== 'UNCHECKED');
  return totals.pairs.size > 0 && !compared ? 2 : 0;
}
