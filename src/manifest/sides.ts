// Declared sides: their names, the paths that they match, and whether a path is at or below one.

import { below, type RepoPath } from '../git/path.js';
import type { DeclaredSide, Segment } from './types.js';

/** The values of a template's names in one instance. */
export type Binding = ReadonlyMap<string, string>;

export const NO_BINDING: Binding = new Map();

export function keyOf(pair: { readonly a: DeclaredSide; readonly b: DeclaredSide }): string {
  return `${pair.a.text} -> ${pair.b.text}`;
}

export function namesOf(side: DeclaredSide): readonly string[] {
  return side.segments.flatMap((segment) => (typeof segment === 'string' ? [] : [segment.name]));
}

/** True if only b has names: a is one file (or directory), and every match of b is a copy of it. */
export function isFanOut({ a, b }: { readonly a: DeclaredSide; readonly b: DeclaredSide }): boolean {
  return namesOf(a).length === 0 && namesOf(b).length > 0;
}

export function sameSegment(one: Segment | undefined, other: Segment | undefined): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one?.name === other?.name;
}

/** True if the lower place begins with the upper one; a {Name} never matches a literal segment. */
export function liesBelowAsWritten(lower: readonly Segment[], upper: readonly Segment[]): boolean {
  return lower.length > upper.length && upper.every((segment, at) => sameSegment(segment, lower[at]));
}

/** The segments of a side; an outside path begins with `~`. */
export function placeOf(side: DeclaredSide): readonly Segment[] {
  return side.outside ? ['~', ...side.segments] : side.segments;
}

/** One text for all spellings of a place: `./docs/` and `docs`. */
export function nameOfPlace(side: DeclaredSide): string {
  return placeOf(side)
    .map((segment) => (typeof segment === 'string' ? segment : `{${segment.name}}`))
    .join('/');
}

/** The path of a side with its `{Name}`s replaced; an outside path keeps its `~/`. */
export function pathOf(side: DeclaredSide, binding: Binding = NO_BINDING): RepoPath {
  const names = placeOf(side).map((segment) => (typeof segment === 'string' ? segment : binding.get(segment.name)));
  return names.join('/') as RepoPath;
}

/** True if a match of a fan-out is the source itself, or is inside or above it. */
export function isOwnSource(pair: { readonly a: DeclaredSide; readonly b: DeclaredSide }, binding: Binding): boolean {
  if (!isFanOut(pair)) return false;
  const [source, copy] = [pathOf(pair.a), pathOf(pair.b, binding)];
  return below(source, copy) !== undefined || below(copy, source) !== undefined;
}

/**
 * The values of the side's names if the path is at or below it, and the rest of the path; undefined
 * if it is not. A name that occurs twice must match the same segment.
 */
export function matchSide(side: DeclaredSide, path: RepoPath): { binding: Binding; rest: RepoPath } | undefined {
  const segments = placeOf(side);
  const parts = path.split('/');
  const binding = new Map<string, string>();
  for (const [depth, segment] of segments.entries()) {
    const part = parts[depth];
    if (part === undefined) return undefined;
    if (typeof segment === 'string' ? segment !== part : (binding.get(segment.name) ?? part) !== part) return undefined;
    if (typeof segment !== 'string') binding.set(segment.name, part);
  }
  return { binding, rest: parts.slice(segments.length).join('/') as RepoPath };
}

/** True if no name has two values. */
export function agree(one: Binding, other: Binding): boolean {
  return [...one].every(([name, value]) => (other.get(name) ?? value) === value);
}

/** A unique key for a binding: a segment cannot hold a slash. */
export function bindingKey(binding: Binding): string {
  return [...binding]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('/');
}
