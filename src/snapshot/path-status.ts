// The state of a path in HEAD, the index and the working tree.

import { readIgnored } from '../git/ignored.js';
import type { ObjectReader } from '../git/objects.js';
import { below, joinPath, type RepoPath } from '../git/path.js';
import { type Repository, readConfig } from '../git/repository.js';
import { readSameNames } from '../git/same-name.js';
import { isOutside } from '../manifest/outside.js';
import { hashOnDisk, standsOnDisk } from './disk.js';
import { entryAt, entryOf } from './entry.js';
import { readIndexEntries } from './index-entries.js';
import { type Obstacle, readObstacles } from './obstacles.js';
import { TreeSnapshot } from './tree.js';
import type { Home, Snapshot } from './types.js';

export interface PathStatus {
  readonly head: Entry;
  readonly index: Entry;
  /** As `git add` would store it. */
  readonly worktree: Entry;
  /** Sparse checkout: git never writes the file here. */
  readonly skipsWorktree: boolean;
  /** Why the path cannot be written, if it cannot. */
  readonly obstacle: Obstacle | undefined;
  /**
   * The index decides on the mode, because the disk cannot: core.fileMode or core.symlinks is
   * false.
   */
  readonly modeOfIndex?: true;
  /** The file exists, untracked and ignored. */
  readonly ignored?: true;
  /** For a path inside a submodule. */
  readonly inside?: Inside;
  /** Outside the repository, with consent to writing; nothing is staged or committed there. */
  readonly outside?: true;
}

/** The submodule around a path, and the path's entry in its HEAD. */
interface Inside {
  readonly at: RepoPath;
  /** Its gitlink and those of the submodules around it, outermost first. */
  readonly gitlinks: readonly RepoPath[];
  readonly committed: Entry;
}

/** What is written: the index and the working files, or only the working tree. */
export type Writes = 'index' | 'worktree';

import { ABSENT, type Entry, sameEntry } from '../git/entry.js';

/**
 * Reads the state of each path of `result`. In a submodule, the working tree is compared with its
 * index and HEAD. `writable`: the outside paths that may be written, with their present state.
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
      const obstacle = obstacleBelow(home.at, status.obstacle);
      const ours = { ...status, obstacle, inside: { at: home.at, gitlinks: home.gitlinks, committed: status.head } };
      statuses.set(path, writes === 'worktree' ? ours : await asGitlink(ours, path, head, after));
    }
  }
  for (const path of outside) statuses.set(path, statusOutside(path, writable.get(path)));
  return statuses;
}

/** As the superproject names it. */
function obstacleBelow(home: RepoPath, obstacle: Obstacle | undefined): Obstacle | undefined {
  if (!obstacle) return undefined;
  const holds = obstacle.holds?.map((path) => joinPath(home, path));
  return { ...obstacle, at: joinPath(home, obstacle.at), ...(holds && { holds }) };
}

/** Outside, nothing is staged or committed. */
function statusOutside(path: RepoPath, node: Entry | undefined): PathStatus {
  const nothing = { head: ABSENT, index: ABSENT, skipsWorktree: false };
  if (node) return { ...nothing, worktree: node, obstacle: undefined, outside: true };
  return { ...nothing, worktree: ABSENT, obstacle: { kind: 'outside', at: path } };
}

/** For the superproject's index a submodule is one commit, in which it cannot write. */
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

/** The state of paths of this repository only. */
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
  const untracked = paths.filter((path) => !staged.has(path));
  const obstacles = new Map(readObstacles(top, paths));
  // What the disk has under such a name is the tracked file.
  for (const [path, at] of await readSameNames(git, untracked)) obstacles.set(path, { kind: 'same-name', at });
  const reachable = paths.filter((path) => obstacles.get(path) === undefined);
  const found = reachable.flatMap((path) => standsOnDisk(top, path, trustsMode));
  // If core.fileMode is false, the index decides on the executable bit; if core.symlinks is false,
  // on links.
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
    untracked.filter((path) => onDisk.has(path)),
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

/**
 * True if replacing the file by `wanted` loses no edit: its index entry equals HEAD, and the
 * working file equals that or `wanted`, or is absent. For an outside file only history decides.
 */
export function isUntouched(status: PathStatus, wanted: Entry): boolean {
  return sameEntry(status.index, status.head) && keepsUnstaged(status, wanted);
}

/** True if the index or the result has everything that the working file has. */
export function keepsUnstaged({ worktree, index, obstacle, outside }: PathStatus, wanted: Entry): boolean {
  if (obstacle) return false;
  if (outside) return true;
  return worktree.kind === 'absent' || sameEntry(worktree, index) || sameEntry(worktree, wanted);
}
