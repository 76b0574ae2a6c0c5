// The snapshot that a commit would make now: HEAD's tree with the staged changes, from one read of
// the index.

import type { Entry } from '../git/entry.js';
import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';
import { parseRawDiff, type RawChange } from '../git/records.js';
import type { Repository } from '../git/repository.js';
import { readGit } from '../git/run.js';
import { entryOf } from './entry.js';
import { Mount } from './mount.js';
import { OverlaySnapshot } from './overlay.js';
import { readCommitBelow, type TreeSnapshot } from './tree.js';
import type { Snapshot } from './types.js';

export interface IndexedPath {
  /** The index entry at each path that differs from the tree. */
  readonly changes: ReadonlyMap<RepoPath, Entry>;
  /** Unmerged paths of a merge. */
  readonly unmerged: readonly RepoPath[];
}

const FLAGS = [
  '--cached',
  '--raw',
  '-z',
  '--no-abbrev',
  '--no-renames',
  // `ignore = all` in `.gitmodules` would hide a staged gitlink.
  '--ignore-submodules=none',
  // A commit does not contain entries of `git add -N`.
  '--ita-invisible-in-index',
];

/** The changes of the index (GIT_INDEX_FILE, if it is set) against the tree. */
export async function readStaged(
  repository: Pick<Repository, 'git' | 'headTree'>,
  tree: Oid = repository.headTree,
): Promise<IndexedPath> {
  return stagedOf(parseRawDiff(await readGit(repository.git, ['diff-index', ...FLAGS, tree])));
}

/** The entries that result from these changes against a tree. */
export function stagedOf(changes: readonly RawChange[]): IndexedPath {
  const merged = changes.filter((change) => change.status !== 'U');
  return {
    changes: new Map(merged.map((change: RawChange) => [change.path, entryOf(change.after)])),
    unmerged: changes.filter((change) => change.status === 'U').map((change) => change.path),
  };
}

/** The files as they would be committed. `before`: the tree that the changes are against. */
export function stagedSnapshot(objects: ObjectReader, before: TreeSnapshot, staged: IndexedPath): Snapshot {
  const gitlinks = [...staged.changes].flatMap(([path, entry]) => (entry.kind === 'gitlink' ? [{ path, entry }] : []));
  const mounts = gitlinks.map(
    ({ path, entry }) => [path, new Mount(path, readCommitBelow(objects, path, entry.oid))] as const,
  );
  return new OverlaySnapshot(before, staged.changes, new Map(mounts));
}
