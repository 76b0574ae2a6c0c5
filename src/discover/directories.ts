// Which of the directories that files voted for are a pair, and what their pair leaves out, renames, or has on one side alone.

import { baseOf, joinPath, parentOf, type RepoPath } from '../git/path.js';
import type { CopyTree } from './tree.js';
import type { Ballot } from './votes.js';

/** So many of the votes in one child mean that the child is the pair. */
const NEARLY_ALL = 0.95;
const FEWEST = 2;
const LEAST_OF_SMALLER = 0.5;
const LEAST_OF_COMMON = 0.3;
/** Enough of either, where history shows that the two are kept in step. */
const LEAST_IF_KEPT = 0.1;
const OFTEN = 2;

export interface DirectoryPair {
  readonly a: RepoPath;
  readonly b: RepoPath;
  /** Files that are equal, or once were, under one name. */
  readonly evidence: number;
  /** Of the smaller side: 0 to 1. */
  readonly share: number;
  readonly kept: number;
}

/** The outermost directories that have enough in common, by evidence. */
export function findDirectories(tree: CopyTree, outermost: readonly Ballot[]): readonly DirectoryPair[] {
  const found: DirectoryPair[] = [];
  const pending = [...outermost];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const ballot = narrowed(next);
    const pair = ballot.votes >= FEWEST ? accept(tree, ballot) : undefined;
    if (pair) found.push(pair);
    else pending.push(...ballot.children);
  }
  return found.sort((one, other) => other.evidence - one.evidence || (one.a + one.b < other.a + other.b ? -1 : 1));
}

function narrowed(ballot: Ballot): Ballot {
  for (let at = ballot; ; ) {
    const child = at.children.find(({ votes }) => votes >= NEARLY_ALL * at.votes);
    if (!child) return at;
    at = child;
  }
}

function accept(tree: CopyTree, { a, b, votes, kept }: Ballot): DirectoryPair | undefined {
  const smaller = Math.min(tree.countBelow(a), tree.countBelow(b));
  const [ofSmaller, ofCommon] = kept >= OFTEN ? [LEAST_IF_KEPT, LEAST_IF_KEPT] : [LEAST_OF_SMALLER, LEAST_OF_COMMON];
  if (votes < ofSmaller * smaller || votes < ofCommon * tree.countCommon(a, b)) return undefined;
  return { a, b, evidence: votes, share: Math.min(1, votes / smaller), kept };
}

/** What stands below the two sides of a pair, by name relative to them. */
export interface Contents {
  readonly equal: readonly RepoPath[];
  /** Equal once, and not now. */
  readonly drifted: readonly RepoPath[];
  /** Of one name, and never equal. */
  readonly different: readonly RepoPath[];
  /** Files of one content and two names. */
  readonly moved: readonly (readonly [RepoPath, RepoPath])[];
  /** The same, with directories where all of their files are among them. */
  readonly renamed: readonly (readonly [RepoPath, RepoPath])[];
  readonly onlyA: readonly RepoPath[];
  readonly onlyB: readonly RepoPath[];
}

/** Every file counts here, also those that speak for nothing: a pair means all that is below it. */
export function readContents(
  tree: CopyTree,
  { a, b }: Pick<DirectoryPair, 'a' | 'b'>,
  wereEqual: (one: RepoPath, other: RepoPath) => boolean,
): Contents {
  const [namesA, namesB] = [tree.namesBelow(a), tree.namesBelow(b)];
  const [inA, inB] = [new Set(namesA), new Set(namesB)];
  const common = namesA.filter((name) => inB.has(name));
  const fileAt = (side: RepoPath, name: RepoPath) => tree.files.get(joinPath(side, name));
  const equal = common.filter((name) => fileAt(a, name)?.oid === fileAt(b, name)?.oid);
  const unequal = common.filter((name) => fileAt(a, name)?.oid !== fileAt(b, name)?.oid);
  const drifted = unequal.filter((name) => wereEqual(joinPath(a, name), joinPath(b, name)));
  const once = new Set(drifted);
  const aloneA = namesA.filter((name) => !inB.has(name));
  const aloneB = namesB.filter((name) => !inA.has(name));
  const moved = findMoved(tree, a, aloneA, b, aloneB);
  const [movedA, movedB] = [new Set(moved.map(([name]) => name)), new Set(moved.map(([, name]) => name))];
  return {
    equal,
    drifted,
    different: unequal.filter((name) => !once.has(name)),
    moved,
    renamed: foldRenamed(moved, namesA, namesB),
    onlyA: foldAlone(
      aloneA.filter((name) => !movedA.has(name)),
      namesA,
    ),
    onlyB: foldAlone(
      aloneB.filter((name) => !movedB.has(name)),
      namesB,
    ),
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
  const byOid = (side: RepoPath, names: readonly RepoPath[]) => {
    const found = new Map<string, RepoPath[]>();
    for (const name of names) {
      const candidate = tree.candidates.get(joinPath(side, name));
      if (candidate) found.set(candidate.oid, [...(found.get(candidate.oid) ?? []), name]);
    }
    return found;
  };
  const onB = byOid(b, namesB);
  return [...byOid(a, namesA)].flatMap(([oid, names]) => {
    const [[one, ...more], [other, ...others]] = [names, onB.get(oid) ?? []];
    return one && other && more.length + others.length === 0 ? [[one, other] as const] : [];
  });
}

/** Where all that is below two directories goes by the same names, the directories are what was renamed. */
function foldRenamed(
  renamed: readonly (readonly [RepoPath, RepoPath])[],
  namesA: readonly RepoPath[],
  namesB: readonly RepoPath[],
): readonly (readonly [RepoPath, RepoPath])[] {
  const counts = new Map<string, number>();
  for (const pair of renamed) for (const key of foldsOf(pair)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const countBelow = (names: readonly RepoPath[], directory: string) =>
    names.filter((name) => name.startsWith(`${directory}/`)).length;
  const whole = new Set(
    [...counts].flatMap(([key, count]) => {
      const [from = '', to = ''] = key.split('\0');
      const all = count > 1 && countBelow(namesA, from) === count && countBelow(namesB, to) === count;
      return all ? [key] : [];
    }),
  );
  const folded = renamed.map((pair) => {
    const [key] = [...foldsOf(pair)].filter((each) => whole.has(each));
    return key ? (key.split('\0') as [RepoPath, RepoPath]) : pair;
  });
  return [...new Map(folded.map((pair) => [pair.join('\0'), pair])).values()];
}

/** The directories that hold the two under one name, outermost first. */
function foldsOf([one, other]: readonly [RepoPath, RepoPath]): readonly string[] {
  const folds: string[] = [];
  let [a, b] = [one, other];
  while (baseOf(a) === baseOf(b)) {
    [a, b] = [parentOf(a), parentOf(b)];
    if (a === '' || b === '') break;
    folds.unshift(`${a}\0${b}`);
  }
  return folds;
}

/** Whole directories in place of the files in them, where nothing in them stands on both sides. */
function foldAlone(alone: readonly RepoPath[], names: readonly RepoPath[]): readonly RepoPath[] {
  const mixed = new Set<RepoPath>();
  const lonely = new Set(alone);
  for (const name of names) {
    if (lonely.has(name)) continue;
    for (let above = parentOf(name); above !== ''; above = parentOf(above)) mixed.add(above);
  }
  const folded = alone.map((name) => {
    let top = name;
    for (let above = parentOf(name); above !== '' && !mixed.has(above); above = parentOf(above)) top = above;
    return top;
  });
  return [...new Set(folded)];
}
