// The input of a write: file contents and index entries.

import type { IndexState } from '../git/index-state.js';
import type { Oid } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';
import type { Partner } from '../snapshot/types.js';
import type { FileState } from './file-state.js';
import type { Backup, KeptContent } from './kept.js';

export type Content =
  /** A blob as git checks it out at the path, or at its `partner`; with null, its raw bytes. */
  | {
      readonly kind: 'blob';
      readonly oid: Oid;
      readonly executable: boolean;
      readonly partner?: Partner | null;
      readonly mode?: number;
    }
  | { readonly kind: 'link'; readonly target: Buffer }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly mode?: number }
  /** A file of an earlier backup. */
  | { readonly kind: 'kept'; readonly from: KeptContent; readonly mode: number; readonly sha256: string }
  | { readonly kind: 'absent' };

export interface FileChange {
  readonly path: RepoPath;
  readonly content: Content;
  /** The file's state when the change was decided, where that is known byte for byte. */
  readonly expected?: FileState;
}

export interface EntryChange {
  readonly path: RepoPath;
  /** Null removes the entry. */
  readonly after: IndexState | null;
}

export interface Changes {
  /** What the user ran, such as `fix --staged`. */
  readonly command: string;
  /**
   * Shared by everything that one command writes in several repositories: undo treats it as one.
   */
  readonly run?: string;
  /** The id of the fix that this write undoes. */
  readonly undoes?: string;
  /** The directory of the files, if it is outside the repository. */
  readonly outside?: string;
  readonly files: readonly FileChange[];
  readonly entries: readonly EntryChange[];
  /** The backup with blobs of entries that git may have dropped. */
  readonly blobsFrom?: Backup;
}
