// The table of places as text that fits a terminal: if names are too long, numbered headings; if
// those are too wide, several blocks.

import { show } from '../messages/show.js';
import { ARTIFACT, MARKS_IN_ORDER, SOURCE, sayMark, sayPlace } from '../messages/status.js';
import pc from './colors.js';
import { isOutOfSync } from './place-order.js';
import type { Cell, Marks, PlaceTable } from './place-table.js';

const GAP = 2;
const NARROWEST_NAME = 12;

/** `width`: the columns of the terminal. */
export function formatStatus(table: PlaceTable, width: number): string[] {
  const texts = table.rows.map(({ cells }) => table.places.map((_, at) => formatCell(cells.get(at))));
  const widest = (at: number) => Math.max(0, ...texts.map((row) => row[at]?.length ?? 0));
  const labels = table.places.map(sayPlace);
  const names = table.rows.map(({ artifact }) => show(artifact));
  const longest = Math.max(ARTIFACT.length, ...names.map((name) => name.length));
  const full = labels.map((label, at) => Math.max(label.length, widest(at)) + GAP);
  const fits = longest + sum(full) <= width;
  const headings = fits ? labels : labels.map((_, at) => `${at + 1}`);
  const widths = fits ? full : headings.map((heading, at) => Math.max(heading.length, widest(at)) + GAP);
  const nameWidth = fits ? longest : Math.min(longest, Math.max(NARROWEST_NAME, width - Math.max(0, ...widths)));
  const blocks = splitToFit(widths, width - nameWidth);
  const lines = blocks.flatMap((columns, block) => {
    const line = (name: string, values: readonly string[]) =>
      [
        shorten(name, nameWidth),
        ...columns.map((at) => `${' '.repeat(GAP)}${pad(values[at] ?? '', (widths[at] ?? 0) - GAP)}`),
      ]
        .join('')
        .trimEnd();
    const rows = names.map((name, at) => paint(line(name, texts[at] ?? []), table.rows[at]?.cells));
    return [...(block > 0 ? [''] : []), pc.bold(line(ARTIFACT, headings)), ...rows];
  });
  const legend = fits
    ? []
    : ['', ...labels.map((label, at) => shorten(`${`${at + 1}`.padStart(3)}  ${label}`, width).trimEnd())];
  return [...lines, ...legend, ...explain(table)];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** The indexes of the columns that fit side by side. */
function splitToFit(widths: readonly number[], room: number): readonly (readonly number[])[] {
  const blocks: number[][] = [];
  let left = 0;
  for (const [at, width] of widths.entries()) {
    const last = blocks[blocks.length - 1];
    if (last && width <= left) last.push(at);
    else {
      blocks.push([at]);
      left = room;
    }
    left -= width;
  }
  return blocks;
}

function formatCell(cell: Cell | undefined): string {
  if (!cell) return '';
  const marks = formatMarks(cell.marks);
  return [...(cell.isSource ? [SOURCE] : []), ...(marks === '' ? [] : [marks])].join(' ') || '0';
}

/** For example `!2 =10`. */
export function formatMarks(marks: Marks): string {
  return MARKS_IN_ORDER.flatMap((mark) => (marks[mark] ? [`${mark}${marks[mark]}`] : [])).join(' ');
}

function pad(text: string, width: number): string {
  return text.padEnd(width);
}

/** The end of a name is more significant than its start. */
function shorten(text: string, width: number): string {
  return text.length <= width ? text.padEnd(width) : `…${text.slice(text.length - width + 1)}`;
}

function paint(line: string, cells: ReadonlyMap<number, Cell> | undefined): string {
  return cells && isOutOfSync(cells) ? pc.red(line) : line;
}

/** The meaning of the marks in the table. */
function explain({ rows }: PlaceTable): string[] {
  const used = new Set(rows.flatMap(({ cells }) => [...cells.values()].flatMap(({ marks }) => Object.keys(marks))));
  const meanings = MARKS_IN_ORDER.filter((mark) => used.has(mark)).map((mark) => `${mark} ${sayMark(mark)}`);
  return meanings.length > 0 ? ['', meanings.join('   ')] : [];
}
