// A snapshot with changes laid over another one: HEAD's tree and what is staged make the index, without a second look at it.

import type { Oid } from '../git/oid.js';
import { baseOf, below, joinPath, parentOf, type RepoPath } from '../git/path.js';
import { ABSENT, DIRECTORY, type Entry, type Snapshot, type Standing } from './types.js';

export class OverlaySnapshot implements Snapshot {
  readonly #base: Snapshot;
  readonly #changes: ReadonlyMap<RepoPath, Entry>;
  /** The directories that hold something changed: the names that were written there, and whether any was taken away. */
  readonly #written = new Map<RepoPath, Set<string>>();
  readonly #thinned = new Set<RepoPath>();
  readonly #kept = new Map<RepoPath, Promise<boolean>>();

  /** `changes` by path; absent for what was deleted. */
  constructor(base: Snapshot, changes: ReadonlyMap<RepoPath, Entry>) {
    this.#base = base;
    this.#changes = changes;
    for (const [path, entry] of changes) this.#note(path, entry.kind !== 'absent');
  }

  #note(path: RepoPath, written: boolean): void {
    for (let at = path; at !== ''; at = parentOf(at)) {
      const directory = parentOf(at);
      if (!written) {
        this.#thinned.add(directory);
        continue;
      }
      const names = this.#written.get(directory) ?? new Set();
      this.#written.set(directory, names.add(baseOf(at)));
    }
  }

  async readEntry(path: RepoPath): Promise<Standing> {
    if (this.#written.has(path)) return DIRECTORY;
    const change = this.#changes.get(path);
    if (change) return change;
    const standing = await this.#base.readEntry(path);
    if (standing.kind !== 'directory' || !this.#thinned.has(path)) return standing;
    return (await this.#keepsSome(path)) ? standing : ABSENT;
  }

  /** Whether a directory from which something was taken has anything left. */
  #keepsSome(directory: RepoPath): Promise<boolean> {
    const known = this.#kept.get(directory) ?? this.#readKeepsSome(directory);
    this.#kept.set(directory, known);
    return known;
  }

  async #readKeepsSome(directory: RepoPath): Promise<boolean> {
    for (const name of await this.#base.readNames(directory)) {
      const standing = await this.readEntry(joinPath(directory, name as RepoPath));
      if (standing.kind !== 'absent') return true;
    }
    return false;
  }

  async readNames(directory: RepoPath): Promise<readonly string[]> {
    const names = await this.#base.readNames(directory);
    const written = this.#written.get(directory);
    return written ? [...new Set([...names, ...written])] : names;
  }

  async readFiles(path: RepoPath): Promise<readonly RepoPath[]> {
    const standing = await this.readEntry(path);
    if (standing.kind === 'absent') return [];
    return standing.kind === 'directory' ? this.#readFilesBelow(path) : [path];
  }

  async #readFilesBelow(directory: RepoPath): Promise<readonly RepoPath[]> {
    const standing = await this.#base.readEntry(directory);
    const files = standing.kind === 'directory' ? await this.#base.readFiles(directory) : [];
    if (!this.#written.has(directory) && !this.#thinned.has(directory)) return files;
    const added = [...this.#changes].filter(
      ([path, entry]) => entry.kind !== 'absent' && below(path, directory) !== undefined,
    );
    const kept = files.filter((path) => !this.#changes.has(path));
    return [...kept, ...added.map(([path]) => path)];
  }

  readLink(path: RepoPath, oid: Oid): Promise<Buffer> {
    return this.#base.readLink(path, oid);
  }
}
