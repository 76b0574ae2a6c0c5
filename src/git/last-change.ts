// The last commit that changed any of some files, for many sets of files in one walk.

import { type Commit, readHistory } from './history.js';
import type { Oid } from './oid.js';
import { below, isUtf8, parentOf, type RepoPath } from './path.js';
import type { RawChange } from './records.js';
import type { Git } from './run.js';

export type LastChange = Pick<Commit, 'oid' | 'author' | 'time'>;

/**
 * For each set of files, along the first parents; undefined where there is none. A file inside a
 * submodule changes with its gitlink. The walk ends when every set has its commit.
 */
export async function readLastChanges(
  git: Git,
  tip: Oid,
  sets: readonly (readonly RepoPath[])[],
): Promise<readonly (LastChange | undefined)[]> {
  const found: (LastChange | undefined)[] = sets.map(() => undefined);
  const open = new OpenSets(sets.map((paths) => paths.filter(isUtf8)));
  if (open.isEmpty) return found;
  const roots = rootsOf(open.paths);
  const walk = { tip, excluded: [], firstParent: true, ...(roots && { roots }) };
  for await (const { oid, author, time, changes } of readHistory(git, walk)) {
    for (const change of changes) {
      for (const at of open.take(change)) found[at] = { oid, author, time };
    }
    if (open.isEmpty) break;
  }
  return found;
}

/** The sets without a commit yet, by their paths. */
class OpenSets {
  readonly #sets: readonly (readonly RepoPath[])[];
  readonly #byPath = new Map<RepoPath, Set<number>>();

  constructor(sets: readonly (readonly RepoPath[])[]) {
    this.#sets = sets;
    for (const [at, paths] of sets.entries()) {
      for (const path of paths) this.#byPath.set(path, (this.#byPath.get(path) ?? new Set()).add(at));
    }
  }

  get isEmpty(): boolean {
    return this.#byPath.size === 0;
  }

  get paths(): readonly RepoPath[] {
    return [...this.#byPath.keys()];
  }

  /** Removes and returns the sets with a path at or above the change, or inside its gitlink. */
  take({ path, before, after }: RawChange): readonly number[] {
    const taken = new Set<number>();
    for (let at = path; at !== ''; at = parentOf(at)) for (const set of this.#byPath.get(at) ?? []) taken.add(set);
    if (before.mode === GITLINK || after.mode === GITLINK) {
      for (const [inside, sets] of this.#byPath) {
        if (below(inside, path) !== undefined) for (const set of sets) taken.add(set);
      }
    }
    for (const set of taken) this.#remove(set);
    return [...taken];
  }

  #remove(set: number): void {
    for (const path of this.#sets[set] ?? []) {
      this.#byPath.get(path)?.delete(set);
      if (this.#byPath.get(path)?.size === 0) this.#byPath.delete(path);
    }
  }
}

const GITLINK = '160000';

/** git tries each pathspec on each name; more are cut to the directories that they share. */
const MOST_ROOTS = 20;

/** Few paths that cover all of these; undefined if only the whole tree does. */
function rootsOf(paths: readonly RepoPath[]): readonly RepoPath[] | undefined {
  const deepest = Math.max(...paths.map((path) => path.split('/').length));
  for (let depth = deepest; depth > 0; depth -= 1) {
    const roots = new Set(paths.map((path) => path.split('/').slice(0, depth).join('/') as RepoPath));
    if (roots.size <= MOST_ROOTS) return [...roots];
  }
  return undefined;
}
