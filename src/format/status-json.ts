// `status --json`: the table of places as JSON.

import { textOf } from '../git/path.js';
import { formatTotals } from './json.js';
import type { Mark, Marks, PlaceTable } from './place-table.js';
import type { Totals } from './totals.js';

const SCHEMA_VERSION = 1;

/** The JSON key of each mark. */
const NAMES: Readonly<Record<Mark, string>> = {
  '=': 'identical',
  '!': 'drift',
  '-': 'missing',
  '?': 'unchecked',
  '~': 'exceptions',
  '+': 'one_sided',
};

export function buildStatusJson(exitCode: number, totals: Totals, { places, rows }: PlaceTable): unknown {
  return {
    schema_version: SCHEMA_VERSION,
    report: 'status',
    exit_code: exitCode,
    ...formatTotals(totals),
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

function named(marks: Marks): Record<string, number> {
  return Object.fromEntries(
    (Object.keys(NAMES) as Mark[]).map((mark): [string, number] => [NAMES[mark], marks[mark] ?? 0]),
  );
}
