// Counts verdicts, and derives the exit code.

import type { Status, Verdict } from '../judge/types.js';
import type { Rules } from '../rules/types.js';
import { type Emptiness, readAllEmpty } from '../snapshot/empty.js';
import type { Change } from '../snapshot/select.js';

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
  /** By the pair's key, in the manifest's order; also pairs without files. */
  readonly pairs: ReadonlyMap<string, PairCount>;
  /** The pairs without files, and why. */
  readonly empty: ReadonlyMap<string, Emptiness>;
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

/** What was found beside the verdicts. */
interface Beside {
  /** The number of synced file pairs without a verdict, by key. */
  readonly alike?: ReadonlyMap<string, number>;
  readonly empty?: ReadonlyMap<string, Emptiness>;
}

/** `keys`: every pair that the manifest declares. */
export function countTotals(
  keys: readonly string[],
  verdicts: readonly Verdict[],
  { alike = new Map(), empty = new Map() }: Beside = {},
): Totals {
  const totals = { identical: 0, drift: 0, missing: 0, unchecked: 0, exception: 0 };
  const pairs = new Map<string, PairCount>(keys.map((key) => [key, { identical: 0, drift: 0, missing: 0 }]));
  const count = (key: string, column: NonNullable<Column>, by: number) => {
    totals[column] += by;
    const pair = pairs.get(key);
    if (pair && (column === 'identical' || column === 'drift' || column === 'missing')) pair[column] += by;
  };
  for (const { status, pair } of verdicts) {
    const column = columnOf(status);
    if (column) count(pair.key, column, 1);
  }
  for (const [key, files] of alike) count(key, 'identical', files);
  return { ...totals, pairs, empty };
}

/** The same for all pairs of the rules, with the reason for empty ones. */
export async function readTotals(
  rules: Rules,
  { after }: Change,
  verdicts: readonly Verdict[],
  alike: ReadonlyMap<string, number> = new Map(),
): Promise<Totals> {
  const found = new Set([...verdicts.map(({ pair }) => pair.key), ...alike.keys()]);
  return countTotals(rules.keys, verdicts, { alike, empty: await readAllEmpty(rules, after, found) });
}

/**
 * The number of file pairs that were compared; a pair that is one-sided, waived or unread was not.
 */
function countCompared({ identical, drift, missing, exception }: Totals): number {
  return identical + drift + missing + exception;
}

/**
 * True if pairs are declared and none was compared. A fan-out without copies counts as compared.
 */
export function isNothingCompared(totals: Totals): boolean {
  const inOrder = [...totals.empty.values()].includes('no-copy');
  return totals.pairs.size > 0 && countCompared(totals) === 0 && !inOrder;
}

/** 1 for drift; 2 if nothing was compared; else 0. */
export function exitCodeOf(totals: Totals): 0 | 1 | 2 {
  // safeguard out-of-sync-code: what is out of sync has exit code 1 (unit/format/json)
  if (totals.drift + totals.missing > 0) return 1;
  return isNothingCompared(totals) ? 2 : 0;
}
