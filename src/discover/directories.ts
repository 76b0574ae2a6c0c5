// Decides which of the directories with votes are a pair.

import { joinPath, type RepoPath } from '../git/path.js';
import { type CopyEvidence, isCopy, isOther, readContents } from './contents.js';
import { chooseForm, type Form } from './forms.js';
import type { Ballot } from './votes.js';

const FEWEST = 2;

export interface DirectoryPair {
  readonly a: RepoPath;
  readonly b: RepoPath;
  readonly form: Form;
  /** Nothing in it has to be excluded. */
  readonly clean: boolean;
  /** Files that are copies, by name relative to the pair. */
  readonly copies: readonly RepoPath[];
}

/** The outermost directories with enough in common, best first. */
export function findDirectories(evidence: CopyEvidence, outermost: readonly Ballot[]): readonly DirectoryPair[] {
  const found = outermost.flatMap((ballot) => visit(evidence, ballot));
  return found.sort(
    (one, other) => other.copies.length - one.copies.length || (one.a + one.b < other.a + other.b ? -1 : 1),
  );
}

function visit(evidence: CopyEvidence, ballot: Ballot): readonly DirectoryPair[] {
  const { a, b, votes, children } = narrowed(ballot);
  if (votes < FEWEST && !isMirror(evidence, a, b)) return [];
  const pair = judgePair(evidence, a, b);
  if (pair && pair.form !== 'loose') return [pair];
  const inside = children.flatMap((child) => visit(evidence, child));
  return pair && inside.length === 0 ? [pair] : inside;
}

/** Two small directories that are completely equal need only one vote. */
function isMirror({ tree }: CopyEvidence, a: RepoPath, b: RepoPath): boolean {
  const count = tree.countBelow(a);
  return count >= FEWEST && count === tree.countBelow(b) && tree.sumOf(a) === tree.sumOf(b);
}

/** If all votes are in one child, the child is the pair. */
function narrowed(ballot: Ballot): Ballot {
  let at = ballot;
  for (let [child] = at.children; child && child.votes === at.votes; [child] = at.children) at = child;
  return at;
}

/** Undefined if the two are not a pair, whatever the votes. */
export function judgePair(evidence: CopyEvidence, a: RepoPath, b: RepoPath): DirectoryPair | undefined {
  const contents = readContents(evidence, a, b);
  const form = chooseForm(evidence, a, b, contents);
  if (!form) return undefined;
  const copies = [...contents.relations].filter(([, relation]) => isCopy(relation));
  const clean = form !== 'named' && ![...contents.relations.values()].some(isOther);
  return { a, b, form, clean, copies: copies.map(([name]) => name) };
}

/** The copies of a pair, as paths. */
export function copiesOf({ a, b, copies }: DirectoryPair): readonly (readonly [RepoPath, RepoPath])[] {
  return copies.map((name) => [joinPath(a, name), joinPath(b, name)] as const);
}
