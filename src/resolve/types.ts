// What a fix works with: groups of findings, steps, refusals.

import type { RepoPath } from '../git/path.js';
import type { Verdict } from '../judge/types.js';
import type { Side } from '../manifest/types.js';
import type { PathStatus } from '../snapshot/path-status.js';
import type { Component } from './component.js';

/** One file that gets the content of another; `entry` absent deletes it. */
export interface Step {
  readonly path: RepoPath;
  /** Where the content comes from. For a deletion, the file whose deletion is followed. */
  readonly from: RepoPath;
  readonly before: Entry;
  readonly entry: Entry;
  /** The entry's bytes where git's store does not have them yet. */
  readonly content?: Buffer;
  /** Somebody asked for this by name, though what was there is lost but for the backup. */
  readonly discards?: true;
}

export type RefusalReason =
  /** Its staged or unstaged content is nowhere else. */
  | 'edited'
  /** There is nothing on the side that a fix copies from. */
  | 'no-source'
  /** A directory, or something above the path, is in the way. */
  | 'obstacle'
  /** It is below a gitlink, where the index of this repository holds no files. */
  | 'submodule'
  /** It is outside the repository, and the user has not agreed to writing there. */
  | 'outside'
  /** It is outside the repository, and nobody said yes to this list. */
  | 'unasked'
  /** It is outside the repository, where no symlink is made and nothing is deleted. */
  | 'files-alone'
  /** It holds what the source never held: it alone has changed. */
  | 'ahead'
  /** Both have changed. */
  | 'diverged'
  /** History does not tell which one is stale. */
  | 'unknown'
  /** It was deleted, and the source only stands still. */
  | 'deleted'
  /** A merge was asked for, and the two changes conflict. */
  | 'conflict'
  /** A merge was asked for, and git cannot merge such contents. */
  | 'unmergeable'
  /** The source still holds conflict markers. */
  | 'markers'
  /** git ignores it, and does not track it. */
  | 'ignored'
  /** The two were agreed to differ, in another way than they do now. */
  | 'agreed';

export interface Refusal {
  readonly path: RepoPath;
  readonly from: RepoPath;
  readonly reason: RefusalReason;
  /** What it would have become. */
  readonly wanted?: Entry;
}

/** Sources before targets. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly refusals: readonly Refusal[];
}

export type PathStatuses = ReadonlyMap<RepoPath, PathStatus>;

import type { Entry } from '../git/entry.js';

/** Findings that are resolved together, and the pairs around them that have to follow what is
 * written. */
export interface Group {
  readonly component: Component;
  readonly meant: readonly Verdict[];
}

export interface Edge {
  readonly source: RepoPath;
  readonly target: RepoPath;
  readonly verdict: Verdict;
  /** The side that the target is. */
  readonly side: Side;
}
