// Compares two directories by file name.

import { baseOf, joinPath, type RepoPath } from '../git/path.js';
import type { TreeFile } from '../git/tree-files.js';
import type { Limits } from './limits.js';
import { isAsset, isBoilerplate } from './names.js';
import type { CopyPast } from './past.js';
import type { CopyTree } from './tree.js';

/** Today's files and their history; without history, files that differ count as never equal. */
export interface CopyEvidence {
  readonly tree: CopyTree;
  readonly past: CopyPast | undefined;
  readonly limits: Limits;
}

/**
 * How two files that differ relate. `kept`, `behind`, `ahead`: one side was edited; `kept`: they
 * once took the same edit; else the second side is stale, or the first.
 * `diverged`, `apart`: both were edited; `diverged`: they once took the same edit. `different`:
 * never equal.
 */
export type Relation = 'equal' | 'kept' | 'behind' | 'ahead' | 'diverged' | 'apart' | 'different';

/** True if nothing speaks against the two as copies. */
export function isCopy(relation: Relation): boolean {
  return relation === 'equal' || relation === 'kept';
}

/** True if they are not copies of each other, or not any more. */
export function isOther(relation: Relation): boolean {
  return relation === 'apart' || relation === 'different';
}

export function relate({ tree, past }: CopyEvidence, one: RepoPath, other: RepoPath): Relation {
  const [a, b] = [tree.files.get(one), tree.files.get(other)];
  if (a && b && isSame(a, b)) return 'equal';
  const [mine, theirs] = [tree.candidates.get(one), tree.candidates.get(other)];
  if (!past || !mine || !theirs) return 'different';
  const { shared, steps } = past.meet(mine, theirs);
  if (shared === 0) return 'different';
  const [behind, ahead] = [past.held(mine, theirs.state), past.held(theirs, mine.state)];
  if (steps.length > 0) return behind || ahead ? 'kept' : 'diverged';
  return behind ? 'behind' : ahead ? 'ahead' : 'apart';
}

function isSame(one: TreeFile, other: TreeFile): boolean {
  return one.oid === other.oid && one.mode === other.mode;
}

/** True for a file whose equality is significant: not tiny, not a picture, not in every project. */
export function speaks({ tree, limits }: CopyEvidence, path: RepoPath): boolean {
  const candidate = tree.candidates.get(path);
  const name = baseOf(path);
  return candidate !== undefined && candidate.size >= limits.smallest && !isBoilerplate(name) && !isAsset(name);
}

/** The files below the two sides, by relative name. */
export interface DirectoryContents {
  readonly relations: ReadonlyMap<RepoPath, Relation>;
  /** Files with the same content and different names. */
  readonly moved: readonly (readonly [RepoPath, RepoPath])[];
  /** Without those in `moved`. */
  readonly onlyA: readonly RepoPath[];
  readonly onlyB: readonly RepoPath[];
}

export function readContents(evidence: CopyEvidence, a: RepoPath, b: RepoPath): DirectoryContents {
  const { tree } = evidence;
  const [namesA, namesB] = [tree.namesBelow(a), tree.namesBelow(b)];
  const [inA, inB] = [new Set(namesA), new Set(namesB)];
  const common = namesA.filter((name) => inB.has(name));
  const [aloneA, aloneB] = [namesA.filter((name) => !inB.has(name)), namesB.filter((name) => !inA.has(name))];
  const moved = findMoved(tree, a, aloneA, b, aloneB);
  const [movedA, movedB] = [new Set(moved.map(([name]) => name)), new Set(moved.map(([, name]) => name))];
  return {
    relations: new Map(common.map((name) => [name, relate(evidence, joinPath(a, name), joinPath(b, name))])),
    moved,
    onlyA: aloneA.filter((name) => !movedA.has(name)),
    onlyB: aloneB.filter((name) => !movedB.has(name)),
  };
}

/** Contents with one name on each side, and a different one. */
function findMoved(
  tree: CopyTree,
  a: RepoPath,
  namesA: readonly RepoPath[],
  b: RepoPath,
  namesB: readonly RepoPath[],
): readonly (readonly [RepoPath, RepoPath])[] {
  const byState = (side: RepoPath, names: readonly RepoPath[]) => {
    const found = new Map<number, RepoPath[]>();
    for (const name of names) {
      const candidate = tree.candidates.get(joinPath(side, name));
      if (candidate) found.set(candidate.state, [...(found.get(candidate.state) ?? []), name]);
    }
    return found;
  };
  const onB = byState(b, namesB);
  return [...byState(a, namesA)].flatMap(([state, names]) => {
    const [[one, ...more], [other, ...others]] = [names, onB.get(state) ?? []];
    return one && other && more.length + others.length === 0 ? [[one, other] as const] : [];
  });
}
