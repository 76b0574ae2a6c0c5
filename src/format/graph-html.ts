// The graph as one self-contained page: the table of copies, what is out of sync, a drawing, and
// the audit as a timeline.

import {
  DRAWING_HEADING,
  FILTER_LABEL,
  KIND_WORDS,
  NEWEST_HEADING,
  NO_EVENTS,
  PLACES_HEADING,
  SEARCH_LABEL,
  sayKind,
  sayState,
  sayTitle,
  TIMELINE_HEADING,
} from '../messages/graph.js';
import type { AuditRecord } from './audit-record.js';
import { buildGraph } from './graph.js';
import { drawGraph } from './page-drawing.js';
import { POLICY, SCRIPT } from './page-script.js';
import { buildStyle } from './page-style.js';
import { formatCopies, formatNewest, formatOutOfSync, kindOf, type OutOfSyncRow, type RowKind } from './page-tables.js';
import { escaped } from './page-text.js';
import { drawTimeline } from './page-timeline.js';
import type { PlaceTable } from './place-table.js';
import type { Stretch } from './timeline.js';

export interface Page {
  /** The name of the repository's directory. */
  readonly repository: string;
  /** Its rows in order. */
  readonly table: PlaceTable;
  readonly outOfSync: readonly OutOfSyncRow[];
  readonly subtitle: string;
  readonly timeline: readonly Stretch[];
  /** The newest commits that introduced drift. */
  readonly newest: readonly AuditRecord[];
}

const MOST_DRAWN_OPEN = 12;

export function formatHtml({ repository, table, subtitle, outOfSync, timeline, newest }: Page): string[] {
  const title = escaped(sayTitle(repository));
  const open = table.rows.length <= MOST_DRAWN_OPEN ? ' open' : '';
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title>`,
    `<style>${buildStyle(table.places.length)}</style></head><body>`,
    `<h1>${title}</h1><p class="soft">${escaped(subtitle)}</p>`,
    ...formatState(table),
    ...formatOutOfSync(outOfSync),
    `<h2>${PLACES_HEADING}<output id="copies-count"></output></h2>`,
    ...formatCopies(table),
    `<details class="drawing"${open}><summary>${DRAWING_HEADING}</summary>`,
    ...drawGraph(buildGraph(table)),
    '</details>',
    `<h2>${TIMELINE_HEADING}</h2>`,
    ...(timeline.length === 0 ? [`<p>${NO_EVENTS}</p>`] : drawTimeline(timeline)),
    ...(newest.length === 0 ? [] : [`<h2>${NEWEST_HEADING}</h2>`, ...formatNewest(newest)]),
    `<script>${SCRIPT}</script></body></html>`,
  ];
}

/** How many rows are out of sync, and the filter: hidden until the script can use it. */
function formatState({ rows }: PlaceTable): string[] {
  const counts = new Map<RowKind, number>();
  for (const row of rows) counts.set(kindOf(row), (counts.get(kindOf(row)) ?? 0) + 1);
  const out = counts.get('out') ?? 0;
  const stateClass = out > 0 ? 'bad' : counts.get('in') === rows.length ? 'good' : '';
  const kinds = (Object.keys(KIND_WORDS) as RowKind[]).flatMap((kind) => {
    const count = counts.get(kind);
    return count === undefined ? [] : [`<option value="${kind}">${sayKind(KIND_WORDS[kind], count)}</option>`];
  });
  return [
    `<p class="state ${stateClass}">${sayState(out, counts.get('unchecked') ?? 0, rows.length)}</p>`,
    '<form hidden autocomplete="off">',
    `<input type="search" name="search" placeholder="${SEARCH_LABEL}" aria-label="${SEARCH_LABEL}">`,
    `<select name="kind" aria-label="${FILTER_LABEL}"><option value="">${sayKind('All rows', rows.length)}</option>`,
    ...kinds,
    '</select></form>',
  ];
}
