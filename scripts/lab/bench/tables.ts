// Cells and tables of the page in Markdown. Pure.

import { type Spread, spreadOf, type Times } from './timer.js';

const inMs = (value: number) => (value < 100 ? value.toFixed(1) : value.toFixed(0));
export const medianOf = (times: Times, name: string) => spreadOf(times.get(name) ?? []);
export const spread = ({ median, low, high }: Spread) => `${inMs(median)} (${inMs(low)}–${inMs(high)})`;
export const ratio = ({ median, low, high }: Spread) => `${median.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
export const count = (value: number) => value.toLocaleString('en');

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((word, at) => Math.max(word.length, ...rows.map((row) => (row[at] ?? '').length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}
