// The two ends of a pair as source and copy.

import type { RepoPath } from '../git/path.js';
import type { FilePair } from './types.js';

/** The paths of the source and the copy; null if an alias uses the name. */
export function endsOf(pair: FilePair): { readonly source: RepoPath | null; readonly copy: RepoPath | null } {
  return { source: pair[pair.rule.source], copy: pair[pair.rule.copy] };
}
