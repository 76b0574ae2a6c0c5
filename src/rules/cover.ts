// The git pathspecs that match every path whose change can touch a pair; they depend only on the
// rules.

import type { DeclaredSide, Segment } from '../manifest/types.js';
import type { Rule } from './types.js';

/**
 * git tries each pathspec on each change; with more than this, whole directories replace their
 * content.
 */
const MOST_PATHSPECS = 200;

const ANY = '*';

/** A place in the tree of all sides. Covering a place covers everything below it. */
interface Place {
  readonly below: Map<string, Place>;
  covered: boolean;
}

/**
 * Pathspecs in printable ASCII with magic: all paths at or below a side, and exactly those above
 * one, which can become a link or gitlink. Undefined if only a match of everything would do.
 */
export function buildCover(rules: readonly Rule[]): readonly string[] | undefined {
  const sides = rules.flatMap(({ a, b }) => [a, b]).filter((side) => !side.outside);
  const deepest = sides.reduce((most, { segments }) => Math.max(most, segments.length), 0);
  let fitting: readonly string[] | undefined = deepest === 0 ? [] : undefined;
  for (let depth = 1; depth <= deepest; depth += 1) {
    const tree = plantSides(sides, depth);
    const pathspecs = tree && pathspecsBelow(tree, []);
    if (!pathspecs || pathspecs.length > MOST_PATHSPECS) break;
    fitting = pathspecs;
  }
  return fitting;
}

/** The tree of the sides, cut at that depth; undefined if it gets too large. */
function plantSides(sides: readonly DeclaredSide[], depth: number): Place | undefined {
  const root: Place = { below: new Map(), covered: false };
  let places = 0;
  for (const { segments } of sides) {
    let place = root;
    for (const segment of segments.slice(0, depth)) {
      const key = keyOf(segment);
      const next: Place = place.below.get(key) ?? { below: new Map(), covered: false };
      if (!place.below.has(key)) places += 1;
      place.below.set(key, next);
      place = next;
    }
    place.covered = true;
    if (places > MOST_PATHSPECS) return undefined;
  }
  return root;
}

// A {Name}, and a character that a line or a shell might not carry, becomes a star: it may match
// too much.
function keyOf(segment: Segment): string {
  return typeof segment === 'string' && /^[\x20-\x7e]+$/.test(segment) ? segment : ANY;
}

function pathspecsBelow(place: Place, above: readonly string[]): string[] {
  return [...place.below].flatMap(([segment, next]) => {
    const path = [...above, segment];
    return next.covered ? atAndBelow(path) : [exactly(path), ...pathspecsBelow(next, path)];
  });
}

function atAndBelow(path: readonly string[]): string[] {
  if (!path.includes(ANY)) return [`:(top,literal)${path.join('/')}`];
  const glob = path.map(literally).join('/');
  return [`:(top,glob)${glob}`, `:(top,glob)${glob}/**`];
}

// A pathspec without a special character would also match everything below it.
function exactly(path: readonly string[]): string {
  const segments = path.map(literally);
  const last = segments.pop() ?? '';
  return `:(top,glob)${[...segments, /^[\\*]/.test(last) ? last : `\\${last}`].join('/')}`;
}

function literally(segment: string): string {
  return segment === ANY ? ANY : segment.replace(/[[\]?*\\]/g, '\\$&');
}
