// The snapshot of the working tree: HEAD's tree plus git's changes, hashed only where they differ
// from the index. Below a gitlink: the submodule's working tree.

import { lstatSync } from 'node:fs';
import { batchesOf, mapInBatches } from '../git/batches.js';
import { ABSENT, type Entry } from '../git/entry.js';
import type { ObjectReader } from '../git/objects.js';
import { emptyTree, type Oid } from '../git/oid.js';
import { below, joinPath, type RepoPath, textOf } from '../git/path.js';
import { parsePaths } from '../git/records.js';
import { type Repository, readConfig } from '../git/repository.js';
import { readGit } from '../git/run.js';
import { readStatus, type StatusChange } from '../git/status.js';
import { pathOf } from '../manifest/sides.js';
import { unmergedInside } from '../messages/submodules.js';
import { missingHere } from '../messages/trees.js';
import type { Rules } from '../rules/types.js';
import { readFromDisk } from './content.js';
import { absolutePath, hashOnDisk, readLinkOnDisk, standsAt, standsOnDisk, type Unhashed } from './disk.js';
import { entryOf } from './entry.js';
import { Mount, type SubmoduleContents } from './mount.js';
import { OverlaySnapshot } from './overlay.js';
import { TreeSnapshot } from './tree.js';
import type { Enters, Home, OutsideFiles, PlainNode, Snapshot } from './types.js';

/** The paths that a snapshot is asked about. */
export interface WorktreeScope {
  /** True for a path that is read. */
  readonly wants: (path: RepoPath) => boolean;
  /** Paths that are read even if git ignores them. */
  readonly named: readonly RepoPath[];
}

/**
 * The paths of the working tree that the rules pair. @throws Fault `git`, `disk` for what cannot be
 * read.
 */
export function readWorktree(repository: Repository, objects: ObjectReader, rules: Rules): Promise<WorktreeSnapshot> {
  const named = rules.all.flatMap(({ a, b, shape }) => [
    ...(shape === 'named' || a.outside ? [] : [pathOf(a)]),
    ...(shape === 'plain' && !b.outside ? [pathOf(b)] : []),
  ]);
  const wants = (path: RepoPath) => rules.lookUp(path).length > 0 || rules.below(path).length > 0;
  return WorktreeSnapshot.read(repository, objects, { wants, named });
}

export class WorktreeSnapshot implements Snapshot {
  outside: OutsideFiles | undefined;
  readonly #repository: Repository;
  readonly #head: TreeSnapshot;
  readonly #files: OverlaySnapshot;
  readonly unmerged: readonly RepoPath[];

  private constructor(repository: Repository, head: TreeSnapshot, files: OverlaySnapshot, unmerged: RepoPath[]) {
    this.#repository = repository;
    this.#head = head;
    this.#files = files;
    this.unmerged = unmerged;
  }

  /** @throws Fault `git`, `disk` for what cannot be read. */
  static async read(repository: Repository, objects: ObjectReader, scope: WorktreeScope): Promise<WorktreeSnapshot> {
    const status = await readStatus(repository.git);
    const tree = await readTreeOf(repository, objects, status.commit);
    const readBelow = (_: ObjectReader, at: RepoPath) => readSubmodule(objects, scope, at);
    const head = new TreeSnapshot(objects, tree, readBelow);
    const relevant = status.changes.filter((change) => isRelevant(change, scope));
    const changes = new Map(relevant.map((change) => [change.path, standsIn(change)] as const));
    const mounts = new Map(
      relevant
        .filter(isGitlink)
        .map(({ path }) => [path, new Mount(path, readSubmodule(objects, scope, path))] as const),
    );
    const toHash = relevant.flatMap(onDisk);
    const known = new Set([...status.untracked, ...toHash.map(({ path }) => path)]);
    const seen = new OverlaySnapshot(head, changes, mounts);
    // Below a submodule, its git is asked.
    const isAbsent = async (path: RepoPath) =>
      (await seen.readEntry(path)).kind === 'absent' &&
      !(seen.changedAbove(path)?.mount ?? (await head.readMount(path)));
    const found = [...status.untracked, ...(await readIgnored(repository, scope, known, isAbsent))];
    toHash.push(...(await unhashedAmong(repository, found.filter(scope.wants))));
    for (const [path, entry] of await hashOnDisk(repository, toHash)) changes.set(path, entry);
    const unmerged = relevant.filter((change) => change.unmerged).map(({ path }) => path);
    return new WorktreeSnapshot(repository, head, new OverlaySnapshot(head, changes, mounts), unmerged);
  }

  async #readMount(path: RepoPath): Promise<Mount | undefined> {
    const above = this.#files.changedAbove(path);
    return above ? above.mount : this.#head.readMount(path);
  }

  readEntry(path: RepoPath): Promise<PlainNode> {
    return this.#files.readEntry(path);
  }

  readNames(directory: RepoPath): Promise<readonly string[]> {
    return this.#files.readNames(directory);
  }

  readFiles(path: RepoPath, enters?: Enters): Promise<readonly RepoPath[]> {
    return this.#files.readFiles(path, enters);
  }

  readFilesInside(gitlink: RepoPath, enters?: Enters): Promise<readonly RepoPath[]> {
    return this.#files.readFilesInside(gitlink, enters);
  }

  readAlike(one: RepoPath, other: RepoPath): Promise<number | undefined> {
    return this.#files.readAlike(one, other);
  }

  readHome(path: RepoPath): Promise<Home | undefined> {
    return this.#files.readHome(path);
  }

  async readLink(path: RepoPath, oid: Oid): Promise<Buffer> {
    return (await this.#readMount(path))?.readLink(path, oid) ?? readLinkOnDisk(this.#repository.top, path);
  }

  async readText(path: RepoPath, oid: Oid): Promise<Buffer | number | undefined> {
    const mount = await this.#readMount(path);
    if (mount) return mount.readText(path, oid);
    const { top, format } = this.#repository;
    return (await this.#head.readText(path, oid)) ?? readFromDisk(absolutePath(top, path), format, oid);
  }

  async readIdentity(path: RepoPath): Promise<string | undefined> {
    const mount = await this.#readMount(path);
    if (mount) return mount.readIdentity(path);
    const stat = lstatSync(absolutePath(this.#repository.top, path), { throwIfNoEntry: false, bigint: true });
    return stat && stat.nlink > 1n ? `${stat.dev}:${stat.ino}` : undefined;
  }
}

async function readTreeOf(repository: Repository, objects: ObjectReader, commit: string | undefined): Promise<Oid> {
  if (commit === undefined) return emptyTree(repository.format);
  const tree = await objects.info(`${commit}^{tree}`);
  if (tree) return tree.oid;
  throw missingHere(`The tree of ${commit}`);
}

// Links and gitlinks are always kept: they can be above a side, or on the way of another link.
function isRelevant({ path, headMode, index, worktreeMode }: StatusChange, scope: WorktreeScope): boolean {
  const special = [headMode, index.mode, worktreeMode].some((mode) => mode.startsWith('12') || mode.startsWith('16'));
  return special || scope.wants(path);
}

function isGitlink({ index }: StatusChange): boolean {
  return index.mode === '160000';
}

/** The entry before hashing. */
function standsIn({ index, worktreeMode, dirty }: StatusChange): Entry {
  return worktreeMode === '000000' || dirty ? ABSENT : entryOf(index);
}

function onDisk({ path, worktreeMode, dirty }: StatusChange): Unhashed[] {
  return dirty && worktreeMode !== '000000' ? [{ path, mode: worktreeMode }] : [];
}

async function unhashedAmong(repository: Repository, untracked: readonly RepoPath[]): Promise<Unhashed[]> {
  if (untracked.length === 0) return [];
  const trustsMode = (await readConfig(repository.git, 'core.fileMode')) !== 'false';
  return untracked.flatMap((path) => standsOnDisk(repository.top, path, trustsMode));
}

const PATHS_PER_CALL = 200;

/** A declared path counts even if git ignores it. `known`: paths that are read anyway. */
async function readIgnored(
  { git, top }: Repository,
  { named }: WorktreeScope,
  known: ReadonlySet<RepoPath>,
  isAbsent: (path: RepoPath) => Promise<boolean>,
): Promise<RepoPath[]> {
  const absent = await mapInBatches(named, (path) => !known.has(path) && isAbsent(path));
  const ignored = named.filter((path, at) => absent[at] && standsAt(absolutePath(top, path)));
  const found = new Set<RepoPath>();
  const flags = ['--others', '--ignored', '--exclude-standard', '-z'];
  for (const some of batchesOf(ignored.map(textOf), PATHS_PER_CALL)) {
    const listed = parsePaths(await readGit(git, ['--literal-pathspecs', 'ls-files', ...flags, '--', ...some]));
    for (const path of listed) if (!known.has(path)) found.add(path);
  }
  return [...found];
}

/** The working tree of the submodule at the gitlink. */
async function readSubmodule(objects: ObjectReader, scope: WorktreeScope, at: RepoPath): Promise<SubmoduleContents> {
  const store = await objects.submodule(at);
  if (store.kind === 'lacking') return store;
  const inner = {
    wants: (path: RepoPath) => scope.wants(joinPath(at, path)),
    named: scope.named.flatMap((path) => below(path, at) ?? []).filter((path) => path !== ''),
  };
  const snapshot = await WorktreeSnapshot.read(store.repository, store.objects, inner);
  const [unmerged] = snapshot.unmerged.filter(inner.wants);
  if (unmerged !== undefined) throw unmergedInside(textOf(at), textOf(unmerged));
  return { ...store, snapshot };
}
