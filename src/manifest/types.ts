// The manifest's content after all checks.

import { pathFromText } from '../git/path.js';

/** The manifest's path, at the repository's top level. */
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

/** One declared side of a pair. */
export interface DeclaredSide {
  /** Exactly as in the manifest; used as the key in reports. */
  readonly text: string;
  /** `~/…`: a place outside the repository; `segments` are below `~`. */
  readonly outside: boolean;
  readonly segments: readonly Segment[];
}

/** Lines that each side keeps for itself. */
export type OwnPart =
  /** The block between two `---` lines at the top. */
  | { readonly kind: 'front_matter' }
  /** The first lines, after the front matter if that is own too. */
  | { readonly kind: 'first_lines'; readonly count: number }
  /** Lines that begin with the prefix, after white space. */
  | { readonly kind: 'lines'; readonly prefix: string }
  /** The lines between two marker lines. */
  | { readonly kind: 'block'; readonly from: string; readonly to: string };

/** How the texts of two sides may differ. */
export interface DeclaredRule {
  /** Literal substitutions: a's words and b's words. */
  readonly with: readonly (readonly [a: string, b: string])[];
  readonly own: readonly OwnPart[];
}

/** What pairs and aliases have in common, beside their sides. */
interface Declaration {
  readonly textRule?: DeclaredRule;
  /** For people: how messages call it, and why it exists. */
  readonly name?: string;
  readonly note?: string;
}

export interface DeclaredPair extends Declaration {
  readonly a: DeclaredSide;
  readonly b: DeclaredSide;
  /** Globs relative to the pair, as written. */
  readonly exclude: readonly string[];
}

/** One side's state in a pinned exception; null for absent. */
export type PinnedState = { readonly mode: string; readonly oid: string } | null;

export interface Exception {
  readonly reason: string;
  /** [side a, side b]; without it the exception accepts any content. */
  readonly at?: readonly [PinnedState, PinnedState];
  /**
   * The digest of the agreed difference: the exception holds while the line difference is that one.
   */
  readonly digest?: string;
}

export interface DeclaredAlias extends Declaration {
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

/**
 * One problem of a manifest. `line` and `column` count from 1; a column is a UTF-16 unit, as in
 * editors.
 */
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
