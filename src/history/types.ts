// The types of a pair's history.

import type { Entry } from '../git/entry.js';
import type { Oid } from '../git/oid.js';
import type { Side } from '../manifest/types.js';

/** When something happened: a commit, or an uncommitted change. */
export type Happening =
  | {
      readonly kind: 'commit';
      readonly oid: Oid;
      readonly author: string /** Seconds since 1970. */;
      readonly time: number;
    }
  | { readonly kind: 'uncommitted' };

/** Why history says that one side is stale. */
export type Basis =
  /** Only the other side has changed since the two were equal. */
  | 'moved'
  /** The other side was deleted. */
  | 'deleted'
  /** The stale side was never created. */
  | 'never-copied'
  /** The stale side has an earlier content of the other side, from after they were equal. */
  | 'partial-sync'
  /** The other side already contains its change: git's merge of the two equals the other side. */
  | 'contained'
  /** The stale side has the other side's content from a merged branch. */
  | 'merged-branch'
  /** Only the other side has changed since the difference was agreed. */
  | 'agreed'
  /** The stale side has an earlier content of the other side, though the two were never equal. */
  | 'earlier-version';

/** The content of both sides when they were last equal, or the newest blob that both have had. */
export interface Base {
  readonly kind: 'file' | 'link' | 'gitlink';
  readonly oid: Oid;
}

interface StaleFacts {
  readonly base?: Base;
  /** The newest earlier blobs with the difference to which an exception agrees, if known. */
  readonly agreed?: { readonly [Of in Side]: Oid };
  /** The last common executable bit, if they differ in it. */
  readonly executable?: boolean;
  /** The change that broke the pair; missing if unknown. */
  readonly since?: Happening;
  /** The oldest change of each side after that. */
  readonly moves: { readonly [Of in Side]?: Happening };
  /** The number of commits read, if the walk reached its limit before everything was known. */
  readonly bound?: number;
  /** True if the walk ended at a moved gitlink above one side. */
  readonly cut?: boolean;
  /** True if a shallow clone ended before everything was known. */
  readonly shallow?: boolean;
  /** True if that side had this content since the base, or at any time without a base. */
  readonly held?: (side: Side, entry: Entry) => boolean;
}

export type Provenance = StaleFacts &
  (
    | {
        readonly verdict: 'behind';
        readonly stale: Side;
        readonly basis: Basis;
        /** True if overwriting the stale side loses nothing that the other side never had. */
        readonly lossless: boolean;
      }
    /** `clean`: whether git can merge the two over the base; missing if that could not be tried. */
    | { readonly verdict: 'diverged'; readonly clean?: boolean }
    /** `smaller`: the smaller file; only a guess. Missing if they have the same size. */
    | { readonly verdict: 'unknown'; readonly smaller?: Side }
  );

/** By the key of the pair. */
export type Provenances = ReadonlyMap<string, Provenance>;

/** True if a fix may copy onto this side without asking. */
export function isSafeToReplace(provenance: Provenance | undefined, target: Side): boolean {
  return provenance?.verdict === 'behind' && provenance.stale === target && provenance.lossless;
}
