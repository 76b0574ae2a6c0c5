// What the manifest says, after every rule of its language has been checked.

import { pathFromText } from '../git/path.js';

/** The manifest's place: the repository's top level. */
export const MANIFEST_NAME = '.dos-sync-manifest.json';
export const MANIFEST_PATH = pathFromText(MANIFEST_NAME);

/** Bytes; a larger manifest is not read. */
export const LARGEST_MANIFEST = 16 * 1024 * 1024;

/** One of the two sides of a pair: a is the live side, b the submodule side. */
export type Side = 'a' | 'b';

export type FixDirection = 'live_to_submodule' | 'submodule_to_live';

/** One segment of a declared path: a literal name (as UTF-8 bytes, one char per byte) or a
 * `{Name}`. */
export type Segment = string | { readonly name: string };

/** One side of a pair as declared. */
export interface DeclaredSide {
  /** Exactly as in the manifest; the key of reports. */
  readonly text: string;
  /** `~/…`: a place outside the repository; `segments` are those below `~`. */
  readonly outside: boolean;
  readonly segments: readonly Segment[];
}

export interface DeclaredPair {
  readonly a: DeclaredSide;
  readonly b: DeclaredSide;
  /** Globs relative to the pair, as written. */
  readonly exclude: readonly string[];
}

/** The state of one side that an exception is pinned to; null for absent. */
export type PinnedState = { readonly mode: string; readonly oid: string } | null;

export interface Exception {
  readonly reason: string;
  /** [side a, side b]; without it the exception holds whatever the sides are. */
  readonly at?: readonly [PinnedState, PinnedState];
}

export interface DeclaredAlias {
  readonly a: DeclaredSide;
  readonly b: DeclaredSide;
  readonly exception?: Exception;
}

export interface Manifest {
  readonly pairs: readonly DeclaredPair[];
  readonly aliases: readonly DeclaredAlias[];
  /** Globs on a-side paths, as written. */
  readonly liveOnly: readonly string[];
  /** Globs on b-side paths, as written. */
  readonly submoduleOnly: readonly string[];
  readonly fixDirection: FixDirection;
}

/** One thing that is wrong with a manifest. `line` and `column` count from 1; a column is a UTF-16
 * unit, as in editors. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  /** What is wrong. */
  readonly message: string;
  /** What to write instead. */
  readonly hint?: string;
}

export type ParsedManifest =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly problems: readonly Problem[] };
