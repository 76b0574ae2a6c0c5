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
  /** The keys of the pairs of which anything was found. */
  readonly found: ReadonlySet<string>;
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

/** `keys`: every pair that the manifest declares; `alike`: file pairs in sync that have no verdict of their own, by key. */
export function countTotals(
  keys: readonly string[],
  judgements: readonly Judgement[],
  alike: ReadonlyMap<string, number> = new Map(),
): Totals {
  const totals = { identical: 0, drift: 0, missing: 0, unchecked: 0, exception: 0 };
  const pairs = new Map<string, PairCount>(keys.map((key) => [key, { identical: 0, drift: 0, missing: 0 }]));
  const count = (key: string, column: NonNullable<Column>, by: number) => {
    totals[column] += by;
    const pair = pairs.get(key);
    if (pair && (column === 'identical' || column === 'drift' || column === 'missing')) pair[column] += by;
  };
  for (const { status, pair } of judgements) {
    const column = columnOf(status);
    if (column) count(pair.key, column, 1);
  }
  for (const [key, files] of alike) count(key, 'identical', files);
  return { ...totals, pairs, found: new Set([...judgements.map(({ pair }) => pair.key), ...alike.keys()]) };
}

/** How many file pairs were held against each other; one that is on one side alone, waived or not read, was not. */
export function countCompared({ identical, drift, missing, exception }: Totals): number {
  return identical + drift + missing + exception;
}

/** 1 for drift; 2 if pairs are declared and not one was compared; else 0. */
export function exitCodeOf(totals: Totals): 0 | 1 | 2 {
  if (totals.drift + totals.missing > 0) return 1;
  return totals.pairs.size > 0 && countCompared(totals) === 0 ? 2 : 0;
}
