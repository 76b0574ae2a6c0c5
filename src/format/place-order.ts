// The order of the rows in a table of places: what needs action first, then as people sort names.

import type { Cell, Marks, PlaceTable } from './place-table.js';

const BY_NAME = new Intl.Collator('en', { numeric: true });

/** The order in which people sort names: x9, x10. */
export function compareNames(one: string, other: string): number {
  return BY_NAME.compare(one, other);
}

/** The table with its rows in that order. */
export function orderRows(table: PlaceTable): PlaceTable {
  const rows = table.rows
    .map((row) => ({ row, needs: isOutOfSync(row.cells) }))
    .sort((a, b) => Number(b.needs) - Number(a.needs) || compareNames(a.row.artifact, b.row.artifact))
    .map(({ row }) => row);
  return { ...table, rows };
}

/** The table without the rows that are in sync. */
export function onlyOutOfSync(table: PlaceTable): PlaceTable {
  return { ...table, rows: table.rows.filter(({ cells }) => isOutOfSync(cells)) };
}

/** True if a copy of the row has drifted or is missing. */
export function isOutOfSync(cells: ReadonlyMap<number, Cell>): boolean {
  return [...cells.values()].some(({ marks }: { readonly marks: Marks }) => marks['!'] || marks['-']);
}
