// Pairs whose sides have different git filters cannot be compared, because the blobs are the
// filtered content.

import { readFilters } from '../git/attributes.js';
import { type RepoPath, textOf } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import type { Git } from '../git/run.js';
import { Fault } from '../messages/fault.js';
import { sayFilters } from '../messages/writing.js';
import { partnerIn } from './partner.js';
import type { Partner, Snapshot } from './types.js';

/** Two paths; one is, or will be, the copy of the other. */
export type Ends = readonly [RepoPath, RepoPath];

/**
 * Other conversions do not matter here. `attributes`: from the index or from disk; `homes`: which
 * paths are in submodules, whose attributes on disk count.
 * @throws Fault `git` for two paths with different filters.
 */
export async function requireSameFilters(
  { git }: Pick<Repository, 'git'>,
  ends: readonly Ends[],
  attributes: 'index' | 'worktree',
  homes?: Pick<Snapshot, 'readHome'>,
): Promise<void> {
  const places = new Map<RepoPath, Partner>();
  for (const path of ends.flat()) places.set(path, await partnerIn(homes, path, { git, path }));
  const filters = new Map<Git, ReadonlyMap<RepoPath, string>>();
  for (const repository of new Set([...places.values()].map((place) => place.git))) {
    const paths = [...places.values()].filter((place) => place.git === repository).map(({ path }) => path);
    filters.set(repository, await readFilters(repository, paths, repository === git ? attributes : 'worktree'));
  }
  const filterOf = (path: RepoPath) => {
    const place = places.get(path);
    return place && filters.get(place.git)?.get(place.path);
  };
  for (const [one, other] of ends) {
    if (filterOf(one) === filterOf(other)) continue;
    // safeguard other-filters (R16): sides with other filters are not copied (e2e/attacks: R16)
    throw new Fault('git', sayFilters(textOf(one), textOf(other)), 'give both the same filter, or neither');
  }
}
