// The tables of the page: the copies, the files that are out of sync, and the newest commits.

import { textOf } from '../git/path.js';
import type { Verdict } from '../judge/types.js';
import {
  FILE_HEADINGS,
  sayMore,
  sayMoreOutOfSync,
  sayOutOfSyncFiles,
  sayShownFiles,
  sayShownRows,
} from '../messages/graph.js';
import { show } from '../messages/show.js';
import { ARTIFACT, SOURCE, sayPlace, sayRoots } from '../messages/status.js';
import type { AuditRecord } from './audit-record.js';
import { breakable, dayOf, escaped, formatChips } from './page-text.js';
import { compareNames, isOutOfSync } from './place-order.js';
import type { Cell, PlaceRow, PlaceTable } from './place-table.js';

/** A file pair that is out of sync, and the command that shows how. */
export interface OutOfSyncRow {
  readonly verdict: Verdict;
  readonly command: string;
}

/** What the page's filter distinguishes. */
export type RowKind = 'out' | 'unchecked' | 'in';

export function kindOf({ cells }: PlaceRow): RowKind {
  if (isOutOfSync(cells)) return 'out';
  const marks = [...cells.values()].flatMap((cell) => Object.keys(cell.marks));
  return marks.length === 0 || marks.includes('?') ? 'unchecked' : 'in';
}

export function formatCopies({ places, rows }: PlaceTable): string[] {
  const labels = places.map(sayPlace);
  const headings = [ARTIFACT, ...labels].map((label) => `<th scope="col">${breakable(label)}</th>`);
  const lines = rows.map((row) => {
    const cells = labels.map((label, at) => formatCell(label, row.cells.get(at)));
    const name = `<th scope="row">${breakable(show(row.artifact))}</th>`;
    return `<tr data-kind="${kindOf(row)}">${name}${cells.join('')}</tr>`;
  });
  return [
    `<table id="copies" data-count="${escaped(sayShownRows())}"><thead><tr>${headings.join('')}</tr></thead><tbody>`,
    ...lines,
    '</tbody></table>',
  ];
}

function formatCell(label: string, cell: Cell | undefined): string {
  if (!cell) return '<td></td>';
  const { roots, isSource, marks } = cell;
  const several = roots.length > 1 ? `<span class="soft">${sayRoots(roots.length)}:</span>` : '';
  const source = isSource ? `<span class="chip source">${SOURCE}</span>` : '';
  const parts = [several, source, formatChips(marks)].filter((part) => part !== '');
  const title = roots.map((root) => escaped(show(textOf(root)))).join('&#10;');
  return `<td data-place="${escaped(label)}" title="${title}">${parts.join(' ') || '0'}</td>`;
}

const MOST_LISTED = 1000;
const MOST_OPEN = 20;

/** Opened if it is short, so that the table below is still in view. */
export function formatOutOfSync(rows: readonly OutOfSyncRow[]): string[] {
  if (rows.length === 0) return [];
  const headings = FILE_HEADINGS.map((heading) => `<th scope="col">${heading}</th>`).join('');
  const more = rows.length - MOST_LISTED;
  return [
    `<details${rows.length <= MOST_OPEN ? ' open' : ''}>`,
    `<summary>${sayOutOfSyncFiles(rows.length)}<output id="files-count"></output></summary>`,
    `<table id="files" data-count="${escaped(sayShownFiles())}"><thead><tr>${headings}</tr></thead><tbody>`,
    ...rows.slice(0, MOST_LISTED).map(formatFile),
    '</tbody></table>',
    ...(more > 0 ? [`<p>${escaped(sayMoreOutOfSync(more))}</p>`] : []),
    '</details>',
  ];
}

function formatFile({ verdict: { status, pair }, command }: OutOfSyncRow): string {
  const { source, copy } = pair.rule;
  const paths = [pair[source], pair[copy]].map((path) => (path === null ? '' : breakable(show(textOf(path)))));
  const chip = formatChips(status === 'DRIFT' ? { '!': 1 } : { '-': 1 }).replace('>1 ', '>');
  const cells = [chip, ...paths, `<code>${escaped(command)}</code>`];
  return `<tr data-kind="out">${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

export function formatNewest(newest: readonly AuditRecord[]): string[] {
  const rows = newest.map(({ commit, time, author, subject, introduced }) => {
    const paths = formatPaths(introduced.map(({ a, b }) => a ?? b ?? ''));
    const cells = [`<code>${commit.slice(0, 10)}</code>`, dayOf(Date.parse(time)), escaped(show(author))];
    return `<tr>${[...cells, escaped(show(subject)), paths].map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return [`<table><tbody>${rows.join('')}</tbody></table>`];
}

const MOST_PATHS = 5;

/** The first of the paths, without repetition. */
function formatPaths(paths: readonly string[]): string {
  const distinct = [...new Set(paths)].sort(compareNames);
  const lines = distinct.slice(0, MOST_PATHS).map((path) => breakable(show(path)));
  const more = distinct.length - MOST_PATHS;
  return [...lines, ...(more > 0 ? [`<span class="soft">${sayMore(more)}</span>`] : [])].join('<br>');
}
