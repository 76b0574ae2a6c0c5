// Finds fan-outs: one file with copies in places that differ in one or two segments.

import { baseOf } from '../git/path.js';
import type { Limits } from './limits.js';
import { countOpen, differInAll, type Pattern, patternsOf } from './patterns.js';
import type { CopyTree } from './tree.js';
import type { Candidate } from './types.js';

const FEWEST = 4;
const LEAST_SHARE = 0.5;

export interface FanOut {
  readonly pattern: Pattern;
  readonly copies: readonly Candidate[];
  /** Other files of the group; one of them may be the source. */
  readonly outside: readonly Candidate[];
}

/** `families`: groups of files that are equal or took the same edits. */
export function findFanOuts(
  tree: CopyTree,
  families: readonly (readonly Candidate[])[],
  limits: Limits,
): readonly FanOut[] {
  const matching = countMatches(tree, families);
  return families
    .flatMap((family) => findInFamily(family, matching, limits))
    .sort((one, other) => other.copies.length - one.copies.length);
}

function findInFamily(family: readonly Candidate[], matching: ReadonlyMap<string, number>, limits: Limits): FanOut[] {
  const found: FanOut[] = [];
  let left = family;
  for (;;) {
    const best = findLargest(left, matching, limits);
    if (!best) return found;
    const taken = new Set(best.copies);
    found.push({ ...best, outside: family.filter((candidate) => !taken.has(candidate)) });
    left = left.filter((candidate) => !taken.has(candidate));
  }
}

/**
 * The number of candidates for each pattern with one or two open segments; counted once for the
 * tree.
 */
function countMatches(tree: CopyTree, families: readonly (readonly Candidate[])[]): ReadonlyMap<string, number> {
  const large = families.filter((family) => family.length >= FEWEST);
  const names = new Set(large.flatMap((family) => family.map(({ path }) => baseOf(path))));
  const counts = new Map<string, number>();
  for (const { path, segments } of tree.candidates.values()) {
    if (!names.has(baseOf(path))) continue;
    for (const { key } of patternsOf(segments, segments.length - 1)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** The pattern that covers the most copies; a narrower one wins if it covers nearly as many. */
function findLargest(
  left: readonly Candidate[],
  matching: ReadonlyMap<string, number>,
  limits: Limits,
): Pick<FanOut, 'pattern' | 'copies'> | undefined {
  if (left.length < FEWEST) return undefined;
  const members = new Map<string, { readonly pattern: Pattern; readonly copies: Candidate[] }>();
  for (const candidate of left) {
    for (const { key, pattern } of patternsOf(candidate.segments, candidate.segments.length - 1)) {
      const known = members.get(key) ?? { pattern, copies: [] };
      known.copies.push(candidate);
      members.set(key, known);
    }
  }
  const ranked = [...members].filter(([key, { pattern, copies }]) => {
    const enough = copies.length >= Math.max(FEWEST, LEAST_SHARE * (matching.get(key) ?? 0));
    const least = copies.length >= limits.many ? limits.smallestOfMany : limits.smallest;
    const segments = copies.map((each) => each.segments);
    return enough && (copies[0]?.size ?? 0) >= least && differInAll(pattern, segments);
  });
  ranked.sort(([, one], [, other]) => worthOf(other) - worthOf(one));
  const [, best] = ranked[0] ?? [];
  return best && { pattern: best.pattern, copies: best.copies.sort((one, other) => (one.path < other.path ? -1 : 1)) };
}

function worthOf({ pattern, copies }: Pick<FanOut, 'pattern' | 'copies'>): number {
  return copies.length * (countOpen(pattern) > 1 ? 0.75 : 1) * (pattern[0] === null ? 0.75 : 1);
}
