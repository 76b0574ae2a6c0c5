// The declarations of a manifest as source and target, and how two places overlap.

import type { JSONPath } from 'jsonc-parser';
import { joinPath, type RepoPath } from '../git/path.js';
import type { DeclaredSide, Segment } from './types.js';

/** A declared pair, or an alias that is a pair by itself. */
export interface Declared {
  readonly a: DeclaredSide;
  readonly b: DeclaredSide;
  readonly at: JSONPath;
  readonly source: DeclaredSide;
  readonly target: DeclaredSide;
  /**
   * True for a path relative to the pair that is left out, by exclude or by an alias that uses its
   * name.
   */
  readonly leavesOut: (rest: RepoPath) => boolean;
  /** True for a path of side b that a template leaves out. */
  readonly keepsOut: (path: RepoPath) => boolean;
}

/**
 * True if the lower place is below the file at the upper one only when a {Name} means the file's
 * name.
 */
export function standsForFile(lower: readonly Segment[], upper: readonly Segment[]): boolean {
  const there = lower[upper.length - 1];
  return lower.length > upper.length && typeof upper.at(-1) === 'string' && typeof there === 'object';
}

export function restBelow(lower: readonly Segment[], upper: readonly Segment[]): RepoPath {
  const rest = lower
    .slice(upper.length)
    .map((segment) => (typeof segment === 'string' ? segment : `{${segment.name}}`));
  return joinPath('' as RepoPath, rest.join('/') as RepoPath);
}
