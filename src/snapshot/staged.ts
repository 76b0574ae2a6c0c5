// The snapshot that a commit would make now: HEAD's tree with what is staged laid over it, from one
// read of the index.

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
  /** What stands in the index at each path that differs from the tree. */
  readonly changes: ReadonlyMap<RepoPath, Entry>;
  /** Paths that a merge has left unmerged. */
  readonly unmerged: readonly RepoPath[];
}

const FLAGS = [
  '--cached',
  '--raw',
  '-z',
  '--no-abbrev',
  '--no-renames',
  // `.gitmodules` can say `ignore = all`, which would hide a staged gitlink.
  '--ignore-submodules=none',
  // `git add -N` leaves an entry that no commit contains.
  '--ita-invisible-in-index',
];

/** What the index (the inherited GIT_INDEX_FILE, if there is one) changes against the tree. */
export async function readStaged(
  repository: Pick<Repository, 'git' | 'headTree'>,
  tree: Oid = repository.headTree,
): Promise<IndexedPath> {
  return stagedOf(parseRawDiff(await readGit(repository.git, ['diff-index', ...FLAGS, tree])));
}

/** What these changes against a tree come to. */
export function stagedOf(changes: readonly RawChange[]): IndexedPath {
  const merged = changes.filter((change) => change.status !== 'U');
  return {
    changes: new Map(merged.map((change: RawChange) => [change.path, entryOf(change.after)])),
    unmerged: changes.filter((change) => change.status === 'U').map((change) => change.path),
  };
}

/** The files as they would be committed. `base`: the tree that the changes are against. */
export function stagedSnapshot(objects: ObjectReader, before: TreeSnapshot, staged: IndexedPath): Snapshot {
  const gitlinks = [...staged.changes].flatMap(([path, entry]) => (entry.kind === 'gitlink' ? [{ path, entry }] : []));
  const mounts = gitlinks.map(
    ({ path, entry }) => [path, new Mount(path, readCommitBelow(objects, path, entry.oid))] as const,
  );
  return new OverlaySnapshot(before, staged.changes, new Map(mounts));
}
