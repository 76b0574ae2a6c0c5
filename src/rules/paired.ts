// Which of some paths are in a pair, and their partners.

import type { RepoPath } from '../git/path.js';
import type { FilePair, Membership, Rules } from './types.js';

/** Pure. The paths with a pair; also a partner that is missing, unless it may be. */
export function findPaired(rules: Rules, paths: readonly RepoPath[]): ReadonlySet<RepoPath> {
  const paired = new Set<RepoPath>();
  for (const path of paths) {
    for (const membership of rules.lookUp(path)) {
      for (const end of endsOf(rules, path, membership)) paired.add(end);
    }
  }
  return paired;
}

function endsOf(rules: Rules, path: RepoPath, membership: Membership): readonly RepoPath[] {
  const { rule, side } = membership;
  // A fan-out's source has as many pairs as it has copies.
  if (rule.shape === 'fanout' && side === 'a') return [path];
  const pair = rules.pairOf(membership);
  if (!pair) return [];
  return rules.waivesMissing(side, path) ? [path] : sidesOf(pair);
}

function sidesOf({ a, b }: FilePair): readonly RepoPath[] {
  return [a, b].filter((path) => path !== null);
}
