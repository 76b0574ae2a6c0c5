// Overlaps that a manifest must not have: nested pairs, duplicates, cycles, or one file with two
// sources.

import type { JSONPath } from 'jsonc-parser';
import { groupBy } from '../git/group-by.js';
import type { RepoPath } from '../git/path.js';
import * as say from '../messages/pairs.js';
import type { AliasAt } from './aliases.js';
import type { Complain } from './complain.js';
import { refuseCycles } from './cycles.js';
import { type Declared, restBelow, standsForFile } from './declared.js';
import { sidesOf } from './direction.js';
import { compileGlob } from './glob.js';
import { compileKeptOut } from './kept-out.js';
import { findRenames, type Rename } from './renames.js';
import {
  bindingKey,
  isFanOut,
  keyOf,
  liesBelowAsWritten,
  nameOfPlace,
  namesOf,
  placeOf,
  sameSegment,
} from './sides.js';
import { PlaceTrie } from './trie.js';
import { type DeclaredPair, type DeclaredSide, type FixDirection, MANIFEST_NAME } from './types.js';

/** A pair, and its position in the document. */
export interface PairAt {
  readonly pair: DeclaredPair;
  readonly at: JSONPath;
}

type Keyed = Parameters<typeof keyOf>[0] & { readonly at: JSONPath };

/** The declarations to compare. */
interface Declarations {
  readonly pairs: readonly PairAt[];
  readonly aliases: readonly AliasAt[];
  readonly fixDirection: FixDirection;
}

/** Reports every overlap that is not allowed. Nearly linear in the number of pairs. */
export function findOverlaps({ pairs, aliases, fixDirection }: Declarations, complain: Complain): void {
  const renames = findRenames(
    pairs.map(({ pair }) => pair),
    aliases.map(({ alias }) => alias),
  );
  const inside = groupBy([...renames.values()].flat(), ({ pair }) => pair);
  // safeguard two-names (T15): a file has one alias (unit/manifest/parse)
  refuseTwoNames([...renames.values()].flat(), aliases, complain);
  const declared = [
    ...pairs.map(({ pair, at }, id) => {
      const leavesOut = leftOutOf(fixDirection, pair.exclude, inside.get(id) ?? []);
      return declare(fixDirection, pair, at, leavesOut);
    }),
    ...aliases
      .filter(({ alias }) => renames.get(alias)?.length === 0)
      .map(({ alias, at }) => declare(fixDirection, { ...alias, exclude: [] }, at, () => false)),
  ];
  const sound = declared.filter((each) => isSound(each, fixDirection, complain));
  // safeguard paired-twice (T15): two files are one pair (unit/manifest/parse: pairs that cannot)
  refuseTwice(sound, complain);
  // safeguard shared-targets (T15): a copy has one source (unit/manifest/parse: pairs that cannot)
  refuseSharedTargets(sound, complain);
  // safeguard circles (T15): no file is its own source (unit/manifest/parse: pairs that cannot)
  refuseCycles(sound, complain);
}

function declare(
  fixDirection: FixDirection,
  pair: DeclaredPair,
  at: JSONPath,
  leavesOut: Declared['leavesOut'],
): Declared {
  const { a, b } = pair;
  const { source, copy } = sidesOf(fixDirection);
  const keepsOut = compileKeptOut(pair);
  return { a, b, at, source: pair[source], target: pair[copy], leavesOut, keepsOut };
}

function leftOutOf(
  fixDirection: FixDirection,
  exclude: readonly string[],
  renames: readonly Rename[],
): Declared['leavesOut'] {
  const globs = exclude.map(compileGlob);
  const restOn = { a: 'restA', b: 'restB' } as const;
  const { source, copy } = sidesOf(fixDirection);
  const [sourceRest, targetRest] = [restOn[source], restOn[copy]];
  const given = new Set(renames.map((rename) => rename[targetRest]));
  const taken = new Set(renames.map((rename) => rename[sourceRest]).filter((rest) => !given.has(rest)));
  return (rest) => taken.has(rest) || globs.some((matches) => matches(rest));
}

/** Checks that concern only the pair itself. */
function isSound(each: Declared, fixDirection: FixDirection, complain: Complain): boolean {
  const [onA, onB] = [new Set(namesOf(each.a)), new Set(namesOf(each.b))];
  const same = onA.size === onB.size && [...onA].every((name) => onB.has(name));
  const fanOut = isFanOut(each);
  const problems = [
    // safeguard names-differ: both sides have the same names (unit/manifest/parse)
    !same && !fanOut ? say.NAMES_DIFFER : undefined,
    // safeguard many-sources: one file has no many sources (unit/manifest/parse)
    fanOut && fixDirection === 'submodule_to_live' ? say.MANY_SOURCES : undefined,
    // safeguard nested-sides (T15): no side lies in the other (unit/manifest/parse: pairs that)
    nests(each) ? say.SIDES_NEST : undefined,
    // safeguard manifest-paired: the manifest is no side (unit/manifest/parse)
    [each.a, each.b].some(isManifest) ? say.MANIFEST_PAIRED : undefined,
  ].filter((problem) => problem !== undefined);
  for (const problem of problems) complainOf(each, problem, complain);
  return problems.length === 0;
}

function isManifest(side: DeclaredSide): boolean {
  return !side.outside && side.segments.length === 1 && side.segments[0] === MANIFEST_NAME;
}

/** A {Name} of a fan-out can match its own source, but nothing is ever written below a file. */
function nests(each: Declared): boolean {
  const [one, other] = [placeOf(each.a), placeOf(each.b)];
  if (isFanOut(each)) return liesBelowAsWritten(other, one);
  const shorter = Math.min(one.length, other.length);
  return Array.from({ length: shorter }, (_, at) => sameSegment(one[at], other[at])).every(Boolean);
}

function refuseTwice(declared: readonly Declared[], complain: Complain): void {
  const seen = new Set<string>();
  for (const each of declared) {
    const key = `${nameOfPlace(each.a)}\0${nameOfPlace(each.b)}`;
    if (seen.has(key)) complainOf(each, say.PAIRED_TWICE, complain);
    seen.add(key);
  }
}

function refuseTwoNames(renames: readonly Rename[], aliases: readonly AliasAt[], complain: Complain): void {
  const seen = new Set<string>();
  for (const rename of renames) {
    const keys = [`a ${rename.restA}`, `b ${rename.restB}`].map(
      (end) => `${rename.pair} ${bindingKey(rename.binding)} ${end}`,
    );
    if (keys.some((key) => seen.has(key))) {
      const at = aliases.find(({ alias }) => alias === rename.alias)?.at ?? ['aliases'];
      complainOf({ ...rename.alias, at }, say.SECOND_ALIAS, complain);
    }
    for (const key of keys) seen.add(key);
  }
}

function refuseSharedTargets(declared: readonly Declared[], complain: Complain): void {
  const targets = new PlaceTrie<Declared>();
  for (const each of declared) {
    for (const other of targets.overlapping(placeOf(each.target))) {
      if (isSamePair(each, other) || areApart(each, other) || isBelowACopy(each, other)) continue;
      complainOf(each, sharedBy(each, other), complain);
      break;
    }
    targets.add(placeOf(each.target), each);
  }
}

function sharedBy(each: Declared, other: Declared): say.PairText {
  const [one, two] = [each.target, other.target];
  if (nameOfPlace(one) === nameOfPlace(two)) return say.sharedTarget(keyOf(other));
  return say.nestedTargets(keyOf(other), nameOfPlace(one.segments.length < two.segments.length ? two : one));
}

function complainOf(each: Keyed, { message, hint }: say.PairText, complain: Complain): void {
  complain(each.at, `${keyOf(each)}: ${message}`, hint);
}

function isSamePair(one: Declared, other: Declared): boolean {
  return nameOfPlace(one.a) === nameOfPlace(other.a) && nameOfPlace(one.b) === nameOfPlace(other.b);
}

function areApart(one: Declared, other: Declared): boolean {
  const [upper, lower] = one.target.segments.length <= other.target.segments.length ? [one, other] : [other, one];
  const shared = sharedPlace(lower.target, upper.target);
  if ([one, other].some((each) => each.target === each.b && each.keepsOut(shared))) return true;
  return upper.leavesOut(restBelow(placeOf(lower.target), placeOf(upper.target)));
}

/** The copies of a fan-out are files, so another target's {Name} does not match them. */
function isBelowACopy(one: Declared, other: Declared): boolean {
  const [upper, lower] = one.target.segments.length < other.target.segments.length ? [one, other] : [other, one];
  return isFanOut(upper) && standsForFile(placeOf(lower.target), placeOf(upper.target));
}

/** The place where the two overlap: the longer one, with the other's segments for its names. */
function sharedPlace(longer: DeclaredSide, shorter: DeclaredSide): RepoPath {
  const segments = longer.segments.map((segment, at) =>
    typeof segment === 'string' ? segment : (shorter.segments[at] ?? segment),
  );
  return segments.map((segment) => (typeof segment === 'string' ? segment : `{${segment.name}}`)).join('/') as RepoPath;
}
