// What stands at a path: the vocabulary that every kind of snapshot answers in.

import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import type { Git } from '../git/run.js';
import type { SubmoduleLack } from '../git/submodules.js';

/** What git can store at a path. */
export type Entry =
  | { readonly kind: 'file'; readonly oid: Oid; readonly executable: boolean }
  | { readonly kind: 'link'; readonly oid: Oid }
  | { readonly kind: 'gitlink'; readonly oid: Oid }
  | { readonly kind: 'absent' };

/** Why a side outside was not read. */
export type OutsideLack =
  /** Only the working tree and the index are compared with the disk. */
  | 'not-here'
  /** The user has not agreed. */
  | 'untrusted'
  /** The user had agreed to something else. */
  | 'lapsed'
  /** No user to agree. */
  | 'automated'
  /** It is not on this machine. */
  | 'absent';

/** Why a side was not read. */
export type Unread = { readonly kind: 'outside'; readonly lack: OutsideLack } | UnreadSubmodule;

export interface UnreadSubmodule {
  readonly kind: 'submodule';
  /** Its gitlink. */
  readonly at: RepoPath;
  readonly lack: SubmoduleLack;
}

/** What a snapshot finds at a path, with what the way there says. */
export type Node =
  | (Entry & { readonly kind: 'file' | 'gitlink'; readonly sameFileAs?: string })
  /** `landing`: where the link leads inside the repository; undefined if that is outside it, or
   * nowhere. */
  | { readonly kind: 'link'; readonly oid: Oid; readonly landing: RepoPath | undefined }
  /** Nothing of this name, but a symlink stands above it: `through`; `landing` is where the path
   * leads. */
  | { readonly kind: 'through-link'; readonly through: RepoPath; readonly landing: RepoPath | undefined }
  /** `underFile`: a file stands where the path needs a directory. */
  | { readonly kind: 'absent'; readonly underFile?: RepoPath }
  | { readonly kind: 'directory' }
  /** A gitlink that cannot be read has come over what was here; `rest` is the path below it. */
  | { readonly kind: 'hidden'; readonly oid: Oid; readonly rest: RepoPath; readonly why: UnreadSubmodule }
  | { readonly kind: 'unread'; readonly why: Unread };

/** What stands at one path and nothing about the way there. */
export type PlainNode =
  | Entry
  | { readonly kind: 'directory' }
  /** Below a gitlink whose repository, or whose commit, is not here. */
  | { readonly kind: 'unread'; readonly why: Unread };

/** A path inside the repository, or inside one of its submodules, as its own git names it. */
export interface Partner {
  readonly git: Git;
  readonly path: RepoPath;
}

/** A file outside: the real directory that was agreed to, and the path below it. */
export interface OutsidePlace {
  readonly top: string;
  readonly path: RepoPath;
}

/** The places outside the repository that its manifest pairs. Their paths begin with `~/`. */
export interface OutsideFiles {
  /** False where the disk says nothing about the executable bit. */
  readonly trustsMode: boolean;
  /** What stands at the path beside `other`; a file is hashed as git would store it under its
   * partner's attributes. */
  readNode(path: RepoPath, other: RepoPath | null, partner: Partner | undefined): Promise<Node>;
  /** Every file and link at or below the path; none without consent. */
  readFiles(path: RepoPath): Promise<readonly RepoPath[]>;
  readNames(path: RepoPath): Promise<readonly string[]>;
  canBeListed(path: RepoPath): boolean;
  /** Those of the paths of this repository that git ignores and does not track. */
  readIgnored(paths: readonly RepoPath[]): Promise<ReadonlySet<RepoPath>>;
  /** A path of this repository itself as the partner of one outside. */
  partnerHere(path: RepoPath): Partner;
  readLink(path: RepoPath): Buffer;
  /** Puts the file, or the link, into the partner's store. Its id there. */
  store(path: RepoPath, partner: Partner): Promise<Oid>;
  /** The file's own bytes. */
  streamOf(path: RepoPath): NodeJS.ReadableStream;
  /** Where the path is to be written; undefined without consent to that. */
  placeToWrite(path: RepoPath): OutsidePlace | undefined;
}

/** A submodule that a path lies in: the innermost. */
export interface Home {
  /** Its gitlink, from this repository's top level. */
  readonly at: RepoPath;
  /** That gitlink, and those of the submodules around it: outermost first. */
  readonly gitlinks: readonly RepoPath[];
  readonly repository: Repository;
  readonly objects: ObjectReader;
}

export const ABSENT: Entry = { kind: 'absent' };
export const DIRECTORY: PlainNode = { kind: 'directory' };

/**
 * One state of the repository's files, those of its submodules included: a path below a gitlink is
 * looked up in the submodule. Paths are taken as they are: a symlink on the way is not followed.
 */
export interface Snapshot {
  /** The places outside the repository, where they are to be held against this state. */
  outside?: OutsideFiles | undefined;
  readEntry(path: RepoPath): Promise<PlainNode>;
  /** The names in a directory; empty if there is none. A name may stand for a directory without
   * files. */
  readNames(directory: RepoPath): Promise<readonly string[]>;
  /** Every file, link and gitlink at or below the path; a gitlink stands for all that is below
   * it. */
  readFiles(path: RepoPath): Promise<readonly RepoPath[]>;
  /** Every file, link and gitlink below the gitlink at this path; none where the submodule cannot
   * be read. */
  readFilesInside(gitlink: RepoPath): Promise<readonly RepoPath[]>;
  /** The paths that differ between two commits of the submodule at this path; undefined where that
   * cannot be told. */
  readMoved?(gitlink: RepoPath, from: Oid, to: Oid): Promise<readonly RepoPath[] | undefined>;
  /** How many files stand below two directories that hold the same ones, name by name; undefined if
   * that cannot be told at once. */
  readAlike?(one: RepoPath, other: RepoPath): Promise<number | undefined>;
  /** The submodule that the path lies in; undefined for this repository itself, and where the
   * submodule is not here. */
  readHome(path: RepoPath): Promise<Home | undefined>;
  /** Where a symlink points, as its bytes. */
  readLink(path: RepoPath, oid: Oid): Promise<Buffer>;
  /** In the working tree: device and inode, if another name shares them. */
  readIdentity?(path: RepoPath): Promise<string | undefined>;
}
