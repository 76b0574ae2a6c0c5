// What discovery looks at, and what it proposes.

import type { Oid } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';

/** Content and executable bit in one number: equal for equal files, and for others by an accident
 * that a check would see. */
export type StateNumber = number;

/** A file that can be a copy of another. */
export interface Candidate {
  readonly path: RepoPath;
  readonly segments: readonly string[];
  readonly oid: Oid;
  readonly state: StateNumber;
  /** Bytes; infinite where it has not been measured. */
  readonly size: number;
}

/** Two files that hold the same, or once did. */
export type Twins = readonly [Candidate, Candidate];

/** Sides as the manifest writes them, and what is excluded. */
export interface ProposedPair {
  readonly a: string;
  readonly b: string;
  readonly exclude: readonly string[];
}

export type Kind = 'fan-out' | 'directories' | 'files';

/** Pairs that could be declared together, before anything is known of each file. */
export interface Draft {
  readonly kind: Kind;
  /** The source of each pair is its a. What is excluded already is not meant, though it matches. */
  readonly pairs: readonly ProposedPair[];
  /** Other name, same content: paths of the two sides. */
  readonly aliases: readonly (readonly [string, string])[];
  readonly basis: SourceBasis;
  /** Pairs of files that it is about: where all of them are known, there is nothing to propose. */
  readonly mapped: readonly (readonly [RepoPath, RepoPath])[];
  /** The same in smaller pieces, for where the whole cannot be declared. */
  readonly parts: () => readonly Draft[];
}

/** Why this side is the source. */
export type SourceBasis = 'declared' | 'place' | 'history' | 'depth' | 'name';

/** One set of copies that no pair declares, and what the manifest would say of it. */
export interface Proposal {
  readonly kind: Kind;
  readonly basis: SourceBasis;
  readonly pairs: readonly ProposedPair[];
  readonly aliases: readonly (readonly [string, string])[];
  /** What stands on one side alone: whole paths. */
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
  /** Pairs of files that hold the same. */
  readonly identical: number;
  /** Paths that were equal once and are not now. */
  readonly drifted: readonly (readonly [string, string])[];
  /** Of the same name and never equal: excluded. */
  readonly different: readonly (readonly [string, string])[];
  /** Equal once, and many by now with a text of their own: excluded. */
  readonly apart: readonly (readonly [string, string])[];
  /** In how many commits copies took the same edit. */
  readonly kept: number;
  readonly score: number;
  readonly likely: boolean;
}

/** From where on a proposal is shown without being asked for. */
export const LIKELY = 2;
