// The table of the curves. Pure.

import { CURVES } from './curves.js';
import type { Parts } from './measured.js';
import { count, medianOf, table } from './tables.js';
import { ratioOf } from './timer.js';

/** The largest size of each curve, its exponent over the doublings, and that of the last one. */
export function curveTable(curves: NonNullable<Parts['curves']>): string {
  const rows = CURVES.flatMap(({ name, grows, wanted, beside }) => {
    const sizes = [...(curves.get(name) ?? [])];
    const [largest, times] = sizes.at(-1) ?? [];
    if (largest === undefined || !times) return [];
    const points = sizes.map(([size, each]) => [size, medianOf(each, 'dos-sync').median] as const);
    const seconds = (of: string) => (times.has(of) ? (medianOf(times, of).median / 1000).toFixed(2) : '');
    const met = medianOf(times, 'dos-sync').median <= wanted * 1000;
    return [
      [
        name,
        `${count(largest)} ${grows}`,
        seconds('before'),
        seconds('dos-sync'),
        `≤ ${wanted}, ${met ? 'met' : 'missed'}`,
        exponentOf(points).toFixed(2),
        exponentOf(points.slice(-2)).toFixed(2),
        `${ratioOf(times, 'dos-sync', beside).median.toFixed(1)} × \`${beside}\``,
      ],
    ];
  });
  const head = ['command', 'at', 's before', 's now', 's wanted', 'exponent', 'last doubling', 'beside git'];
  return table(head, rows);
}

/**
 * The exponent e of time ~ size^e, by least squares over the logarithms. The start of Node flattens
 * it, so a part that grows faster shows in the last doubling first.
 */
function exponentOf(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([size, time]) => [Math.log(size), Math.log(time)] as const);
  const mean = (at: 0 | 1) => logs.reduce((sum, each) => sum + each[at], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const over = logs.reduce((sum, each) => sum + (each[0] - x) * (each[1] - y), 0);
  return over / logs.reduce((sum, each) => sum + (each[0] - x) ** 2, 0);
}
