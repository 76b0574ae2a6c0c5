// When two file pairs from different readings are the same.

import type { RepoPath } from '../git/path.js';
import type { FilePair, Rules } from './types.js';

/** A key for the pair: its rule and its two paths. */
export function identityOf({ rule, a, b }: FilePair): string {
  return `${rule.id}\0${a ?? ''}\0${b ?? ''}`;
}

/** The paths of the pair that are not null. */
export function pathsOf(pair: FilePair): readonly RepoPath[] {
  return [pair.a, pair.b].filter((path) => path !== null);
}

/** True if the path is in a pair or above one. */
export function touchesRules(rules: Rules, path: RepoPath): boolean {
  return rules.lookUp(path).length > 0 || rules.below(path).length > 0;
}
