// Determines a draft's excludes and lists, so that a check finds exactly the copies that it shows.

import { baseOf, below, joinPath, type RepoPath, textOf } from '../git/path.js';
import { type CopyEvidence, type Relation, relate } from './contents.js';
import { foldNames } from './fold.js';
import type { Draft, ProposedPair } from './types.js';

/** One file pair of the draft, as a check reads it. */
export interface DraftRow {
  /** The pair's index in the draft; undefined for an alias beside the pairs. */
  readonly pair: number | undefined;
  readonly a: RepoPath;
  readonly b: RepoPath;
  /** The two sides of this instance. */
  readonly rootA: RepoPath;
  readonly rootB: RepoPath;
  readonly verdict: 'equal' | 'differs' | 'only-a' | 'only-b';
}

/** Paths on one side of a pair that the other side may lack. */
interface Alone {
  readonly pair: number;
  readonly side: 'a' | 'b';
  readonly path: RepoPath;
}

/** The declaration, and what a check of it would report. */
export interface Settled {
  readonly pairs: readonly ProposedPair[];
  readonly alone: readonly Alone[];
  readonly equal: readonly DraftRow[];
  /** Not equal now, but equal once. */
  readonly drifted: readonly (DraftRow & { readonly relation: Relation })[];
  readonly excluded: readonly (DraftRow & { readonly relation: Relation })[];
}

/** This many files may have been edited separately and still count as drift. */
const FEW = 4;
/** Longer lists of one-sided names become excludes. */
const MOST_ALONE = 4;

export function settle(evidence: CopyEvidence, draft: Draft, rows: readonly DraftRow[]): Settled {
  const equal = rows.filter(({ verdict }) => verdict === 'equal');
  const differing = rows.flatMap((row) => {
    return row.verdict === 'differs' ? [{ ...row, relation: relate(evidence, row.a, row.b) }] : [];
  });
  // Copies that were edited separately: if there are many, the equal ones were stubs.
  const isOwn = (relation: Relation) => relation === 'apart' || relation === 'ahead';
  const own = differing.filter(({ relation }) => isOwn(relation));
  const isDrift = ({ relation }: { readonly relation: Relation }) =>
    isOwn(relation) ? own.length * FEW <= equal.length : relation !== 'different';
  const excluded = differing.filter((row) => !isDrift(row));
  const alone = rows.filter(({ verdict }) => verdict === 'only-a' || verdict === 'only-b');
  const settled = draft.pairs.map((pair, at) => {
    const ofPair = (some: readonly DraftRow[]) => some.filter((row) => row.pair === at);
    return settlePair(pair, at, { rows: ofPair(rows), excluded: ofPair(excluded), alone: ofPair(alone) });
  });
  return {
    pairs: settled.map(({ pair }) => pair),
    alone: settled.flatMap((each) => each.alone),
    equal,
    drifted: differing.filter(isDrift),
    excluded,
  };
}

interface Sorted {
  readonly rows: readonly DraftRow[];
  readonly excluded: readonly DraftRow[];
  readonly alone: readonly DraftRow[];
}

function settlePair(
  { a, b, exclude: meant }: ProposedPair,
  at: number,
  { rows, excluded, alone }: Sorted,
): { readonly pair: ProposedPair; readonly alone: readonly Alone[] } {
  const isTemplate = b.includes('{');
  const isFanOut = isTemplate && !a.includes('{');
  const folded = isFanOut ? [] : foldAlone(rows, alone, at);
  const listed = !isFanOut && folded.length <= MOST_ALONE;
  const outside = listed ? excluded : [...excluded, ...alone];
  const exclude = isTemplate ? excludesOfTemplate(rows, outside) : excludesOfPair(rows, outside);
  return { pair: { a, b, exclude: [...meant, ...exclude.map(textOf)] }, alone: listed ? folded : [] };
}

/**
 * Full paths on the side that has them, folded into directories if everything in them is one-sided.
 */
function foldAlone(rows: readonly DraftRow[], alone: readonly DraftRow[], pair: number): readonly Alone[] {
  return (['a', 'b'] as const).flatMap((side) => {
    const verdict = side === 'a' ? 'only-a' : 'only-b';
    const here = alone.filter((row) => row.verdict === verdict).map((row) => row[side]);
    const there = rows.filter((row) => row.verdict !== (side === 'a' ? 'only-b' : 'only-a')).map((row) => row[side]);
    // A side itself is never one-sided, because the other one exists.
    const roots = new Set(rows.map((row) => (side === 'a' ? row.rootA : row.rootB)));
    const names = [...there, ...[...roots].map((root) => joinPath(root, '.' as RepoPath))];
    return foldNames(here, names).map((path) => ({ pair, side, path }));
  });
}

function restOf({ b, rootB }: DraftRow): RepoPath {
  return below(b, rootB) ?? baseOf(b);
}

/** Relative to the pair, folded into directories if everything in them is left out. */
function excludesOfPair(rows: readonly DraftRow[], outside: readonly DraftRow[]): readonly RepoPath[] {
  return foldNames(outside.map(restOf), rows.map(restOf)).filter((name) => name !== '');
}

/** A name that differs in most copies is excluded everywhere; otherwise only the one place is. */
function excludesOfTemplate(rows: readonly DraftRow[], outside: readonly DraftRow[]): readonly RepoPath[] {
  const all = countNames(rows);
  const left = countNames(outside);
  const isOfMost = (name: RepoPath) => name !== '' && (left.get(name) ?? 0) * 2 > (all.get(name) ?? 0);
  const relative = [...left.keys()].filter((name) => isOfMost(name) && (left.get(name) ?? 0) > 1);
  const inAll = new Set(relative);
  const places = outside.filter((row) => !inAll.has(restOf(row))).map(({ b }) => b);
  return [
    ...foldNames(relative, all.keys()),
    ...foldNames(
      places,
      rows.map(({ b }) => b),
    ),
  ];
}

function countNames(rows: readonly DraftRow[]): ReadonlyMap<RepoPath, number> {
  const counts = new Map<RepoPath, number>();
  for (const row of rows) counts.set(restOf(row), (counts.get(restOf(row)) ?? 0) + 1);
  return counts;
}
