// The types of what a snapshot finds at a path.

import type { Entry } from '../git/entry.js';
import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import type { Git } from '../git/run.js';
import type { SubmoduleLack } from '../git/submodules.js';

/** Why an outside side was not read. */
export type OutsideLack =
  /** Only the working tree and the index are compared with the disk. */
  | 'not-here'
  /** There is no consent. */
  | 'untrusted'
  /** The consent was for another state. */
  | 'lapsed'
  /** An automated run, without a user to consent. */
  | 'automated'
  /** It is not on this machine. */
  | 'absent';

/** Why a side was not read. */
export type Unread =
  | { readonly kind: 'outside'; readonly lack: OutsideLack }
  /** A rule needs the content, and the blob is not here. */
  | { readonly kind: 'blob'; readonly oid: Oid }
  | UnreadSubmodule;

export interface UnreadSubmodule {
  readonly kind: 'submodule';
  /** Its gitlink's path. */
  readonly at: RepoPath;
  readonly lack: SubmoduleLack;
}

/** What a snapshot finds at a path, and on the way to it. */
export type Node =
  | (Entry & { readonly kind: 'file' | 'gitlink'; readonly sameFileAs?: string })
  /**
   * `landing`: the link's target inside the repository; undefined if it is outside or does not
   * exist.
   */
  | { readonly kind: 'link'; readonly oid: Oid; readonly landing: RepoPath | undefined }
  /**
   * No such name, but there is a symlink above it: `through`; `landing` is where the path leads.
   */
  | { readonly kind: 'through-link'; readonly through: RepoPath; readonly landing: RepoPath | undefined }
  /** `underFile`: a file is where the path needs a directory. */
  | { readonly kind: 'absent'; readonly underFile?: RepoPath }
  | { readonly kind: 'directory' }
  /** An unreadable gitlink has replaced the path; `rest` is the path below it. */
  | { readonly kind: 'hidden'; readonly oid: Oid; readonly rest: RepoPath; readonly why: UnreadSubmodule }
  | { readonly kind: 'unread'; readonly why: Unread };

/** What is at one path, without the way to it. */
export type PlainNode =
  | Entry
  | { readonly kind: 'directory' }
  /** Below a gitlink whose repository or commit is missing. */
  | { readonly kind: 'unread'; readonly why: Unread };

/** A path in the repository or in one of its submodules, as its git names it. */
export interface Partner {
  readonly git: Git;
  readonly path: RepoPath;
}

/** An outside file: the real directory that the consent covers, and the path below it. */
export interface OutsidePlace {
  readonly top: string;
  readonly path: RepoPath;
}

/** The outside places that the manifest pairs. Their paths begin with `~/`. */
export interface OutsideFiles {
  /** False if the disk has no executable bit. */
  readonly trustsMode: boolean;
  /**
   * The node at the path, with `other` as its counterpart; a file is hashed as git would store it
   * with its partner's attributes.
   */
  readNode(path: RepoPath, other: RepoPath | null, partner: Partner | undefined): Promise<Node>;
  /** Every file and link at or below the path; empty without consent. */
  readFiles(path: RepoPath): Promise<readonly RepoPath[]>;
  readNames(path: RepoPath): Promise<readonly string[]>;
  canBeListed(path: RepoPath): boolean;
  /** The paths of this repository that are ignored and untracked. */
  readIgnored(paths: readonly RepoPath[]): Promise<ReadonlySet<RepoPath>>;
  /** A path of this repository as the partner of an outside one. */
  partnerHere(path: RepoPath): Partner;
  readLink(path: RepoPath): Buffer;
  /** Stores the file or link in the partner's repository. @returns its id there. */
  store(path: RepoPath, partner: Partner): Promise<Oid>;
  /** The file's bytes. */
  streamOf(path: RepoPath): NodeJS.ReadableStream;
  /** As {@link Snapshot.readText}. */
  readText(path: RepoPath, oid: Oid): Buffer | number | undefined;
  /** Where to write the path; undefined without consent to write. */
  placeToWrite(path: RepoPath): OutsidePlace | undefined;
}

/** The innermost submodule around a path. */
export interface Home {
  /** Its gitlink, as a path of this repository. */
  readonly at: RepoPath;
  /** That gitlink and those of the submodules around it, outermost first. */
  readonly gitlinks: readonly RepoPath[];
  readonly repository: Repository;
  readonly objects: ObjectReader;
}

export const DIRECTORY: PlainNode = { kind: 'directory' };

/** False for a directory whose files are left out of a listing. */
export type Enters = (directory: RepoPath) => Promise<boolean>;

/**
 * One state of the repository's files and of its submodules': a path below a gitlink is looked up
 * in the submodule. Symlinks on the way are not followed.
 */
export interface Snapshot {
  /** The outside places, if they are compared with this state. */
  outside?: OutsideFiles | undefined;
  readEntry(path: RepoPath): Promise<PlainNode>;
  /** The names in a directory; empty if there is none. A name can be a directory without files. */
  readNames(directory: RepoPath): Promise<readonly string[]>;
  /** Every file, link and gitlink at or below the path; nothing below a gitlink is listed. */
  readFiles(path: RepoPath, enters?: Enters): Promise<readonly RepoPath[]>;
  /**
   * Every file, link and gitlink below the gitlink at this path; empty if the submodule cannot be
   * read.
   */
  readFilesInside(gitlink: RepoPath, enters?: Enters): Promise<readonly RepoPath[]>;
  /**
   * The paths that differ between two commits of the submodule at this path; undefined if unknown.
   */
  readMoved?(gitlink: RepoPath, from: Oid, to: Oid): Promise<readonly RepoPath[] | undefined>;
  /**
   * The number of files below two directories with the same content; undefined if that needs a full
   * comparison.
   */
  readAlike?(one: RepoPath, other: RepoPath): Promise<number | undefined>;
  /** The submodule around the path; undefined if there is none or it is not checked out. */
  readHome(path: RepoPath): Promise<Home | undefined>;
  /** A symlink's target, as bytes. */
  readLink(path: RepoPath, oid: Oid): Promise<Buffer>;
  /**
   * A file's content as git stores it, or its size in bytes if that is over 1 MiB; undefined if it
   * is not here.
   */
  readText(path: RepoPath, oid: Oid): Promise<Buffer | number | undefined>;
  /** In the working tree: device and inode, if the file has several hard links. */
  readIdentity?(path: RepoPath): Promise<string | undefined>;
}
