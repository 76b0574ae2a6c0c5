// What history tells about a pair that differs: the vocabulary.

import type { Oid } from '../git/oid.js';
import type { Side } from '../manifest/types.js';

/** Where in history something happened: a commit, or what is not committed yet. */
export type Happening =
  | {
      readonly kind: 'commit';
      readonly oid: Oid;
      readonly author: string /** Seconds since 1970. */;
      readonly time: number;
    }
  | { readonly kind: 'uncommitted' };

/** How history tells that one side is behind. */
export type Basis =
  /** Only the other side has moved since the two were equal. */
  | 'moved'
  /** The other side was deleted. */
  | 'deleted'
  /** It was never copied. */
  | 'never-copied'
  /** It holds what the other side held since they were equal. */
  | 'partial-sync'
  /** Its change is in the other side already: git's merge of the two is the other side. */
  | 'contained'
  /** It holds what the other side held on a branch that was merged. */
  | 'merged-branch'
  /** It holds what the other side held once, though the two never were equal. */
  | 'earlier-version';

/** What both sides held when they were last equal, or the newest blob that both have held. */
export interface Base {
  readonly kind: 'file' | 'link' | 'gitlink';
  readonly oid: Oid;
}

interface StaleFacts {
  readonly base?: Base;
  /** The executable bit that both had last, where they differ in it. */
  readonly executable?: boolean;
  /** What brought the two out of step; missing if nothing shows it. */
  readonly since?: Happening;
  /** The oldest change of each side after that. */
  readonly moves: { readonly [Of in Side]?: Happening };
  /** How many commits were read where the walk ended at its bound before everything was known. */
  readonly bound?: number;
  /** True if it ended where a submodule moved that one side is in. */
  readonly cut?: boolean;
  /** True if a shallow clone ended before everything was known. */
  readonly shallow?: boolean;
  /** Whether that side is known to have held this content since the base, or ever where there is
   * none. */
  readonly held?: (side: Side, entry: Entry) => boolean;
}

export type Provenance = StaleFacts &
  (
    | {
        readonly verdict: 'behind';
        readonly stale: Side;
        readonly basis: Basis;
        /** True if overwriting the stale side loses nothing that the other side never held. */
        readonly lossless: boolean;
      }
    /** `clean`: whether git can merge the two over the base; missing if that could not be tried. */
    | { readonly verdict: 'diverged'; readonly clean?: boolean }
    /** `smaller`: the smaller file; a guess and no more. Missing if they have the same size. */
    | { readonly verdict: 'unknown'; readonly smaller?: Side }
  );

/** By the identity of the pair. */
export type Provenances = ReadonlyMap<string, Provenance>;

import type { Entry } from '../git/entry.js';

/** True if a fix that copies onto this side may be carried out unasked. */
export function isSafeToReplace(provenance: Provenance | undefined, target: Side): boolean {
  return provenance?.verdict === 'behind' && provenance.stale === target && provenance.lossless;
}
