// The two ends of a pair as source and copy.

import type { RepoPath } from '../git/path.js';
import type { FilePair } from './types.js';

/** The paths of the source and the copy; one is null if an alias uses its name. */
export type PairEnds =
  | { readonly source: RepoPath; readonly copy: RepoPath | null }
  | { readonly source: null; readonly copy: RepoPath };

export function endsOf(pair: FilePair): PairEnds {
  return { source: pair[pair.rule.source], copy: pair[pair.rule.copy] } as PairEnds;
}
