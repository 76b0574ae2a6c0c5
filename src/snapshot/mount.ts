// The content below a gitlink: a snapshot whose paths start at the submodule.

import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import { below, joinPath, type RepoPath } from '../git/path.js';
import { parseRawDiff } from '../git/records.js';
import type { Repository } from '../git/repository.js';
import { readGit } from '../git/run.js';
import type { SubmoduleLack } from '../git/submodules.js';
import type { Enters, Home, PlainNode, Snapshot } from './types.js';

/** Placeholder child name, used to ask about the inside of a directory. */
export const INSIDE = '*' as RepoPath;

/** A submodule's files in one state, or why they cannot be read. */
export type SubmoduleContents =
  | {
      readonly kind: 'ready';
      readonly snapshot: Snapshot;
      readonly repository: Repository;
      readonly objects: ObjectReader;
    }
  | { readonly kind: 'lacking'; readonly lack: SubmoduleLack };

/** A snapshot mounted at a gitlink; takes and returns paths of the outer repository. */
export class Mount {
  readonly #at: RepoPath;
  readonly #contents: Promise<SubmoduleContents>;

  constructor(at: RepoPath, contents: Promise<SubmoduleContents>) {
    this.#at = at;
    this.#contents = contents;
    // Readers still get the error; this only prevents an unhandled rejection.
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

  async readFiles(path: RepoPath, enters?: Enters): Promise<readonly RepoPath[]> {
    const files = await (await this.#snapshot())?.readFiles(this.#inner(path), this.#innerEnters(enters));
    return (files ?? []).map((file) => joinPath(this.#at, file));
  }

  async readFilesInside(gitlink: RepoPath, enters?: Enters): Promise<readonly RepoPath[]> {
    if (gitlink === this.#at) return this.readFiles(gitlink, enters);
    const files = await (await this.#snapshot())?.readFilesInside(this.#inner(gitlink), this.#innerEnters(enters));
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

  async readText(path: RepoPath, oid: Oid): Promise<Buffer | number | undefined> {
    return (await this.#snapshot())?.readText(this.#inner(path), oid);
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

  #innerEnters(enters: Enters | undefined): Enters | undefined {
    return enters && ((directory) => enters(joinPath(this.#at, directory)));
  }

  /** A nested submodule gets its path from the outer repository. */
  #outer(node: PlainNode): PlainNode {
    if (node.kind !== 'unread' || node.why.kind !== 'submodule') return node;
    return { kind: 'unread', why: { ...node.why, at: joinPath(this.#at, node.why.at) } };
  }
}

/**
 * The paths that differ between two commits of the submodule at this gitlink; undefined if one of
 * them is not in its store.
 */
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
