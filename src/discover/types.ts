// The types of discovery's input and proposals.

import type { Oid } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';

/**
 * Content and executable bit as one number: equal for equal files. A collision would be caught by
 * the check.
 */
export type StateNumber = number;

/** A file that can be a copy of another. */
export interface Candidate {
  readonly path: RepoPath;
  readonly segments: readonly string[];
  readonly oid: Oid;
  readonly state: StateNumber;
  /** Bytes; infinite if not measured. */
  readonly size: number;
}

/** Two files that are or were equal. */
export type Twins = readonly [Candidate, Candidate];

/** Both sides as in the manifest, and the excludes. */
export interface ProposedPair {
  readonly a: string;
  readonly b: string;
  readonly exclude: readonly string[];
}

export type Kind = 'fan-out' | 'directories' | 'files';

/** Pairs that could be declared together, before each file is examined. */
export interface Draft {
  readonly kind: Kind;
  /** The source of each pair is its a. Paths excluded here match, but are not meant. */
  readonly pairs: readonly ProposedPair[];
  /** Same content, different names: paths of the two sides. */
  readonly aliases: readonly (readonly [string, string])[];
  readonly basis: SourceBasis;
  /** The file pairs that the draft explains: if all are linked already, it is redundant. */
  readonly mapped: readonly (readonly [RepoPath, RepoPath])[];
  /** The same in smaller pieces, in case the whole cannot be declared. */
  readonly parts: () => readonly Draft[];
}

/** Why this side is the source. */
export type SourceBasis = 'declared' | 'place' | 'history' | 'depth' | 'name';

/** One set of undeclared copies, and its declaration. */
export interface Proposal {
  readonly kind: Kind;
  readonly basis: SourceBasis;
  readonly pairs: readonly ProposedPair[];
  readonly aliases: readonly (readonly [string, string])[];
  /** One-sided content, as full paths. */
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
  /** The number of equal file pairs. */
  readonly identical: number;
  /** Paths that were equal once and are not now. */
  readonly drifted: readonly (readonly [string, string])[];
  /** Same name, never equal: excluded. */
  readonly different: readonly (readonly [string, string])[];
  /** Equal once, many edited separately since: excluded. */
  readonly apart: readonly (readonly [string, string])[];
  /** The number of commits in which copies took the same edit. */
  readonly kept: number;
  readonly score: number;
  readonly likely: boolean;
}

/** The lowest rating that is shown by default. */
export const LIKELY = 2;
