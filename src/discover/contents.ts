// What two directories hold, name by name.

import { baseOf, joinPath, type RepoPath } from '../git/path.js';
import type { TreeFile } from '../git/tree-files.js';
import type { Limits } from './limits.js';
import { isAsset, isBoilerplate } from './names.js';
import type { CopyPast } from './past.js';
import type { CopyTree } from './tree.js';

/** The files of today, and what history knows of them; without history, what differs was never
 * equal. */
export interface CopyEvidence {
  readonly tree: CopyTree;
  readonly past: CopyPast | undefined;
  readonly limits: Limits;
}

/**
 * Not equal now: `kept`, `behind`, `ahead`: one side alone was edited since they were equal;
 * `kept`, where both took the same edit before, else the first one (`behind`: the second waits for
 * it) or the second (`ahead`). `diverged`, `apart`: each has its own text since; `diverged`, where
 * both took the same edit before. `different`: never equal.
 */
export type Relation = 'equal' | 'kept' | 'behind' | 'ahead' | 'diverged' | 'apart' | 'different';

/** Nothing to hold against the two. */
export function isCopy(relation: Relation): boolean {
  return relation === 'equal' || relation === 'kept';
}

/** They are no copies of each other, or not any more. */
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

/** True for a file whose equality says something: not tiny, no picture, and not what every project
 * has. */
export function speaks({ tree, limits }: CopyEvidence, path: RepoPath): boolean {
  const candidate = tree.candidates.get(path);
  const name = baseOf(path);
  return candidate !== undefined && candidate.size >= limits.smallest && !isBoilerplate(name) && !isAsset(name);
}

/** What is below the two sides, by name relative to them. */
export interface DirectoryContents {
  readonly relations: ReadonlyMap<RepoPath, Relation>;
  /** Files of one content and two names. */
  readonly moved: readonly (readonly [RepoPath, RepoPath])[];
  /** Without those. */
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

/** One content, one name on each side, and not the same name. */
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
