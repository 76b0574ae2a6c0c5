// Finds the old name of a file that a commit adds: first in the directory of its side, then
// anywhere.

import type { Commit } from '../git/history.js';
import { below, type RepoPath } from '../git/path.js';
import type { RawChange } from '../git/records.js';
import { readRenames } from '../git/renames.js';
import type { Git } from '../git/run.js';

/** git's renames, new name to old name; only below the directory, if one is given. */
export type AskRenames = (root: RepoPath | undefined) => Promise<ReadonlyMap<RepoPath, RepoPath>>;

/**
 * The rename sources of one step of history. Asks git at most once per directory, and only after a
 * deletion there.
 */
export class RenameSources {
  readonly #deleted: readonly RawChange[];
  readonly #ask: AskRenames;
  readonly #asked = new Map<RepoPath | undefined, Promise<ReadonlyMap<RepoPath, RepoPath>>>();

  constructor(changes: readonly RawChange[], ask: AskRenames) {
    this.#deleted = changes.filter(({ status }) => status === 'D');
    this.#ask = ask;
  }

  /** The deletion that is the file's old name; undefined if the file is new. */
  async source(added: RawChange, root: RepoPath): Promise<RawChange | undefined> {
    const inside = this.#deleted.filter(({ path }) => below(path, root) !== undefined);
    return (await this.#sourceAmong(added, inside, root)) ?? (await this.#sourceAmong(added, this.#deleted, undefined));
  }

  async #sourceAmong(
    added: RawChange,
    deleted: readonly RawChange[],
    root: RepoPath | undefined,
  ): Promise<RawChange | undefined> {
    if (deleted.length === 0) return undefined;
    const exact = deleted.filter(({ before }) => before.oid === added.after.oid);
    if (exact.length > 0) return closest(added.path, exact);
    const name = (await this.#renames(root)).get(added.path);
    return deleted.find(({ path }) => path === name);
  }

  #renames(root: RepoPath | undefined): Promise<ReadonlyMap<RepoPath, RepoPath>> {
    const known = this.#asked.get(root) ?? this.#ask(root);
    this.#asked.set(root, known);
    return known;
  }
}

/** The renames between the commit's first parent and the commit. */
export function renameSourcesIn(git: Git, { oid, parents: [parent], changes }: Commit): RenameSources {
  return new RenameSources(changes, async (root) =>
    parent === undefined ? new Map() : readRenames(git, ['diff-tree', '-r', parent, oid], root),
  );
}

/**
 * The name with the longest common ending; of several, the one with the longest common beginning.
 */
function closest(path: RepoPath, candidates: readonly RawChange[]): RawChange | undefined {
  const parts = path.split('/');
  const score = (other: RepoPath): number => {
    const others = other.split('/');
    return common(parts.toReversed(), others.toReversed()) * 1000 + common(parts, others);
  };
  return [...candidates].sort((one, other) => score(other.path) - score(one.path))[0];
}

function common(one: readonly string[], other: readonly string[]): number {
  const end = one.findIndex((part, at) => part !== other[at]);
  return end < 0 ? one.length : end;
}
