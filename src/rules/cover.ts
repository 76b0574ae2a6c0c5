// The git pathspecs that match every path whose change can touch a pair; they follow from the rules
// alone.

import type { DeclaredSide, Segment } from '../manifest/types.js';
import type { Rule } from './types.js';

/** git tries each pathspec on each change; past this many, whole directories are named in place of
 * what is in them. */
const MOST_PATHSPECS = 200;

const ANY = '*';

/** A place in the tree of all sides. What is covered is covered with everything below it. */
interface Place {
  readonly below: Map<string, Place>;
  covered: boolean;
}

/**
 * Pathspecs in printable ASCII, each with its magic: every path at or below a side, and exactly the
 * paths above one, where a link or a gitlink can come to stand. Undefined if nothing short of
 * everything covers them.
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

/** The tree of the sides, cut at that depth; undefined if it grows too large. */
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

// What stands for any segment, and what a line or a shell might not carry as it is, becomes a star:
// rather too much.
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

// A pathspec without a special character would match everything below it as well.
function exactly(path: readonly string[]): string {
  const segments = path.map(literally);
  const last = segments.pop() ?? '';
  return `:(top,glob)${[...segments, /^[\\*]/.test(last) ? last : `\\${last}`].join('/')}`;
}

function literally(segment: string): string {
  return segment === ANY ? ANY : segment.replace(/[[\]?*\\]/g, '\\$&');
}
