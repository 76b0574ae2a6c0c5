// Declared sides: the names in them, the paths that they stand for, and whether a path is at or below one.

import type { RepoPath } from '../git/path.js';
import type { DeclaredSide, Segment } from './types.js';

/** What the names of a template stand for in one instance. */
export type Binding = ReadonlyMap<string, string>;

export const NO_BINDING: Binding = new Map();

export function keyOf(pair: { readonly a: DeclaredSide; readonly b: DeclaredSide }): string {
  return `${pair.a.text} -> ${pair.b.text}`;
}

export function namesOf(side: DeclaredSide): readonly string[] {
  return side.segments.flatMap((segment) => (typeof segment === 'string' ? [] : [segment.name]));
}

/** The segments of a side among all places: those outside the repository begin with `~`. */
export function placeOf(side: DeclaredSide): readonly Segment[] {
  return side.outside ? ['~', ...side.segments] : side.segments;
}

/** The path of a side, with `{Name}`s replaced; an outside path keeps its `~/`. */
export function pathOf(side: DeclaredSide, binding: Binding = NO_BINDING): RepoPath {
  const names = placeOf(side).map((segment) => (typeof segment === 'string' ? segment : binding.get(segment.name)));
  return names.join('/') as RepoPath;
}

/**
 * What the side's names stand for if the path is at or below it, and what is left of the path; undefined if it is not.
 * A name that stands twice must stand for the same segment.
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

/** A stable key for a binding. A segment cannot hold a slash. */
export function bindingKey(binding: Binding): string {
  return [...binding]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('/');
}
