// Templates for paths that differ in one or two segments.

import type { RepoPath } from '../git/path.js';

/** The segments of a path; null for an open one. */
export type Pattern = readonly (string | null)[];

export interface Keyed {
  readonly key: string;
  readonly pattern: Pattern;
}

/** The path with one of its first segments open, then with two. */
export function* patternsOf(segments: readonly string[], openable: number): Generator<Keyed> {
  for (let first = 0; first < openable; first += 1) {
    yield patternWithout(segments, first, first);
    for (let second = first + 1; second < openable; second += 1) yield patternWithout(segments, first, second);
  }
}

function patternWithout(segments: readonly string[], first: number, second: number): Keyed {
  const pattern = segments.map((segment, at) => (at === first || at === second ? null : segment));
  // A path has no empty segment, so an empty one can mark the open one.
  return { pattern, key: pattern.map((segment) => segment ?? '').join('/') };
}

export function countOpen(pattern: Pattern): number {
  return pattern.filter((segment) => segment === null).length;
}

/** A segment that is the same in all paths need not be open. */
export function differInAll(pattern: Pattern, paths: readonly (readonly string[])[]): boolean {
  return pattern.every((segment, at) => segment !== null || new Set(paths.map((path) => path[at])).size > 1);
}

export function fits(pattern: Pattern, segments: readonly string[]): boolean {
  return (
    segments.length === pattern.length && pattern.every((segment, at) => segment === null || segment === segments[at])
  );
}

const NAMES = ['{name}', '{part}'];

export function templateOf(pattern: Pattern): RepoPath {
  let next = 0;
  return pattern.map((segment) => segment ?? NAMES[next++] ?? '').join('/') as RepoPath;
}
