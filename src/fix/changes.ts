// What a writing is asked to do: the content of files, the entries of the index, and nothing about
// how.

import type { IndexState } from '../git/index-state.js';
import type { Oid } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';
import type { Partner } from '../snapshot/types.js';
import type { FileState } from './file-state.js';

export type Content =
  /** A blob, written as git checks it out, at the path or as its `partner`; with null, its
   * bytes. */
  | {
      readonly kind: 'blob';
      readonly oid: Oid;
      readonly executable: boolean;
      readonly partner?: Partner | null;
      readonly mode?: number;
    }
  | { readonly kind: 'link'; readonly target: Buffer }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly mode?: number }
  /** A file in an earlier backup; `path` is absolute. */
  | { readonly kind: 'kept'; readonly path: string; readonly mode: number; readonly sha256: string }
  | { readonly kind: 'absent' };

export interface FileChange {
  readonly path: RepoPath;
  readonly content: Content;
  /** What the change was decided on, where that is known byte for byte. */
  readonly expected?: FileState;
}

export interface EntryChange {
  readonly path: RepoPath;
  /** Null takes the entry out. */
  readonly after: IndexState | null;
}

export interface Changes {
  /** What was asked for, such as `fix --staged`. */
  readonly command: string;
  /** The same for what one command writes in several repositories: it is undone together. */
  readonly run?: string;
  /** The id of the fix that is taken back. */
  readonly undoes?: string;
  /** The directory that the files are in, where that is outside the repository. */
  readonly outside?: string;
  readonly files: readonly FileChange[];
  readonly entries: readonly EntryChange[];
  /** The backup that holds blobs of entries which may be gone from git's store. */
  readonly blobsFrom?: string;
}
