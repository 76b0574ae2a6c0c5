// Derives the substitutions that turn one text into another, from the lines that differ.

import { linesOf, matchLines } from '../differences/lines.js';
import { type Substitution, substitute } from '../differences/substitute.js';
import { type ChangedLine, changeOf, type TokenSpan, trimmedEnds, widen } from './near-tokens.js';

/** More substitutions than this are no rule, but the difference spelled out. */
export const MOST_WORDS = 8;
/** Candidates at any time. */
const MOST_CANDIDATES = 64;

/** How much of a line a substitution takes: what differs; 1: up to the next spaces. */
const TIGHT = 0;
/** All that differs in the line, and what is between. */
const HULL = 2;
/** The whole line. */
const LINE = 3;

interface Occurrence {
  readonly line: ChangedLine;
  readonly span: TokenSpan;
  level: number;
}

/**
 * The fewest substitutions found that turn `one` into `other`, empty for equal texts; undefined if
 * there are none, or too many. Texts have one char per byte.
 */
export function deriveWords(one: string, other: string, most = MOST_WORDS): readonly Substitution[] | undefined {
  if (one === other) return [];
  const aligned = alignLines(linesOf(one), linesOf(other));
  if (!aligned) return undefined;
  const occurrences = aligned.changed.flatMap((line) => line.spans.map((span) => ({ line, span, level: TIGHT })));
  for (let round = 0; round <= 2 * LINE; round += 1) {
    const found = collect(occurrences);
    if (found.size > MOST_CANDIDATES) return undefined;
    const wrong = findWrong(found, aligned);
    if (wrong.size === 0) return prune(toSubstitutions(found), one, other, most);
    let widened = false;
    for (const occurrence of wrong) {
      if (occurrence.level === LINE) continue;
      occurrence.level += 1;
      widened = true;
    }
    if (!widened) return undefined;
  }
  return undefined;
}

interface Aligned {
  readonly changed: readonly ChangedLine[];
  /** The lines that are equal, as one text. */
  readonly common: string;
}

/** Undefined if the sides have different numbers of lines between two equal ones. */
function alignLines(one: readonly string[], other: readonly string[]): Aligned | undefined {
  const changed: ChangedLine[] = [];
  const common: string[] = [];
  let [x, y] = [0, 0];
  for (const [matchX, matchY] of [...matchLines(one, other), [one.length, other.length] as const]) {
    if (matchX - x !== matchY - y) return undefined;
    for (; x < matchX; x += 1, y += 1) {
      const line = changeOf(one[x] ?? '', other[y] ?? '');
      // safeguard other-line-ends: texts with other line ends get no rule (unit/discover/near-rule)
      if (!line) return undefined;
      changed.push(line);
    }
    common.push(one[matchX] ?? '');
    [x, y] = [matchX + 1, matchY + 1];
  }
  return { changed, common: common.join('') };
}

/** The span at this level, as text. */
function wordsAt({ line, span, level }: Occurrence): readonly [string, string] {
  if (level === LINE) return trimmedEnds(line.one, line.other);
  const [one, other] = line.tokens;
  const [first, last] = [line.spans[0] ?? span, line.spans.at(-1) ?? span];
  const hull = level === HULL ? { from: first.from, to: last.to } : span;
  const { from, to } = level === TIGHT ? hull : widen(hull, one, other);
  return [one.slice(from[0], to[0]).join(''), other.slice(from[1], to[1]).join('')];
}

/** The occurrences by left side, then by right side. */
type Found = Map<string, Map<string, Occurrence[]>>;

function collect(occurrences: readonly Occurrence[]): Found {
  const found: Found = new Map();
  for (const occurrence of occurrences) {
    const [left, right] = wordsAt(occurrence);
    const rights = found.get(left) ?? new Map<string, Occurrence[]>();
    found.set(left, rights);
    rights.set(right, [...(rights.get(right) ?? []), occurrence]);
  }
  return found;
}

function toSubstitutions(found: Found): readonly Substitution[] {
  return [...found].map(([left, rights]) => ({ left, right: [...rights.keys()][0] ?? '' }));
}

/** Those that contradict each other, change an equal line, or do not make their line equal. */
function findWrong(found: Found, { changed, common }: Aligned): ReadonlySet<Occurrence> {
  const wrong = new Set<Occurrence>();
  const add = (rights: ReadonlyMap<string, readonly Occurrence[]>) => {
    for (const occurrence of [...rights.values()].flat()) wrong.add(occurrence);
  };
  for (const [left, rights] of found) {
    const [right = ''] = rights.keys();
    if (left === '' || rights.size > 1 || substitute([{ left, right }], common) !== common) add(rights);
  }
  if (wrong.size > 0) return wrong;
  const all = toSubstitutions(found);
  const broken = new Set(changed.filter(({ one, other }) => substitute(all, one) !== other));
  for (const rights of found.values()) {
    for (const occurrence of [...rights.values()].flat()) if (broken.has(occurrence.line)) wrong.add(occurrence);
  }
  return wrong;
}

/** Without those that are not needed; undefined if too many are left. */
function prune(all: readonly Substitution[], one: string, other: string, most: number) {
  let left = all;
  for (const each of all) {
    const fewer = left.filter((kept) => kept !== each);
    if (substitute(fewer, one) === other) left = fewer;
  }
  return left.length <= most && substitute(left, one) === other ? left : undefined;
}
