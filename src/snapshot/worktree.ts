// The snapshot of the working tree: ids from the index for files that git knows to be unchanged, hashed only where not; below
// a gitlink, the submodule's working tree.

import { lstatSync } from 'node:fs';
import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import { below, joinPath, type RepoPath, textOf } from '../git/path.js';
import { type IndexEntry, parseIndex, parsePaths, parseRawDiff } from '../git/records.js';
import { type Repository, readConfig } from '../git/repository.js';
import { readGit } from '../git/run.js';
import { unmergedInside } from '../messages/submodules.js';
import { absolutePath, hashOnDisk, readLinkOnDisk, standsAt, standsOnDisk } from './disk.js';
import { entryOf } from './entry.js';
import { Listing } from './listing.js';
import { type Contents, INSIDE, Mount } from './mount.js';
import { ABSENT, type Home, type Outside, type Snapshot, type Standing } from './types.js';

/** Which paths a snapshot is asked about. */
export interface Scope {
  /** True for a path that must be looked at. */
  readonly wants: (path: RepoPath) => boolean;
  /** Paths that are looked at even where git ignores them. */
  readonly named: readonly RepoPath[];
}

export class WorktreeSnapshot implements Snapshot {
  outside: Outside | undefined;
  readonly #repository: Repository;
  readonly #listing = new Listing();
  readonly #staged = new Map<RepoPath, IndexEntry>();
  readonly #objects: ObjectReader;
  readonly #scope: Scope;
  readonly #mounts = new Map<RepoPath, Mount>();
  /** The gitlinks of the index at which no directory stands. */
  readonly #displaced = new Map<RepoPath, Mount>();
  readonly unmerged: RepoPath[] = [];

  private constructor(repository: Repository, objects: ObjectReader, scope: Scope) {
    this.#repository = repository;
    this.#objects = objects;
    this.#scope = scope;
  }

  /** @throws Fault `git`, `disk` for what cannot be read. */
  static async read(repository: Repository, objects: ObjectReader, scope: Scope): Promise<WorktreeSnapshot> {
    const snapshot = new WorktreeSnapshot(repository, objects, scope);
    const { git } = repository;
    const [index, changed, untracked, fileMode] = await Promise.all([
      readGit(git, ['ls-files', '-t', '-v', '--stage', '-z']),
      readGit(git, ['diff-files', '--raw', '-z', '--no-abbrev', '--no-renames', '--ignore-submodules=dirty']),
      readGit(git, ['ls-files', '--others', '--exclude-standard', '-z']),
      readConfig(git, 'core.fileMode'),
    ]);
    snapshot.#takeIndex(parseIndex(index), scope);
    const toHash = parseRawDiff(changed).flatMap((change) => snapshot.#takeChange(change.path, change.after.mode));
    const ignored = await snapshot.#readIgnored(scope, parsePaths(untracked));
    const found = [...parsePaths(untracked).filter(scope.wants), ...ignored];
    const trustsMode = fileMode !== 'false';
    toHash.push(...found.flatMap((path) => standsOnDisk(repository.top, path, trustsMode)));
    for (const [path, entry] of await hashOnDisk(repository, toHash)) snapshot.#listing.set(path, entry);
    return snapshot;
  }

  // Links and gitlinks are kept wherever they are: they can stand above a side, or on the way of another link.
  #takeIndex(entries: readonly IndexEntry[], scope: Scope): void {
    for (const entry of entries) {
      if (!entry.mode.startsWith('100') || scope.wants(entry.path)) {
        if (entry.stage > 0) this.unmerged.push(entry.path);
        this.#listing.set(entry.path, entryOf(entry));
        this.#staged.set(entry.path, entry);
      }
    }
  }

  #takeChange(path: RepoPath, mode: string): { path: RepoPath; mode: string }[] {
    const staged = this.#staged.get(path);
    if (!staged) return [];
    // Something else where a submodule belongs, or nothing: whoever looks below it is told.
    if (staged.mode === '160000' && mode !== '160000') this.#displaced.set(path, this.#mount(path));
    if (mode !== '000000') return [{ path, mode }];
    this.#listing.set(path, ABSENT);
    return [];
  }

  /** A declared path that git ignores is still what the manifest names. */
  async #readIgnored(scope: Scope, untracked: readonly RepoPath[]): Promise<RepoPath[]> {
    const seen = new Set(untracked);
    const candidates = scope.named.filter((path) => {
      const known = seen.has(path) || this.#listing.entry(path).kind !== 'absent' || this.#mountAbove(path);
      return !known && this.#existsOnDisk(path);
    });
    const lists = candidates.map(async (path) => {
      const flags = ['--others', '--ignored', '--exclude-standard', '-z'];
      const args = ['--literal-pathspecs', 'ls-files', ...flags, '--', textOf(path)];
      return parsePaths(await readGit(this.#repository.git, args));
    });
    return (await Promise.all(lists)).flat().filter((path) => scope.wants(path) && !seen.has(path));
  }

  #existsOnDisk(path: RepoPath): boolean {
    return standsAt(absolutePath(this.#repository.top, path));
  }

  /** The submodule that the path is strictly below, if it is below one. */
  #mountAbove(path: RepoPath): Mount | undefined {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      const above = path.slice(0, end) as RepoPath;
      const { kind } = this.#listing.entry(above);
      if (kind === 'gitlink') return this.#mount(above);
      if (kind !== 'directory') break;
    }
    return this.#displacedAbove(path);
  }

  #displacedAbove(path: RepoPath): Mount | undefined {
    return [...this.#displaced].find(([at]) => path.startsWith(`${at}/`))?.[1];
  }

  #mount(at: RepoPath): Mount {
    const known = this.#mounts.get(at) ?? new Mount(at, this.#readSubmodule(at));
    this.#mounts.set(at, known);
    return known;
  }

  async #readSubmodule(at: RepoPath): Promise<Contents> {
    const store = await this.#objects.submodule(at);
    if (store.kind === 'lacking') return store;
    const scope = {
      wants: (path: RepoPath) => this.#scope.wants(joinPath(at, path)),
      named: this.#scope.named.flatMap((path) => below(path, at) ?? []).filter((path) => path !== ''),
    };
    const snapshot = await WorktreeSnapshot.read(store.repository, store.objects, scope);
    const [unmerged] = snapshot.unmerged.filter(scope.wants);
    if (unmerged !== undefined) throw unmergedInside(textOf(at), textOf(unmerged));
    return { ...store, snapshot };
  }

  async readEntry(path: RepoPath): Promise<Standing> {
    return this.#mountAbove(path)?.readEntry(path) ?? this.#listing.entry(path);
  }

  async readNames(directory: RepoPath): Promise<readonly string[]> {
    return this.#mountAbove(joinPath(directory, INSIDE))?.readNames(directory) ?? this.#listing.names(directory);
  }

  async readFiles(path: RepoPath): Promise<readonly RepoPath[]> {
    return this.#mountAbove(path)?.readFiles(path) ?? this.#listing.files(path);
  }

  async readFilesInside(gitlink: RepoPath): Promise<readonly RepoPath[]> {
    return this.#mountAbove(joinPath(gitlink, INSIDE))?.readFilesInside(gitlink) ?? [];
  }

  async readHome(path: RepoPath): Promise<Home | undefined> {
    return this.#mountAbove(path)?.readHome(path);
  }

  async readLink(path: RepoPath, oid: Oid): Promise<Buffer> {
    return this.#mountAbove(path)?.readLink(path, oid) ?? readLinkOnDisk(this.#repository.top, path);
  }

  async readIdentity(path: RepoPath): Promise<string | undefined> {
    const mount = this.#mountAbove(path);
    if (mount) return mount.readIdentity(path);
    const stat = lstatSync(absolutePath(this.#repository.top, path), { throwIfNoEntry: false, bigint: true });
    return stat && stat.nlink > 1n ? `${stat.dev}:${stat.ino}` : undefined;
  }
}
