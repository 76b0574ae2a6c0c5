// Equal files vote for directories that could be a pair: their paths, cut at each common step.

import { below, type RepoPath } from '../git/path.js';
import type { Candidate, Twins } from './types.js';

/** Two directories, and the files of the same name that vote for them. */
export interface Ballot {
  readonly a: RepoPath;
  readonly b: RepoPath;
  votes: number;
  readonly children: Ballot[];
}

export class Votes {
  readonly #ballots = new Map<string, Ballot>();
  /** Those that are inside no other. */
  readonly outermost: Ballot[] = [];

  add(twins: Twins): void {
    let outer: Ballot | undefined;
    for (const [a, b] of cutsOf(twins)) {
      const ballot = this.#ballotFor(a, b, outer);
      ballot.votes += 1;
      outer = ballot;
    }
  }

  #ballotFor(a: RepoPath, b: RepoPath, outer: Ballot | undefined): Ballot {
    const key = `${a}\0${b}`;
    const known = this.#ballots.get(key);
    if (known) return known;
    const ballot: Ballot = { a, b, votes: 0, children: [] };
    this.#ballots.set(key, ballot);
    (outer?.children ?? this.outermost).push(ballot);
    return ballot;
  }
}

/** The two directories at every cut, outermost first; without the top level, and never nested. */
function* cutsOf([first, second]: Twins): Generator<readonly [RepoPath, RepoPath]> {
  const [one, other] = first.path < second.path ? [first, second] : [second, first];
  const suffix = commonSuffix(one, other);
  for (let cut = suffix; cut >= 1; cut -= 1) {
    const [a, b] = [rootOf(one, cut), rootOf(other, cut)];
    if (a === '' || b === '' || below(a, b) !== undefined || below(b, a) !== undefined) continue;
    yield a < b ? [a, b] : [b, a];
  }
}

function rootOf({ segments }: Candidate, cut: number): RepoPath {
  return segments.slice(0, segments.length - cut).join('/') as RepoPath;
}

function commonSuffix(one: Candidate, other: Candidate): number {
  let length = 0;
  const [a, b] = [one.segments, other.segments];
  while (length < Math.min(a.length, b.length) && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  return length;
}
