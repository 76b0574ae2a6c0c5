// The two ends of a pair, as a fix sees them.

import type { RepoPath } from '../git/path.js';
import type { FilePair } from './types.js';

/** The paths that a fix copies from and to; null where an alias has taken the name. */
export function endsOf(pair: FilePair): { readonly source: RepoPath | null; readonly copy: RepoPath | null } {
  return { source: pair[pair.rule.source], copy: pair[pair.rule.copy] };
}
