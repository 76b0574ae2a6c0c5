// Pairs whose sides git filters differently: what a filter makes of a blob is not the blob, so that they cannot be compared.

import { readFilters } from '../git/attributes.js';
import { type RepoPath, textOf } from '../git/path.js';
import type { Git } from '../git/run.js';
import { Fault } from '../messages/fault.js';
import { sayFilters } from '../messages/writing.js';

/** Two paths of which one is, or would be, the copy of the other. */
export type Ends = readonly [RepoPath, RepoPath];

/**
 * Line ends and encodings are git's business; a `filter` is not. `attributes`: whether those in the index count or those on
 * disk. @throws Fault `git` for two paths with different filters.
 */
export async function requireSameFilters(
  git: Git,
  ends: readonly Ends[],
  attributes: 'index' | 'worktree',
): Promise<void> {
  const filters = await readFilters(git, [...new Set(ends.flat())], attributes);
  for (const [one, other] of ends) {
    if (filters.get(one) === filters.get(other)) continue;
    throw new Fault('git', sayFilters(textOf(one), textOf(other)), 'give both the same filter, or neither');
  }
}
