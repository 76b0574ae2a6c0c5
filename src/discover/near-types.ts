// The types of near-copies.

import type { Oid } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';
import type { Mode } from '../git/records.js';
import type { DeclaredRule } from '../manifest/types.js';
import type { SourceBasis } from './types.js';

/** A text in HEAD, with the hashes of its lines in order of size; empty lines do not count. */
export interface NearText {
  readonly path: RepoPath;
  readonly mode: Mode;
  readonly oid: Oid;
  readonly lines: Int32Array;
}

/** Two texts with most of their lines in common. */
export interface NearPair {
  readonly one: NearText;
  readonly other: NearText;
  /** The share of the lines that both have, up to 1. */
  readonly alike: number;
}

/** What the past says of a rule or of an agreed difference. */
export interface NearRecord {
  /** Past states of the two files, the present one included, and in how many it held. */
  readonly states: number;
  readonly held: number;
  /** Own lines that changed on one side alone while it held. */
  readonly hidden: number;
}

/** A near-copy that no pair declares, and its declaration. */
export interface NearCopy extends NearRecord {
  readonly a: string;
  readonly b: string;
  readonly basis: SourceBasis;
  readonly alike: number;
  /** The number of commits in which both took the same edit. */
  readonly kept: number;
  readonly likely: boolean;
  /** The rule that makes them equal; without one, the difference is agreed as it is. */
  readonly rule?: DeclaredRule;
  /** Lines that only one side has now. */
  readonly differing: number;
  /** `<mode> <object id>` of both, and the digest of their difference. */
  readonly at: readonly [string, string];
  readonly digest: string;
}

/** What was not looked at, because there is too much of it. */
export interface NearLeftOut {
  readonly files: number;
  readonly pairs: number;
}
