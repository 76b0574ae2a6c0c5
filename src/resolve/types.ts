// The types of a fix: groups, steps, refusals.

import type { CarryRefusal } from '../differences/text-rule.js';
import type { Entry } from '../git/entry.js';
import type { RepoPath } from '../git/path.js';
import type { Verdict } from '../judge/types.js';
import type { Side } from '../manifest/types.js';
import type { PathStatus } from '../snapshot/path-status.js';
import type { Component } from './component.js';

/** One file that gets another file's content; an absent `entry` deletes it. */
export interface Step {
  readonly path: RepoPath;
  /** The file with the content. For a deletion, the file whose deletion is followed. */
  readonly from: RepoPath;
  readonly before: Entry;
  readonly entry: Entry;
  /** The entry's bytes, if git's store does not have them yet. */
  readonly content?: Buffer;
  /** What it has of the source, in the form in which a pair with a rule compares it. */
  readonly compared?: Entry;
  /** The user asked for this by name; the old content is then only in the backup. */
  readonly discards?: true;
}

export type RefusalReason =
  /** Its staged or unstaged content exists nowhere else. */
  | 'edited'
  /** The source side is absent. */
  | 'no-source'
  /** A directory at the path, or something above it, is in the way. */
  | 'obstacle'
  /** Another tracked file has its name on this disk, which ignores case. */
  | 'same-name'
  /** It is below a gitlink, where this repository's index has no files. */
  | 'submodule'
  /** It is outside the repository, without consent to write there. */
  | 'outside'
  /** It is outside the repository, and the user has not said yes to this list. */
  | 'unasked'
  /** It is outside the repository, where only files are written: no symlinks, no deletions. */
  | 'files-alone'
  /** It has content that the source never had: only it has changed. */
  | 'ahead'
  /** Both have changed. */
  | 'diverged'
  /** History does not show which one is stale. */
  | 'unknown'
  /** It was deleted, and the source has not changed. */
  | 'deleted'
  /** In a merge, the two changes conflict. */
  | 'conflict'
  /** In a merge, git cannot merge the contents. */
  | 'unmergeable'
  /** The source still has conflict markers. */
  | 'markers'
  /** git ignores it, and it is untracked. */
  | 'ignored'
  /** An exception accepted a difference, but another one than the present. */
  | 'agreed'
  /** The pair's rule does not apply: a binary or large file, a symlink, a submodule. */
  | 'unfit'
  | CarryRefusal;

export interface Refusal {
  readonly path: RepoPath;
  readonly from: RepoPath;
  readonly reason: RefusalReason;
  /** The entry that it would have got. */
  readonly wanted?: Entry;
}

/** Sources come before their copies. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly refusals: readonly Refusal[];
}

export type PathStatuses = ReadonlyMap<RepoPath, PathStatus>;

/** Findings that are resolved together, and the pairs around them that have to follow. */
export interface Group {
  readonly component: Component;
  readonly meant: readonly Verdict[];
}

export interface Edge {
  readonly source: RepoPath;
  readonly target: RepoPath;
  readonly verdict: Verdict;
  /** The target's side. */
  readonly side: Side;
}
