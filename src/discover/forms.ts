// Decides how two directories are a pair: whole, child by child, or not at all.

import { joinPath, type RepoPath } from '../git/path.js';
import { type CopyEvidence, type DirectoryContents, isCopy, isOther, type Relation, speaks } from './contents.js';
import { foldNames } from './fold.js';
import { areSiblings } from './places.js';

/**
 * `plain`: everything below. `named`: the children that both have. `loose`: plain, because nothing
 * inside fits better.
 */
export type Form = 'plain' | 'named' | 'loose';

const FEWEST = 2;
/** More one-sided names than this are not exceptions; the manifest lists them. */
const MOST_ALONE = 4;
/**
 * The share of all files of two siblings that must be copies; siblings have less than that in
 * common anyway.
 */
const LEAST_OF_SIBLINGS = 0.8;
/** The share of the common children that must be copies. */
const LEAST_OF_CHILDREN = 0.75;

/** The number of names of each kind. */
interface Tally {
  /** Equal or kept in sync, and not in every project. */
  readonly good: number;
  readonly same: number;
  /** Never equal, or edited separately. */
  readonly bad: number;
}

export function chooseForm(
  evidence: CopyEvidence,
  a: RepoPath,
  b: RepoPath,
  contents: DirectoryContents,
): Form | undefined {
  const tally = tallyOf(evidence, a, contents.relations);
  if (isMirror(tally, contents)) return 'plain';
  if (tally.good < FEWEST) return undefined;
  const siblings = areSiblings(a, b);
  const larger = Math.max(evidence.tree.countBelow(a), evidence.tree.countBelow(b));
  if (siblings && tally.same < LEAST_OF_SIBLINGS * larger) return undefined;
  const [aloneA, aloneB] = [foldAlone(contents, contents.onlyA), foldAlone(contents, contents.onlyB)];
  const alone = aloneA.length + aloneB.length;
  const few = alone <= MOST_ALONE && contents.onlyA.length + contents.onlyB.length <= tally.good;
  const children = readChildren(evidence, a, contents);
  const units = few && alone > 0 && isCollection(children, [...aloneA, ...aloneB], contents);
  if (few && !units && tally.bad <= Math.max(FEWEST, tally.good / 3) && tally.bad <= tally.good / 2) return 'plain';
  if (!siblings && areNamed(children)) return 'named';
  return few && tally.bad <= tally.good ? 'loose' : undefined;
}

function tallyOf(evidence: CopyEvidence, a: RepoPath, relations: ReadonlyMap<RepoPath, Relation>): Tally {
  let [good, same, bad] = [0, 0, 0];
  for (const [name, relation] of relations) {
    if (isOther(relation)) bad += 1;
    else if (isCopy(relation)) {
      same += 1;
      if (speaks(evidence, joinPath(a, name))) good += 1;
    }
  }
  return { good, same, bad };
}

/** Only the same files under the same names. */
function isMirror({ good, same }: Tally, { relations, moved, onlyA, onlyB }: DirectoryContents): boolean {
  return good > 0 && same >= FEWEST && same === relations.size && moved.length + onlyA.length + onlyB.length === 0;
}

function foldAlone({ relations, moved, onlyA }: DirectoryContents, alone: readonly RepoPath[]): readonly RepoPath[] {
  const other = alone === onlyA ? moved.map(([name]) => name) : moved.map(([, name]) => name);
  return foldNames(alone, [...relations.keys(), ...other, ...alone]);
}

/** A child that both sides have. */
interface Child {
  readonly name: string;
  readonly isDirectory: boolean;
  good: number;
  bad: number;
  alone: number;
}

function readChildren(
  evidence: CopyEvidence,
  a: RepoPath,
  { relations, onlyA, onlyB }: DirectoryContents,
): readonly Child[] {
  const children = new Map<string, Child>();
  for (const [name, relation] of relations) {
    const slash = name.indexOf('/');
    const first = slash < 0 ? name : name.slice(0, slash);
    const child = children.get(first) ?? { name: first, isDirectory: slash >= 0, good: 0, bad: 0, alone: 0 };
    children.set(first, child);
    if (isOther(relation)) child.bad += 1;
    else if (isCopy(relation) && speaks(evidence, joinPath(a, name))) child.good += 1;
  }
  for (const name of [...onlyA, ...onlyB]) {
    const child = children.get(name.split('/')[0] ?? '');
    if (child) child.alone += 1;
  }
  return [...children.values()];
}

/** True for a child whose pair needs no exclude. */
function isGood({ good, bad, alone }: Child): boolean {
  return good > 0 && bad <= good / 4 && alone <= good / 4;
}

function areNamed(children: readonly Child[]): boolean {
  const good = children.filter(isGood).length;
  return good >= FEWEST && good >= LEAST_OF_CHILDREN * children.length;
}

/** Directories that each hold a selection of children: a missing child is intended. */
function isCollection(
  children: readonly Child[],
  alone: readonly RepoPath[],
  { onlyA, onlyB }: DirectoryContents,
): boolean {
  const directories = children.filter(({ isDirectory }) => isDirectory).length;
  const files = new Set([...onlyA, ...onlyB]);
  const isUnit = (name: RepoPath) => !name.includes('/') && !files.has(name);
  return directories >= FEWEST && directories * 2 >= children.length && alone.some(isUnit);
}
