// A snapshot of one tree: a commit's files, read directory by directory and each directory once.

import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import { baseOf, joinPath, parentOf, type RepoPath } from '../git/path.js';
import { parseTree, type TreeEntry } from '../git/records.js';
import { Fault } from '../messages/fault.js';
import { standingOf } from './entry.js';
import { ABSENT, DIRECTORY, type Snapshot, type Standing } from './types.js';

type Directory = ReadonlyMap<string, TreeEntry>;

const NOTHING: Directory = new Map();

export class TreeSnapshot implements Snapshot {
  readonly #objects: ObjectReader;
  readonly #tree: Oid;
  readonly #directories = new Map<RepoPath, Promise<Directory>>();

  constructor(objects: ObjectReader, tree: Oid) {
    this.#objects = objects;
    this.#tree = tree;
  }

  async readEntry(path: RepoPath): Promise<Standing> {
    if (path === '') return DIRECTORY;
    const entry = (await this.#readDirectory(parentOf(path))).get(baseOf(path));
    return entry ? standingOf(entry) : ABSENT;
  }

  async readNames(directory: RepoPath): Promise<readonly string[]> {
    return [...(await this.#readDirectory(directory)).keys()];
  }

  async readFiles(path: RepoPath): Promise<readonly RepoPath[]> {
    const standing = await this.readEntry(path);
    if (standing.kind === 'absent') return [];
    return standing.kind === 'directory' ? this.#readFilesBelow(path) : [path];
  }

  async #readFilesBelow(directory: RepoPath): Promise<RepoPath[]> {
    const entries = [...(await this.#readDirectory(directory))];
    const lists = await Promise.all(
      entries.map(([name, entry]) => {
        const path = joinPath(directory, name as RepoPath);
        return standingOf(entry).kind === 'directory' ? this.#readFilesBelow(path) : [path];
      }),
    );
    return lists.flat();
  }

  async readLink(_path: RepoPath, oid: Oid): Promise<Buffer> {
    const link = await this.#objects.contents(oid);
    if (link) return link.content;
    throw new Fault('git', `The symlink's object ${oid} is not here.`, 'see what is missing: git fsck');
  }

  #readDirectory(directory: RepoPath): Promise<Directory> {
    const known = this.#directories.get(directory);
    if (known) return known;
    const reading = this.#fetchDirectory(directory);
    this.#directories.set(directory, reading);
    return reading;
  }

  async #fetchDirectory(directory: RepoPath): Promise<Directory> {
    // The slash at the end makes git answer for a directory alone, so that no file's content is sent.
    const name = directory === '' ? this.#tree : `${this.#tree}:${directory}/`;
    const tree = await this.#objects.contents(name);
    if (!tree && directory === '') throw new Fault('git', `The tree ${this.#tree} is not here.`, 'see: git fsck');
    return tree ? parseTree(tree.content, tree.oid.length === 40 ? 20 : 32) : NOTHING;
  }
}
