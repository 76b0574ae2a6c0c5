// The report as text: totals, and with --full one row per file pair.

import { textOf } from '../git/path.js';
import type { Status, Verdict } from '../judge/types.js';
import {
  NAME_TAKEN,
  sayCompared,
  sayEmpty,
  sayMoreEmpty,
  sayNothingCompared,
  sayNothingDeclared,
  sayUncheckedAllowed,
} from '../messages/check.js';
import { show } from '../messages/show.js';
import pc from './colors.js';
import { isNothingCompared, type Totals } from './totals.js';

const WIDEST_STATUS = 'SUBMODULE_ONLY'.length;
const MOST_EMPTY = 20;

/** One row: verdict, pair, path. Always one line, whatever the name contains. */
function row(verdict: Verdict): string {
  const { status, reason, pair } = verdict;
  const word = paint(status)(status.padEnd(WIDEST_STATUS));
  const by = reason ?? ruleOf(verdict);
  const why = by ? ` (${by})` : '';
  return `  ${word}  ${show(sidesOf(pair.a, pair.b))}${why}`;
}

/** How the texts of a pair in sync may differ; the kind of an agreed difference. */
export function ruleOf({ pair, status, compared }: Verdict): string | undefined {
  if (status === 'EXCEPTION') return pair.exception?.digest === undefined ? undefined : 'difference';
  return status === 'SYNCED' && compared ? pair.equality.kind : undefined;
}

function sidesOf(a: Verdict['pair']['a'], b: Verdict['pair']['b']): string {
  return [a, b].map((path) => (path === null ? NAME_TAKEN : textOf(path))).join(' -> ');
}

function paint(status: Status): (text: string) => string {
  switch (status) {
    case 'SYNCED':
    case 'LINKED':
      return pc.green;
    case 'DRIFT':
    case 'MISSING_A':
    case 'MISSING_B':
      return pc.red;
    case 'EXCEPTION':
    case 'LIVE_ONLY':
    case 'SUBMODULE_ONLY':
    case 'UNCHECKED':
      return pc.yellow;
  }
}

/** One row per file pair, also for synced ones. */
export function formatRows(verdicts: readonly Verdict[]): string[] {
  return verdicts.map(row);
}

/**
 * The counts in one line, then warnings about them. `passes`: a check without comparisons is
 * allowed.
 */
export function formatTotals(totals: Totals, passes = false): string[] {
  // safeguard no-pairs: a report without pairs does not say in sync (unit/format/tables)
  if (totals.pairs.size === 0) return [sayNothingDeclared()];
  const empty = [...totals.empty].map(([key, why]) => sayEmpty(key, why));
  const more = empty.length - MOST_EMPTY;
  const lines = more > 0 ? [...empty.slice(0, MOST_EMPTY), sayMoreEmpty(more)] : empty;
  const nothing = passes ? sayUncheckedAllowed(totals.unchecked) : sayNothingCompared();
  return [isNothingCompared(totals) ? nothing : sayCompared(totals), ...lines];
}
