// Finds texts of one name, or of twin names, that have most of their lines in common.

import { baseOf } from '../git/path.js';
import { areTwinNames, isInstructions } from './names.js';
import { shareOf } from './near-lines.js';
import type { NearPair, NearText } from './near-types.js';

const LEAST_ALIKE = 0.6;
/** In a group of more files, only those that share a line are compared. */
const MOST_HOLDERS = 40;
/** Comparisons in one group. */
const MOST_COMPARED = 20_000;

/** The texts by their name; twin names are one. Only groups of at least two. */
export function groupByName<File extends Pick<NearText, 'path'>>(files: readonly File[]): readonly (readonly File[])[] {
  const groups = new Map<string, File[]>();
  for (const file of files) {
    const name = baseOf(file.path);
    const key = isInstructions(name) ? '/instructions' : name;
    const known = groups.get(key);
    if (known) known.push(file);
    else groups.set(key, [file]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** The near-copies of a group; `skipped`: comparisons that were too many. */
export function pairGroup(group: readonly NearText[]): {
  readonly pairs: readonly NearPair[];
  readonly skipped: number;
} {
  const pairs: NearPair[] = [];
  let compared = 0;
  let skipped = 0;
  for (const [one, other] of group.length > MOST_HOLDERS ? sharers(group) : everyTwo(group)) {
    if (one.oid === other.oid || !isPossible(one, other)) continue;
    compared += 1;
    if (compared > MOST_COMPARED) skipped += 1;
    if (compared > MOST_COMPARED) continue;
    const alike = shareOf(one.lines, other.lines);
    if (alike >= LEAST_ALIKE) pairs.push({ one, other, alike });
  }
  return { pairs, skipped };
}

function isPossible(one: NearText, other: NearText): boolean {
  const [a, b] = [baseOf(one.path), baseOf(other.path)];
  const [short, long] = [one.lines.length, other.lines.length].sort((x, y) => x - y) as [number, number];
  return (a === b || areTwinNames(a, b)) && 2 * short >= LEAST_ALIKE * (short + long);
}

type Two = readonly [NearText, NearText];

function* everyTwo(group: readonly NearText[]): Generator<Two> {
  for (const [at, one] of group.entries()) for (const other of group.slice(at + 1)) yield [one, other];
}

/** Each two that share a line; if many share it, each with the next one. */
function* sharers(group: readonly NearText[]): Generator<Two> {
  const seen = new Set<number>();
  for (const holders of listHolders(group)) {
    for (const [position, one] of holders.entries()) {
      const others = holders.slice(position + 1, holders.length > MOST_HOLDERS ? position + 2 : holders.length);
      for (const other of others) {
        const key = one * group.length + other;
        if (!seen.has(key)) yield [group[one] as NearText, group[other] as NearText];
        seen.add(key);
      }
    }
  }
}

/** The files of each line that at least two have, by their positions. */
function listHolders(group: readonly NearText[]): readonly (readonly number[])[] {
  const first = new Map<number, number>();
  const shared = new Map<number, number[]>();
  for (const [at, { lines }] of group.entries()) {
    let last: number | undefined;
    for (const line of lines) {
      // Equal lines stand side by side.
      if (line === last) continue;
      last = line;
      const known = first.get(line);
      if (known === undefined) first.set(line, at);
      else if (!shared.get(line)?.push(at)) shared.set(line, [known, at]);
    }
  }
  return [...shared.values()];
}
