// Fan-outs: one file copied into many places that differ in one or two segments.

import { baseOf } from '../git/path.js';
import type { Limits } from './limits.js';
import { isVersion } from './noise.js';
import type { CopyTree } from './tree.js';
import type { Candidate } from './types.js';

const FEWEST = 4;
const LEAST_SHARE = 0.5;

export interface FanOut {
  /** The segments of a copy's path; null where the copies differ. */
  readonly pattern: readonly (string | null)[];
  readonly copies: readonly Candidate[];
  /** Equal files outside the pattern, the shallowest first: its source. */
  readonly outside: readonly Candidate[];
  /** Of the files that match the pattern, how many are equal: 0 to 1. */
  readonly share: number;
  /** The copies differ in version numbers. */
  readonly overVersions: boolean;
}

export function findFanOuts(tree: CopyTree, limits: Limits): readonly FanOut[] {
  const matching = countMatches(tree);
  return tree.groups.flatMap((group) => findInGroup(group, matching, limits));
}

/** How many candidates there are for each pattern of one or two varying segments; counted once for the tree. */
function countMatches(tree: CopyTree): ReadonlyMap<string, number> {
  const names = new Set(tree.groups.filter((group) => group.length >= FEWEST).flatMap((group) => group.map(nameOf)));
  const counts = new Map<string, number>();
  for (const candidate of tree.candidates.values()) {
    if (!names.has(nameOf(candidate))) continue;
    for (const { key } of patternsOf(candidate.segments)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function nameOf({ path }: Candidate): string {
  return baseOf(path);
}

interface Pattern {
  readonly key: string;
  readonly pattern: readonly (string | null)[];
}

/** The path with one directory left open, then with two. */
function* patternsOf(segments: readonly string[]): Generator<Pattern> {
  const directories = segments.length - 1;
  for (let first = 0; first < directories; first += 1) {
    yield patternWithout(segments, first, first);
    for (let second = first + 1; second < directories; second += 1) yield patternWithout(segments, first, second);
  }
}

function patternWithout(segments: readonly string[], first: number, second: number): Pattern {
  const pattern = segments.map((segment, at) => (at === first || at === second ? null : segment));
  // No segment holds a slash, so that an empty one between two can stand for the open one.
  return { pattern, key: pattern.map((segment) => segment ?? '').join('/') };
}

function findInGroup(
  group: readonly Candidate[],
  matching: ReadonlyMap<string, number>,
  limits: Limits,
): readonly FanOut[] {
  const found: FanOut[] = [];
  let left = group;
  for (;;) {
    const next = findLargest(left, group, matching, limits);
    if (!next) return found;
    found.push(next);
    const taken = new Set(next.copies);
    left = left.filter((candidate) => !taken.has(candidate));
  }
}

/** The pattern that covers the most, with the fewest open segments. */
function findLargest(
  left: readonly Candidate[],
  group: readonly Candidate[],
  matching: ReadonlyMap<string, number>,
  limits: Limits,
): FanOut | undefined {
  if (left.length < FEWEST) return undefined;
  const members = new Map<string, { readonly pattern: readonly (string | null)[]; readonly copies: Candidate[] }>();
  for (const candidate of left) {
    for (const { key, pattern } of patternsOf(candidate.segments)) {
      const known = members.get(key) ?? { pattern, copies: [] };
      known.copies.push(candidate);
      members.set(key, known);
    }
  }
  const ranked = [...members].filter(([key, { pattern, copies }]) => {
    const least = copies.length >= limits.many ? limits.smallestOfMany : limits.smallest;
    const large = (copies[0]?.size ?? 0) >= least;
    return large && isFanOut(pattern, copies) && copies.length >= LEAST_SHARE * (matching.get(key) ?? 0);
  });
  ranked.sort(
    ([, one], [, other]) => other.copies.length - one.copies.length || open(one.pattern) - open(other.pattern),
  );
  const [best] = ranked;
  if (!best) return undefined;
  const [key, { pattern, copies }] = best;
  const taken = new Set(copies);
  const outside = group.filter((candidate) => !taken.has(candidate));
  outside.sort((one, other) => one.segments.length - other.segments.length || byPath(one, other));
  const share = copies.length / (matching.get(key) ?? copies.length);
  return { pattern, copies: copies.sort(byPath), outside, share, overVersions: differInVersions(pattern, copies) };
}

function isFanOut(pattern: readonly (string | null)[], copies: readonly Candidate[]): boolean {
  if (copies.length < FEWEST) return false;
  // A segment that is the same everywhere need not be open.
  return pattern.every((segment, at) => segment !== null || new Set(copies.map((each) => each.segments[at])).size > 1);
}

function open(pattern: readonly (string | null)[]): number {
  return pattern.filter((segment) => segment === null).length;
}

function byPath(one: Candidate, other: Candidate): number {
  return one.path < other.path ? -1 : 1;
}

function differInVersions(pattern: readonly (string | null)[], copies: readonly Candidate[]): boolean {
  const varying = copies.flatMap(({ segments }) => segments.filter((_, at) => pattern[at] === null));
  return varying.filter(isVersion).length * 2 >= varying.length;
}
