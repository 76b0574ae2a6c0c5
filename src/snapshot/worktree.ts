// The snapshot of the working tree: ids from the index for files that git knows to be unchanged, hashed only where not.

import { lstatSync } from 'node:fs';
import type { Oid } from '../git/oid.js';
import { type RepoPath, textOf } from '../git/path.js';
import { type IndexEntry, parseIndex, parsePaths, parseRawDiff } from '../git/records.js';
import { type Repository, readConfig } from '../git/repository.js';
import { readGit } from '../git/run.js';
import { absolutePath, hashOnDisk, readLinkOnDisk, standsOnDisk } from './disk.js';
import { entryOf } from './entry.js';
import { Listing } from './listing.js';
import { ABSENT, type Snapshot, type Standing } from './types.js';

/** Which paths a snapshot is asked about. */
export interface Scope {
  /** True for a path that must be looked at. */
  readonly wants: (path: RepoPath) => boolean;
  /** Paths that are looked at even where git ignores them. */
  readonly named: readonly RepoPath[];
}

export class WorktreeSnapshot implements Snapshot {
  readonly #repository: Repository;
  readonly #listing = new Listing();
  readonly #staged = new Map<RepoPath, IndexEntry>();
  readonly unmerged: RepoPath[] = [];

  private constructor(repository: Repository) {
    this.#repository = repository;
  }

  /** @throws Fault `git`, `disk` for what cannot be read. */
  static async read(repository: Repository, scope: Scope): Promise<WorktreeSnapshot> {
    const snapshot = new WorktreeSnapshot(repository);
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
    if (!this.#staged.has(path)) return [];
    if (mode !== '000000') return [{ path, mode }];
    this.#listing.set(path, ABSENT);
    return [];
  }

  /** A declared path that git ignores is still what the manifest names. */
  async #readIgnored(scope: Scope, untracked: readonly RepoPath[]): Promise<RepoPath[]> {
    const seen = new Set(untracked);
    const candidates = scope.named.filter(
      (path) => !seen.has(path) && this.#listing.entry(path).kind === 'absent' && this.#existsOnDisk(path),
    );
    const lists = candidates.map(async (path) => {
      const flags = ['--others', '--ignored', '--exclude-standard', '-z'];
      const args = ['--literal-pathspecs', 'ls-files', ...flags, '--', textOf(path)];
      return parsePaths(await readGit(this.#repository.git, args));
    });
    return (await Promise.all(lists)).flat().filter((path) => scope.wants(path) && !seen.has(path));
  }

  #existsOnDisk(path: RepoPath): boolean {
    return lstatSync(absolutePath(this.#repository.top, path), { throwIfNoEntry: false }) !== undefined;
  }

  async readEntry(path: RepoPath): Promise<Standing> {
    return this.#listing.entry(path);
  }

  async readNames(directory: RepoPath): Promise<readonly string[]> {
    return this.#listing.names(directory);
  }

  async readFiles(path: RepoPath): Promise<readonly RepoPath[]> {
    return this.#listing.files(path);
  }

  async readLink(path: RepoPath, _oid: Oid): Promise<Buffer> {
    return readLinkOnDisk(this.#repository.top, path);
  }

  readIdentity(path: RepoPath): string | undefined {
    const stat = lstatSync(absolutePath(this.#repository.top, path), { throwIfNoEntry: false, bigint: true });
    return stat && stat.nlink > 1n ? `${stat.dev}:${stat.ino}` : undefined;
  }
}
