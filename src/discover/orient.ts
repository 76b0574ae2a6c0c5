// Which of two copies is the live side: as the manifest has it so far, else the one nearer to the top.

import type { RepoPath } from '../git/path.js';

interface Known {
  readonly a: ReadonlySet<string>;
  readonly b: ReadonlySet<string>;
}

export function orient(one: RepoPath, other: RepoPath, known: Known): readonly [RepoPath, RepoPath] {
  const [first, second] = [firstOf(one), firstOf(other)];
  if (first !== second) {
    if (known.a.has(first) && known.b.has(second)) return [one, other];
    if (known.a.has(second) && known.b.has(first)) return [other, one];
  }
  const [depth, otherDepth] = [one.split('/').length, other.split('/').length];
  if (depth !== otherDepth) return depth < otherDepth ? [one, other] : [other, one];
  return one < other ? [one, other] : [other, one];
}

function firstOf(path: RepoPath): string {
  return path.split('/')[0] ?? '';
}
