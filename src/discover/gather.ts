// Gathers pairs of one shape into a template: `skills/one -> packs/one/src`, `skills/two ->
// packs/two/src`, … become `skills/{Name} -> …`.

import { pathFromText } from '../git/path.js';
import { isAccepted } from './accepted.js';
import type { CopyTree } from './tree.js';
import type { Draft, ProposedPair } from './types.js';

const FEWEST = 3;
/** If more names than this factor exist on both sides, a template would cover too much. */
const MOST_LIVE = 1.5;

interface Shape {
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly drafts: Set<Draft>;
}

/** Puts each one-pair draft into the shape that most of them have; other drafts stay unchanged. */
export function gatherNamed(tree: CopyTree, given: readonly Draft[]): readonly Draft[] {
  const drafts = splitAlike(given);
  const shapes = new Map<string, Shape>();
  for (const draft of drafts) for (const [key, shape] of shapesOf(draft)) addTo(shapes, key, shape, draft);
  const ranked = [...shapes.values()].sort((one, other) => other.drafts.size - one.drafts.size);
  const gathered = new Set<Draft>();
  const named: Draft[] = [];
  for (const { a, b, drafts: some } of ranked) {
    const fresh = [...some].filter((draft) => !gathered.has(draft));
    const [first] = fresh;
    if (!first || fresh.length < FEWEST) continue;
    for (const draft of fresh) gathered.add(draft);
    const pair = { a: a.join('/'), b: b.join('/'), exclude: [] };
    const isTemplate = isAccepted(pair.a, pair.b) && countLive(tree, a, b, fresh) <= MOST_LIVE * fresh.length;
    named.push(merge(first, isTemplate ? [pair] : fresh.flatMap(({ pairs }) => pairs), fresh));
  }
  return [...named, ...drafts.filter((draft) => !gathered.has(draft))];
}

/**
 * Several trees with the same places for their copies, `x -> packs/x/src` and `x -> plugins/x`:
 * each of these places has a shape of its own.
 */
function splitAlike(drafts: readonly Draft[]): readonly Draft[] {
  const layouts = new Map<string, Set<Draft>>();
  for (const draft of drafts) {
    for (const layout of layoutsOf(draft)) layouts.set(layout, (layouts.get(layout) ?? new Set()).add(draft));
  }
  const alike = new Set([...layouts.values()].flatMap((some) => (some.size < FEWEST ? [] : [...some])));
  return drafts.flatMap((draft) => (alike.has(draft) ? draft.parts() : [draft]));
}

/** All places of a draft, for each segment that they have in common with that one left open. */
function layoutsOf({ kind, pairs }: Draft): readonly string[] {
  const sides = pairs.flatMap(({ a, b }) => [a.split('/'), b.split('/')]);
  if (kind !== 'directories' || pairs.length < 2 || sides.flat().some((segment) => segment.includes('{'))) return [];
  const common = (sides[0] ?? []).filter((name) => sides.every((segments) => segments.includes(name)));
  const opened = (segments: readonly string[], name: string) =>
    segments.map((segment) => (segment === name ? NAME : segment)).join('/');
  return common.map((name) => sides.map((segments) => opened(segments, name)).join(' '));
}

function merge(first: Draft, pairs: readonly ProposedPair[], drafts: readonly Draft[]): Draft {
  const aliases = drafts.flatMap((draft) => draft.aliases);
  return { ...first, pairs, aliases, mapped: drafts.flatMap(({ mapped }) => mapped), parts: () => drafts };
}

function addTo(shapes: Map<string, Shape>, key: string, shape: Omit<Shape, 'drafts'>, draft: Draft): void {
  const known = shapes.get(key) ?? { ...shape, drafts: new Set() };
  known.drafts.add(draft);
  shapes.set(key, known);
}

const NAME = '{Name}';

/** Each segment that both sides have in common, left open on both. */
function* shapesOf({ kind, pairs }: Draft): Generator<readonly [string, Omit<Shape, 'drafts'>]> {
  const [pair, another] = pairs;
  if (kind === 'fan-out' || !pair || another || `${pair.a}${pair.b}`.includes('{')) return;
  const [a, b] = [pair.a.split('/'), pair.b.split('/')];
  for (const [at, segment] of a.entries()) {
    for (const [other, same] of b.entries()) {
      if (segment !== same) continue;
      const shape = { a: a.with(at, NAME), b: b.with(other, NAME) };
      yield [`${kind} ${shape.a.join('/')} ${shape.b.join('/')}`, shape];
    }
  }
}

/** The number of names that exist on both sides. */
function countLive(tree: CopyTree, a: readonly string[], b: readonly string[], drafts: readonly Draft[]): number {
  const above = (side: readonly string[]) => side.slice(0, side.indexOf(NAME)).join('/');
  const names = tree.childrenOf(pathFromText(above(a)));
  const put = (side: readonly string[], name: string) =>
    tree.has(pathFromText(side.map((segment) => (segment === NAME ? name : segment)).join('/')));
  return Math.max(drafts.length, names.filter((name) => put(a, name) && put(b, name)).length);
}
