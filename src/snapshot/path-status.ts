// How far a person has been at a file: what HEAD, the index and the working tree hold of it.

import { lstatSync, readdirSync } from 'node:fs';
import { readIgnored } from '../git/ignored.js';
import type { ObjectReader } from '../git/objects.js';
import { below, joinPath, parentOf, type RepoPath } from '../git/path.js';
import { type Repository, readConfig } from '../git/repository.js';
import { isOutside } from '../manifest/outside.js';
import { absolutePath, hashOnDisk, standsOnDisk } from './disk.js';
import { entryAt, entryOf } from './entry.js';
import { readIndexEntries } from './index-entries.js';
import { TreeSnapshot } from './tree.js';
import type { Home, Snapshot } from './types.js';

export interface PathStatus {
  readonly head: Entry;
  readonly index: Entry;
  /** As `git add` would store it. */
  readonly worktree: Entry;
  /** git never writes the file here: sparse checkout. */
  readonly skipsWorktree: boolean;
  /** What keeps the path from being written, if something does. */
  readonly obstacle: Obstacle | undefined;
  /** The disk cannot tell the mode, so that the index says which it is: core.fileMode or
   * core.symlinks is false. */
  readonly modeOfIndex?: true;
  /** There is a file that git ignores and does not track. */
  readonly ignored?: true;
  /** For a path inside a submodule. */
  readonly inside?: Inside;
  /** Outside the repository, where nothing is staged or committed, and the user has agreed to
   * writing. */
  readonly outside?: true;
}

/**
 * A directory at the path, a file or a symlink above it; a submodule around it, which the
 * superproject's index holds as one commit; or it is outside the repository.
 */
interface Obstacle {
  readonly kind: 'directory' | 'file-above' | 'link-above' | 'submodule' | 'outside';
  readonly at: RepoPath;
  /** What is in the directory; missing where that is more than a fix would clear away. */
  readonly holds?: readonly RepoPath[];
}

/** The submodule around a path, and what its own HEAD holds there. */
interface Inside {
  readonly at: RepoPath;
  /** Its gitlink, and those of the submodules around it: outermost first. */
  readonly gitlinks: readonly RepoPath[];
  readonly committed: Entry;
}

/** What is about to be written: the index with the working files following, or the working tree
 * alone. */
export type Writes = 'index' | 'worktree';

import { ABSENT, type Entry, sameEntry } from '../git/entry.js';

/**
 * Reads the state of each path of `result`. Used where something is about to be written, never on
 * the way of a clean commit. Inside a submodule, what counts for the working tree is its own index
 * and HEAD; for the index, the gitlinks. `writable`: what stands at the paths outside the
 * repository that may be written.
 */
export async function readStatuses(
  { repository, objects }: Pick<Home, 'repository' | 'objects'>,
  after: Snapshot,
  paths: readonly RepoPath[],
  writes: Writes,
  writable: ReadonlyMap<RepoPath, Entry> = new Map(),
): Promise<ReadonlyMap<RepoPath, PathStatus>> {
  const homes = new Map<RepoPath, { home: Home; paths: RepoPath[] }>();
  const own: RepoPath[] = [];
  const outside = paths.filter(isOutside);
  for (const path of paths.filter((each) => !isOutside(each))) {
    const home = await after.readHome(path);
    if (!home) {
      own.push(path);
      continue;
    }
    const known = homes.get(home.at) ?? { home, paths: [] };
    homes.set(home.at, known);
    known.paths.push(path);
  }
  const statuses = new Map(await readOwnStatuses(repository, objects, own));
  const head = new TreeSnapshot(objects, repository.headTree);
  for (const { home, paths: inside } of homes.values()) {
    const there = await readOwnStatuses(
      home.repository,
      home.objects,
      inside.map((path) => below(path, home.at) ?? path),
    );
    for (const path of inside) {
      const status = there.get(below(path, home.at) ?? path);
      if (!status) continue;
      const ours = { ...status, inside: { at: home.at, gitlinks: home.gitlinks, committed: status.head } };
      statuses.set(path, writes === 'worktree' ? ours : await asGitlink(ours, path, head, after));
    }
  }
  for (const path of outside) statuses.set(path, statusOutside(path, writable.get(path)));
  return statuses;
}

/** Nothing of what is outside is staged or committed. */
function statusOutside(path: RepoPath, node: Entry | undefined): PathStatus {
  const nothing = { head: ABSENT, index: ABSENT, skipsWorktree: false };
  if (node) return { ...nothing, worktree: node, obstacle: undefined, outside: true };
  return { ...nothing, worktree: ABSENT, obstacle: { kind: 'outside', at: path } };
}

/** The superproject's index holds a submodule as one commit, in which nothing can be written from
 * outside. */
async function asGitlink(
  status: PathStatus & { readonly inside: Inside },
  path: RepoPath,
  head: Snapshot,
  after: Snapshot,
): Promise<PathStatus> {
  return {
    ...status,
    head: entryAt(await head.readEntry(path)),
    index: entryAt(await after.readEntry(path)),
    obstacle: { kind: 'submodule', at: status.inside.at },
  };
}

/** The state of paths of this repository itself. */
export async function readOwnStatuses(
  repository: Repository,
  objects: ObjectReader,
  paths: readonly RepoPath[],
): Promise<ReadonlyMap<RepoPath, PathStatus>> {
  const { top, git } = repository;
  const head = new TreeSnapshot(objects, repository.headTree);
  const staged = await readIndexEntries(repository.git, paths);
  const [fileMode, symlinks] = await Promise.all(['core.fileMode', 'core.symlinks'].map((key) => readConfig(git, key)));
  const trustsMode = fileMode !== 'false';
  const obstacles = new Map(paths.map((path) => [path, obstacleAt(top, path)]));
  const reachable = paths.filter((path) => obstacles.get(path) === undefined);
  const found = reachable.flatMap((path) => standsOnDisk(top, path, trustsMode));
  // Where core.fileMode is false the disk says nothing about the executable bit, and where
  // core.symlinks is false nothing about links; the index does.
  const known = found.map((each) => {
    const mode = staged.get(each.path)?.mode ?? each.mode;
    const trusted = mode === '120000' ? symlinks !== 'false' : trustsMode;
    return trusted ? each : { ...each, mode };
  });
  const onDisk = await hashOnDisk(
    repository,
    known.filter(({ path }) => !staged.get(path)?.clean),
  );
  const ignored = await readIgnored(
    git,
    paths.filter((path) => onDisk.has(path) && !staged.has(path)),
  );
  const statuses = new Map<RepoPath, PathStatus>();
  for (const path of paths) {
    const node = await head.readEntry(path);
    const entry = staged.get(path);
    const index = entry && !entry.intended ? entryOf(entry) : ABSENT;
    const isClean = entry?.clean && obstacles.get(path) === undefined;
    statuses.set(path, {
      head: entryAt(node),
      index,
      worktree: isClean ? index : (onDisk.get(path) ?? ABSENT),
      skipsWorktree: entry?.tag.toUpperCase() === 'S',
      obstacle: obstacles.get(path),
      ...((!trustsMode || symlinks === 'false') && { modeOfIndex: true }),
      ...(ignored.has(path) && { ignored: true }),
    });
  }
  return statuses;
}

function obstacleAt(top: string, path: RepoPath): Obstacle | undefined {
  for (let above = parentOf(path); above !== ''; above = parentOf(above)) {
    const stat = lstatSync(absolutePath(top, above), { throwIfNoEntry: false });
    if (stat?.isSymbolicLink()) return { kind: 'link-above', at: above };
    if (stat && !stat.isDirectory()) return { kind: 'file-above', at: above };
  }
  const stat = lstatSync(absolutePath(top, path), { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return undefined;
  const holds = filesBelow(top, path);
  return { kind: 'directory', at: path, ...(holds && { holds }) };
}

const MOST_BELOW = 1000;

/** Every file below the directory; undefined if there are many. */
function filesBelow(top: string, directory: RepoPath): readonly RepoPath[] | undefined {
  const files: RepoPath[] = [];
  const open = [directory];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const entry of readdirSync(absolutePath(top, at), { withFileTypes: true, encoding: 'latin1' })) {
      const path = joinPath(at, entry.name as RepoPath);
      (entry.isDirectory() ? open : files).push(path);
      if (files.length + open.length > MOST_BELOW) return undefined;
    }
  }
  return files;
}

/**
 * True while replacing the file by `wanted` destroys no edit: its index entry is HEAD's, and its
 * working file equals that entry, equals what is to come, or does not exist. Of a file outside only
 * history tells.
 */
export function isUntouched(status: PathStatus, wanted: Entry): boolean {
  return sameEntry(status.index, status.head) && keepsUnstaged(status, wanted);
}

/** True while the working file holds nothing that the index, or what is to come, does not hold. */
export function keepsUnstaged({ worktree, index, obstacle, outside }: PathStatus, wanted: Entry): boolean {
  if (obstacle) return false;
  if (outside) return true;
  return worktree.kind === 'absent' || sameEntry(worktree, index) || sameEntry(worktree, wanted);
}
