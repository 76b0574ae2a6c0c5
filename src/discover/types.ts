// What discovery looks at, and what it proposes.

import type { Oid } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';

/** A file that can be a copy of another. */
export interface Candidate {
  readonly path: RepoPath;
  readonly segments: readonly string[];
  readonly oid: Oid;
  /** Bytes; infinite where it has not been measured. */
  readonly size: number;
}

/** Two files that hold the same, or once did. */
export type Twins = readonly [Candidate, Candidate];

/** One set of copies that no pair declares, and what the manifest would say of it. */
export interface Proposal {
  readonly kind: 'fan-out' | 'directories' | 'files';
  /** Sides as the manifest writes them. */
  readonly pairs: readonly { readonly a: string; readonly b: string }[];
  /** Names below both sides that never were equal, relative to the pair. */
  readonly exclude: readonly string[];
  /** Other name, same content: paths of the two sides. */
  readonly aliases: readonly (readonly [string, string])[];
  /** What stands on one side alone: whole paths. */
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
  /** Pairs of files that hold the same. */
  readonly identical: number;
  /** Paths that were equal once and are not now. */
  readonly drifted: readonly (readonly [string, string])[];
  /** In how many commits the copies moved together. */
  readonly kept: number;
  readonly score: number;
  readonly likely: boolean;
}

/** From where on a proposal is shown without being asked for. */
export const LIKELY = 2;
