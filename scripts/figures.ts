// The part of a page that a run writes, and the numbers beside it.

import { readFileSync, writeFileSync } from 'node:fs';
import { describeMachine } from './measured.js';

const [BEGIN, END] = ['<!-- figures: written by the run -->\n', '<!-- end of the figures -->\n'];

/** A page, the file of its numbers, and how it shows them. */
export interface FiguresPage<Figures> {
  readonly page: string;
  readonly numbers: string;
  readonly format: (figures: Figures) => string;
}

/** When and on what a run was made. */
export interface Run {
  readonly date: string;
  readonly on: string;
}

/** Writes the numbers of a run of today, and the page from them. */
export function record<Counts extends object>(target: FiguresPage<Run & Counts>, counts: Counts): void {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const on = `dos-sync ${version}, ${describeMachine()}`;
  const figures = { date: new Date().toISOString().slice(0, 10), on, ...counts };
  writeFileSync(target.numbers, `${JSON.stringify(figures, null, 2)}\n`);
  writeFileSync(target.page, put(target, readFileSync(target.page, 'utf8'), figures));
}

/** Pure. The text of the page with these figures in place of the present ones. */
export function put<Figures>({ page, format }: FiguresPage<Figures>, text: string, figures: Figures): string {
  const [start, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`${page} has no place for the figures`);
  return text.slice(0, start) + BEGIN + format(figures) + text.slice(end);
}

/** With padded columns, as the formatter of the page has it. */
export function formatTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]?.length ?? 0)));
  const pad = (cell: string, at: number) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0));
  const rule = widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [head.map(pad), rule, ...rows.map((row) => row.map(pad))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
