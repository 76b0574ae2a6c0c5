// A snapshot of one tree: a commit's files, each directory read once. Below a gitlink: the files of
// its commit.

import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import { baseOf, joinPath, parentOf, type RepoPath } from '../git/path.js';
import { parseTree, type TreeEntry } from '../git/records.js';
import { missingHere } from '../messages/trees.js';
import { readStored } from './content.js';
import { nodeOf } from './entry.js';
import { INSIDE, Mount, readMovedBetween, type SubmoduleContents } from './mount.js';
import { DIRECTORY, type Enters, type Home, type OutsideFiles, type PlainNode, type Snapshot } from './types.js';

type Directory = ReadonlyMap<string, TreeEntry>;

const NOTHING: Directory = new Map();

/** The files of a submodule's commit. */
export async function readCommitBelow(objects: ObjectReader, at: RepoPath, commit: Oid): Promise<SubmoduleContents> {
  const store = await objects.submodule(at);
  if (store.kind === 'lacking') return store;
  const tree = await store.objects.info(`${commit}^{tree}`);
  if (!tree) return { kind: 'lacking', lack: 'no-commit' };
  return { ...store, snapshot: new TreeSnapshot(store.objects, tree.oid) };
}

/** Reads the submodule content below a gitlink with this commit. */
export type ReadBelow = (objects: ObjectReader, at: RepoPath, commit: Oid) => Promise<SubmoduleContents>;

import { ABSENT } from '../git/entry.js';

function addCounts(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one + other;
}

export class TreeSnapshot implements Snapshot {
  outside: OutsideFiles | undefined;
  readonly #objects: ObjectReader;
  readonly #readRoot: () => Oid | Promise<Oid>;
  readonly #readBelow: ReadBelow;
  readonly #directories = new Map<RepoPath, Promise<Directory>>();
  readonly #trees = new Map<Oid, Promise<Directory>>();
  readonly #mounts = new Map<RepoPath, Mount>();

  /** `tree`: its id, or a function that reads the id as soon as something of the tree is needed. */
  constructor(objects: ObjectReader, tree: Oid | (() => Promise<Oid>), readBelow: ReadBelow = readCommitBelow) {
    this.#objects = objects;
    this.#readRoot = typeof tree === 'function' ? tree : () => tree;
    this.#readBelow = readBelow;
  }

  async readEntry(path: RepoPath): Promise<PlainNode> {
    if (path === '') return DIRECTORY;
    const entry = (await this.#readDirectory(parentOf(path))).get(baseOf(path));
    if (entry) return nodeOf(entry);
    return (await this.readMount(path))?.readEntry(path) ?? ABSENT;
  }

  async readNames(directory: RepoPath): Promise<readonly string[]> {
    const names = [...(await this.#readDirectory(directory)).keys()];
    if (names.length > 0) return names;
    return (await this.readMount(joinPath(directory, INSIDE)))?.readNames(directory) ?? [];
  }

  async readFiles(path: RepoPath, enters?: Enters): Promise<readonly RepoPath[]> {
    const mount = await this.readMount(path);
    if (mount) return mount.readFiles(path, enters);
    const node = await this.readEntry(path);
    if (node.kind === 'absent' || node.kind === 'unread') return [];
    return node.kind === 'directory' ? this.#readFilesBelow(path, enters) : [path];
  }

  async readFilesInside(gitlink: RepoPath, enters?: Enters): Promise<readonly RepoPath[]> {
    return (await this.readMount(joinPath(gitlink, INSIDE)))?.readFilesInside(gitlink, enters) ?? [];
  }

  async readMoved(gitlink: RepoPath, from: Oid, to: Oid): Promise<readonly RepoPath[] | undefined> {
    const mount = await this.readMount(gitlink);
    return mount ? mount.readMoved(gitlink, from, to) : readMovedBetween(this.#objects, gitlink, from, to);
  }

  /** The submodule that the path is strictly below, if any. */
  async readMount(path: RepoPath): Promise<Mount | undefined> {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      const above = path.slice(0, end) as RepoPath;
      const entry = (await this.#readDirectory(parentOf(above))).get(baseOf(above));
      const node = entry ? nodeOf(entry) : ABSENT;
      if (node.kind === 'gitlink') return this.#mount(above, node.oid);
      if (node.kind !== 'directory') return undefined;
    }
    return undefined;
  }

  #mount(at: RepoPath, commit: Oid): Mount {
    const known = this.#mounts.get(at) ?? new Mount(at, this.#readBelow(this.#objects, at, commit));
    this.#mounts.set(at, known);
    return known;
  }

  async #readFilesBelow(directory: RepoPath, enters?: Enters): Promise<RepoPath[]> {
    const entries = [...(await this.#readDirectory(directory))];
    const lists = await Promise.all(
      entries.map(([name, entry]) => {
        const path = joinPath(directory, name as RepoPath);
        return nodeOf(entry).kind === 'directory' ? this.#readEntered(path, enters) : [path];
      }),
    );
    return lists.flat();
  }

  async #readEntered(directory: RepoPath, enters?: Enters): Promise<RepoPath[]> {
    return !enters || (await enters(directory)) ? this.#readFilesBelow(directory, enters) : [];
  }

  async readAlike(one: RepoPath, other: RepoPath): Promise<number | undefined> {
    const [treeOne, treeOther] = await Promise.all([one, other].map((path) => this.#readTreeId(path)));
    return treeOne !== undefined && treeOne === treeOther ? this.#countFiles(treeOne) : undefined;
  }

  async #readTreeId(directory: RepoPath): Promise<Oid | undefined> {
    const entry = (await this.#readDirectory(parentOf(directory))).get(baseOf(directory));
    return entry && nodeOf(entry).kind === 'directory' ? entry.oid : undefined;
  }

  /**
   * Undefined if a tree is missing or has anything but files (a link's target needs another check).
   */
  async #countFiles(tree: Oid): Promise<number | undefined> {
    const object = await this.#objects.contents(tree);
    if (!object) return undefined;
    const entries = [...parseTree(tree, object.content).values()];
    const counts = await Promise.all(
      entries.map((entry) => {
        const { kind } = nodeOf(entry);
        return kind === 'directory' ? this.#countFiles(entry.oid) : kind === 'file' ? 1 : undefined;
      }),
    );
    return counts.reduce((sum: number | undefined, each) => addCounts(sum, each), 0);
  }

  async readHome(path: RepoPath): Promise<Home | undefined> {
    return (await this.readMount(path))?.readHome(path);
  }

  async readLink(path: RepoPath, oid: Oid): Promise<Buffer> {
    const mount = await this.readMount(path);
    if (mount) return mount.readLink(path, oid);
    const link = await this.#objects.contents(oid);
    if (link) return link.content;
    throw missingHere(`The symlink's object ${oid}`);
  }

  async readText(path: RepoPath, oid: Oid): Promise<Buffer | number | undefined> {
    const mount = await this.readMount(path);
    return mount ? mount.readText(path, oid) : readStored(this.#objects, oid);
  }

  #readDirectory(directory: RepoPath): Promise<Directory> {
    const known = this.#directories.get(directory) ?? this.#fetchDirectory(directory);
    this.#directories.set(directory, known);
    return known;
  }

  // By tree id: for a name with a path git reads all trees above it again.
  async #fetchDirectory(directory: RepoPath): Promise<Directory> {
    const tree = directory === '' ? await this.#readRoot() : await this.#readTreeId(directory);
    return tree === undefined ? NOTHING : this.#readTree(tree);
  }

  #readTree(tree: Oid): Promise<Directory> {
    const known = this.#trees.get(tree) ?? this.#fetchTree(tree);
    this.#trees.set(tree, known);
    return known;
  }

  async #fetchTree(tree: Oid): Promise<Directory> {
    const object = await this.#objects.contents(tree);
    if (object?.type === 'tree') return parseTree(tree, object.content);
    // safeguard missing-tree (R14): a missing tree is not empty (e2e/bad-input: a tree that)
    throw missingHere(`The tree ${tree}`);
  }
}
