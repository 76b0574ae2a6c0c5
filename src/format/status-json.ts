// `status --json`: the table of places as JSON.

import { textOf } from '../git/path.js';
import { buildTotals, type JsonTotals } from './json.js';
import type { Mark, Marks, PlaceTable } from './place-table.js';
import { buildHead, type ReportHead } from './report.js';
import type { Totals } from './totals.js';

/** The JSON key of each mark. */
const NAMES = {
  '=': 'identical',
  '!': 'drift',
  '-': 'missing',
  '?': 'unchecked',
  '~': 'exceptions',
  '+': 'one_sided',
} as const satisfies Record<Mark, string>;

/** The number of file pairs with each mark. */
type JsonMarks = { readonly [Name in (typeof NAMES)[Mark]]: number };

/** The copies of an artifact at one place, an index of `places`. */
interface JsonCopy extends JsonMarks {
  readonly place: number;
  readonly roots: readonly string[];
  readonly source: boolean;
}

/** From a source to a copy, both indices of `places`. */
interface JsonStep extends JsonMarks {
  readonly from: number;
  readonly to: number;
}

/** `status --json`. */
export interface StatusReport extends ReportHead<'status'>, JsonTotals {
  readonly places: readonly string[];
  readonly artifacts: readonly {
    readonly artifact: string;
    readonly copies: readonly JsonCopy[];
    readonly steps: readonly JsonStep[];
  }[];
}

export function buildStatusJson(exitCode: 0 | 1 | 2, totals: Totals, { places, rows }: PlaceTable): StatusReport {
  return {
    ...buildHead('status', exitCode),
    ...buildTotals(totals),
    // The top level is the empty path.
    places: places.map((place) => (place === '' ? '.' : place)),
    artifacts: rows.map(({ artifact, cells, edges }) => ({
      artifact,
      copies: [...cells].map(([place, { roots, isSource, marks }]) => ({
        place,
        roots: roots.map(textOf),
        source: isSource,
        ...named(marks),
      })),
      steps: edges.map(({ from, to, marks }) => ({ from, to, ...named(marks) })),
    })),
  };
}

function named(marks: Marks): JsonMarks {
  const counts = (Object.keys(NAMES) as Mark[]).map((mark) => [NAMES[mark], marks[mark] ?? 0]);
  return Object.fromEntries(counts) as JsonMarks;
}
