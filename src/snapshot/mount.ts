// What stands below a gitlink: another snapshot, whose paths begin where the submodule does.

import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import { below, joinPath, type RepoPath } from '../git/path.js';
import { parseRawDiff } from '../git/records.js';
import type { Repository } from '../git/repository.js';
import { readGit } from '../git/run.js';
import type { SubmoduleLack } from '../git/submodules.js';
import type { Home, PlainNode, Snapshot } from './types.js';

/** Any name: what is meant is the directory that it would stand in. */
export const INSIDE = '*' as RepoPath;

/** What is known of a submodule in one state: its files, or why there is nothing to see. */
export type SubmoduleContents =
  | {
      readonly kind: 'ready';
      readonly snapshot: Snapshot;
      readonly repository: Repository;
      readonly objects: ObjectReader;
    }
  | { readonly kind: 'lacking'; readonly lack: SubmoduleLack };

/** A snapshot put in at a gitlink; takes and gives the outer repository's paths. */
export class Mount {
  readonly #at: RepoPath;
  readonly #contents: Promise<SubmoduleContents>;

  constructor(at: RepoPath, contents: Promise<SubmoduleContents>) {
    this.#at = at;
    this.#contents = contents;
    // Whoever asks is told; that nobody may ever ask is no failure.
    contents.catch(() => undefined);
  }

  async readEntry(path: RepoPath): Promise<PlainNode> {
    const contents = await this.#contents;
    if (contents.kind === 'ready') return this.#outer(await contents.snapshot.readEntry(this.#inner(path)));
    return { kind: 'unread', why: { kind: 'submodule', at: this.#at, lack: contents.lack } };
  }

  async readNames(directory: RepoPath): Promise<readonly string[]> {
    return (await this.#snapshot())?.readNames(this.#inner(directory)) ?? [];
  }

  async readFiles(path: RepoPath): Promise<readonly RepoPath[]> {
    const files = await (await this.#snapshot())?.readFiles(this.#inner(path));
    return (files ?? []).map((file) => joinPath(this.#at, file));
  }

  async readFilesInside(gitlink: RepoPath): Promise<readonly RepoPath[]> {
    if (gitlink === this.#at) return this.readFiles(gitlink);
    const files = await (await this.#snapshot())?.readFilesInside(this.#inner(gitlink));
    return (files ?? []).map((file) => joinPath(this.#at, file));
  }

  async readMoved(gitlink: RepoPath, from: Oid, to: Oid): Promise<readonly RepoPath[] | undefined> {
    const moved = await (await this.#snapshot())?.readMoved?.(this.#inner(gitlink), from, to);
    return moved?.map((path) => joinPath(this.#at, path));
  }

  async readHome(path: RepoPath): Promise<Home | undefined> {
    const contents = await this.#contents;
    if (contents.kind === 'lacking') return undefined;
    const inner = await contents.snapshot.readHome(this.#inner(path));
    if (inner) {
      const gitlinks = [this.#at, ...inner.gitlinks.map((gitlink) => joinPath(this.#at, gitlink))];
      return { ...inner, at: joinPath(this.#at, inner.at), gitlinks };
    }
    return { at: this.#at, gitlinks: [this.#at], repository: contents.repository, objects: contents.objects };
  }

  async readLink(path: RepoPath, oid: Oid): Promise<Buffer> {
    return (await this.#snapshot())?.readLink(this.#inner(path), oid) ?? Buffer.alloc(0);
  }

  async readIdentity(path: RepoPath): Promise<string | undefined> {
    return (await this.#snapshot())?.readIdentity?.(this.#inner(path));
  }

  async #snapshot(): Promise<Snapshot | undefined> {
    const contents = await this.#contents;
    return contents.kind === 'ready' ? contents.snapshot : undefined;
  }

  #inner(path: RepoPath): RepoPath {
    return below(path, this.#at) ?? path;
  }

  /** A submodule inside this one is named by the whole way to it. */
  #outer(node: PlainNode): PlainNode {
    if (node.kind !== 'unread' || node.why.kind !== 'submodule') return node;
    return { kind: 'unread', why: { ...node.why, at: joinPath(this.#at, node.why.at) } };
  }
}

/** The paths that differ between two commits of the submodule at this gitlink; undefined if one of
 * them is not here. */
export async function readMovedBetween(
  objects: ObjectReader,
  gitlink: RepoPath,
  from: Oid,
  to: Oid,
): Promise<readonly RepoPath[] | undefined> {
  const store = await objects.submodule(gitlink);
  if (store.kind === 'lacking') return undefined;
  const trees = await Promise.all([from, to].map((commit) => store.objects.info(`${commit}^{tree}`)));
  const ids = trees.flatMap((tree) => (tree ? [tree.oid] : []));
  if (ids.length < 2) return undefined;
  const flags = ['-r', '--raw', '-z', '--no-abbrev', '--no-renames', '--ignore-submodules=none'];
  const changes = parseRawDiff(await readGit(store.repository.git, ['diff-tree', ...flags, ...ids]));
  return changes.map(({ path }) => joinPath(gitlink, path));
}
