// Which lines each of two texts could keep for itself, so that the rest is equal or nearly so.

import { differenceOf } from '../differences/agreed.js';
import { linesOf, matchLines, withoutEnd } from '../differences/lines.js';
import { cutOwn } from '../differences/own.js';
import type { OwnPart } from '../manifest/types.js';
import { findPrefixes } from './near-prefixes.js';

/** Lines at the top that a side may keep. */
const MOST_FIRST_LINES = 5;
const MOST_BLOCKS = 3;
/** Pairs of lines that look like the markers of a block. */
const MOST_MARKERS = 20;

type Parts = readonly OwnPart[];
type Texts = readonly [a: string, b: string];

/** Sets of own parts to try; the empty one is the first. Texts have one char per byte. */
export function listOwnParts(a: string, b: string): readonly Parts[] {
  const found: Parts[] = [];
  for (const top of topsOf(a, b)) {
    const rests = cutBoth(top, [a, b]);
    if (!rests) continue;
    const blocks = rests[0] === rests[1] ? [] : blocksOf(...rests);
    for (const marked of blocks.length > 0 ? [[], blocks] : [[]]) {
      const parts = [...top, ...marked];
      found.push(parts);
      const left = cutBoth(parts, [a, b]);
      if (!left || left[0] === left[1]) continue;
      for (const lines of prefixSets(...left)) found.push([...parts, ...lines]);
    }
  }
  return found;
}

/** Both texts without their own lines; undefined if a part never ends. */
export function cutBoth(parts: Parts, [a, b]: Texts): Texts | undefined {
  const [one, other] = [cutOwn(parts, a), cutOwn(parts, b)];
  return 'unbalanced' in one || 'unbalanced' in other ? undefined : [one.rest, other.rest];
}

/** Nothing, or the front matter if there is one; each also with the first lines. */
function topsOf(a: string, b: string): readonly Parts[] {
  const front: Parts = [{ kind: 'front_matter' }];
  const rests = cutBoth(front, [a, b]);
  if (!rests || (rests[0] === a && rests[1] === b)) return [[], ...firstLinesOf(a, b)];
  return [[], front, ...firstLinesOf(...rests).map((first) => [...front, ...first])];
}

/** The numbers of first lines that end with one that differs. */
function firstLinesOf(a: string, b: string): readonly Parts[] {
  const numbers = differenceOf(a, b).flatMap(({ number }) => (number <= MOST_FIRST_LINES ? [number] : []));
  return [...new Set(numbers)].map((count) => [{ kind: 'first_lines', count }]);
}

/** The marked blocks that both texts have and that hold something that differs. */
function blocksOf(a: string, b: string): Parts {
  const [inA, inB] = [linesIn(a), linesIn(b)];
  const markers = [...inA].flatMap((from): readonly OwnPart[] => {
    const to = inB.has(from) ? endsOf(from).find((end) => inA.has(end) && inB.has(end)) : undefined;
    return to === undefined ? [] : [{ kind: 'block', from, to }];
  });
  const before = differenceOf(a, b).length;
  const useful = markers.slice(0, MOST_MARKERS).filter((block) => {
    const rests = cutBoth([block], [a, b]);
    return rests && differenceOf(...rests).length < before;
  });
  return useful.slice(0, MOST_BLOCKS);
}

function linesIn(text: string): ReadonlySet<string> {
  return new Set(linesOf(text).map(withoutEnd));
}

const ENDS: readonly (readonly [RegExp, string])[] = [
  [/\bbegin\b/, 'end'],
  [/\bBEGIN\b/, 'END'],
  [/\bBegin\b/, 'End'],
  [/\bstart\b/, 'end'],
  [/\bSTART\b/, 'END'],
  [/\bStart\b/, 'End'],
  [/\bstart\b/, 'stop'],
  [/\bregion\b/, 'endregion'],
  [/^(<!--\s*|\/\*\s*|#\s*|\/\/\s*)(?=\S)/, '$1/'],
  [/^(\s*<)(?=\w)/, '$1/'],
];

/** The lines that could end the block that this line begins. */
function endsOf(line: string): readonly string[] {
  const ends = ENDS.flatMap(([begin, end]) => (begin.test(line) ? [line.replace(begin, end)] : []));
  return ends.filter((end) => end !== line);
}

/** For all lines that differ, and for those that have no counterpart. */
function prefixSets(a: string, b: string): readonly Parts[] {
  const [one, other] = [linesOf(a), linesOf(b)];
  const matches = matchLines(one, other);
  const common = matches.map(([x]) => one[x] ?? '');
  const all = differenceOf(a, b).map(({ line }) => line);
  const uneven = listUneven(one, other, matches);
  const sets = [all, ...(uneven.length < all.length ? [uneven] : [])].map((lines) => findPrefixes(lines, common));
  return sets.flatMap((prefixes) =>
    prefixes.map((_, at) => prefixes.slice(0, at + 1).map((prefix): OwnPart => ({ kind: 'lines', prefix }))),
  );
}

/** The lines between two equal ones where the sides have different numbers of lines. */
function listUneven(one: readonly string[], other: readonly string[], matches: ReturnType<typeof matchLines>) {
  const uneven: string[] = [];
  let [x, y] = [0, 0];
  for (const [matchX, matchY] of [...matches, [one.length, other.length] as const]) {
    if (matchX - x !== matchY - y) uneven.push(...one.slice(x, matchX), ...other.slice(y, matchY));
    [x, y] = [matchX + 1, matchY + 1];
  }
  return uneven;
}
