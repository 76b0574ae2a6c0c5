// The difference that an exception agrees to: the removed and added lines, without their numbers.

import { createHash } from 'node:crypto';
import { linesOf, matchLines } from './lines.js';

/** One line that only one side has. */
export interface DifferentLine {
  readonly sign: '-' | '+';
  /** With its line end. */
  readonly line: string;
  /** Its number in its own text, from 1. */
  readonly number: number;
}

/** The lines that only `a` (`-`) or only `b` (`+`) has, in order. Bounded as {@link matchLines}. */
export function differenceOf(a: string, b: string): readonly DifferentLine[] {
  const [one, other] = [linesOf(a), linesOf(b)];
  const difference: DifferentLine[] = [];
  let [x, y] = [0, 0];
  for (const [matchX, matchY] of [...matchLines(one, other), [one.length, other.length] as const]) {
    for (; x < matchX; x += 1) difference.push({ sign: '-', line: one[x] ?? '', number: x + 1 });
    for (; y < matchY; y += 1) difference.push({ sign: '+', line: other[y] ?? '', number: y + 1 });
    [x, y] = [matchX + 1, matchY + 1];
  }
  return difference;
}

/** `sha256:<hex>` of the difference: equal lines and numbers do not count. */
export function digestOf(difference: readonly DifferentLine[]): string {
  const hash = createHash('sha256');
  for (const { sign, line } of difference) hash.update(`${sign}${line.length}:`).update(line, 'latin1');
  return `sha256:${hash.digest('hex')}`;
}
