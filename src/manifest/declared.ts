// What a manifest declares, as source and target, and how two of those places lie to each other.

import type { JSONPath } from 'jsonc-parser';
import { joinPath, type RepoPath } from '../git/path.js';
import type { DeclaredSide, Segment } from './types.js';

/** Something that pairs two places: a declared pair, or an alias of its own. */
export interface Declared {
  readonly a: DeclaredSide;
  readonly b: DeclaredSide;
  readonly at: JSONPath;
  readonly source: DeclaredSide;
  readonly target: DeclaredSide;
  /** True for a path relative to the pair that is kept out of it, by exclude or by an alias that
   * takes its name. */
  readonly leavesOut: (rest: RepoPath) => boolean;
  /** True for a path of side b that a template keeps out. */
  readonly keepsOut: (path: RepoPath) => boolean;
}

/** True if the lower place can only lie below the file at the upper one where a {Name} stands for
 * the file's name. */
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
