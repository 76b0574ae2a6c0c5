// A snapshot with changes over another one: HEAD's tree plus what is staged is the index, without a
// second read.

import { ABSENT, type Entry } from '../git/entry.js';
import type { Oid } from '../git/oid.js';
import { baseOf, below, joinPath, parentOf, type RepoPath } from '../git/path.js';
import { INSIDE, type Mount } from './mount.js';
import { DIRECTORY, type Enters, type Home, type OutsideFiles, type PlainNode, type Snapshot } from './types.js';

export class OverlaySnapshot implements Snapshot {
  outside: OutsideFiles | undefined;
  readonly #base: Snapshot;
  readonly #changes: ReadonlyMap<RepoPath, Entry>;
  /**
   * The directories with changes: the names that were written there, and whether any was deleted.
   */
  readonly #written = new Map<RepoPath, Set<string>>();
  readonly #thinned = new Set<RepoPath>();
  readonly #kept = new Map<RepoPath, Promise<boolean>>();
  /** The submodules whose gitlink has changed. */
  readonly #mounts: ReadonlyMap<RepoPath, Mount>;

  /**
   * `changes` by path; absent if it was deleted. `mounts`: the content below each changed gitlink.
   */
  constructor(base: Snapshot, changes: ReadonlyMap<RepoPath, Entry>, mounts: ReadonlyMap<RepoPath, Mount> = new Map()) {
    this.#base = base;
    this.#changes = changes;
    this.#mounts = mounts;
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

  /**
   * The change strictly above this path: the mounted submodule, or nothing if it is not a gitlink.
   */
  changedAbove(path: RepoPath): { readonly mount: Mount | undefined } | undefined {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      const above = path.slice(0, end) as RepoPath;
      if (this.#changes.has(above)) return { mount: this.#mounts.get(above) };
    }
    return undefined;
  }

  async readEntry(path: RepoPath): Promise<PlainNode> {
    if (this.#written.has(path)) return DIRECTORY;
    const above = this.changedAbove(path);
    // If a gitlink replaced a directory, the deletion of its files says nothing about the
    // submodule's content.
    if (above?.mount) return above.mount.readEntry(path);
    const change = this.#changes.get(path);
    if (change || above) return change ?? ABSENT;
    const node = await this.#base.readEntry(path);
    if (node.kind !== 'directory' || !this.#thinned.has(path)) return node;
    return (await this.#keepsSome(path)) ? node : ABSENT;
  }

  /** True if a directory with deletions still has files. */
  #keepsSome(directory: RepoPath): Promise<boolean> {
    const known = this.#kept.get(directory) ?? this.#readKeepsSome(directory);
    this.#kept.set(directory, known);
    return known;
  }

  async #readKeepsSome(directory: RepoPath): Promise<boolean> {
    for (const name of await this.#base.readNames(directory)) {
      const node = await this.readEntry(joinPath(directory, name as RepoPath));
      if (node.kind !== 'absent') return true;
    }
    return false;
  }

  async readNames(directory: RepoPath): Promise<readonly string[]> {
    const above = this.changedAbove(joinPath(directory, INSIDE));
    const names = above ? ((await above.mount?.readNames(directory)) ?? []) : await this.#base.readNames(directory);
    const written = this.#written.get(directory);
    return written ? [...new Set([...names, ...written])] : names;
  }

  async readFiles(path: RepoPath, enters?: Enters): Promise<readonly RepoPath[]> {
    const node = await this.readEntry(path);
    if (node.kind === 'absent' || node.kind === 'unread') return [];
    return node.kind === 'directory' ? this.#readFilesBelow(path, enters) : [path];
  }

  async readFilesInside(gitlink: RepoPath, enters?: Enters): Promise<readonly RepoPath[]> {
    const above = this.changedAbove(joinPath(gitlink, INSIDE));
    return above ? (above.mount?.readFilesInside(gitlink, enters) ?? []) : this.#base.readFilesInside(gitlink, enters);
  }

  async readMoved(gitlink: RepoPath, from: Oid, to: Oid): Promise<readonly RepoPath[] | undefined> {
    const above = this.changedAbove(gitlink);
    return above ? above.mount?.readMoved(gitlink, from, to) : this.#base.readMoved?.(gitlink, from, to);
  }

  async #readFilesBelow(directory: RepoPath, enters?: Enters): Promise<readonly RepoPath[]> {
    const above = this.changedAbove(joinPath(directory, INSIDE));
    if (above?.mount) return above.mount.readFiles(directory, enters);
    const files = above ? [] : await this.#base.readFiles(directory, enters);
    if (!this.#written.has(directory) && !this.#thinned.has(directory)) return files;
    const added = [...this.#changes].filter(
      ([path, entry]) => entry.kind !== 'absent' && below(path, directory) !== undefined,
    );
    const kept = files.filter((path) => !this.#changes.has(path));
    return [...kept, ...added.map(([path]) => path)];
  }

  /** Undefined if one of them has changes. */
  async readAlike(one: RepoPath, other: RepoPath): Promise<number | undefined> {
    return [one, other].some((path) => this.#isChanged(path)) ? undefined : this.#base.readAlike?.(one, other);
  }

  #isChanged(directory: RepoPath): boolean {
    if (this.#written.has(directory) || this.#thinned.has(directory)) return true;
    return this.changedAbove(joinPath(directory, INSIDE)) !== undefined;
  }

  async readHome(path: RepoPath): Promise<Home | undefined> {
    const above = this.changedAbove(path);
    return above ? above.mount?.readHome(path) : this.#base.readHome(path);
  }

  readText(path: RepoPath, oid: Oid): Promise<Buffer | number | undefined> {
    const mount = this.changedAbove(path)?.mount;
    return mount ? mount.readText(path, oid) : this.#base.readText(path, oid);
  }

  readLink(path: RepoPath, oid: Oid): Promise<Buffer> {
    const mount = this.changedAbove(path)?.mount;
    return mount ? mount.readLink(path, oid) : this.#base.readLink(path, oid);
  }
}
