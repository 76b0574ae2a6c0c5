// The whole pipeline: manifest -> pairs -> snapshot -> drift. What is done about drift stands in decide/ and fix/.

import { compare, compareEmpty, type Seen } from './drift/compare.js';
import type { Judgement } from './drift/types.js';
import { joinPath, type RepoPath } from './git/path.js';
import type { FilePair, PairIndex } from './pairs/types.js';
import { INSIDE } from './snapshot/mount.js';
import { partnerIn } from './snapshot/partner.js';
import { readAllPairs, readDifferingPairs, readTouchedPairs, type Span } from './snapshot/select.js';
import { readSight } from './snapshot/sight.js';
import type { Sight, Snapshot } from './snapshot/types.js';

/** What a check looks at. */
export interface CheckScope extends Span {
  /** The paths that a change touches; without it every pair is judged. */
  readonly touched?: Iterable<RepoPath>;
}

/**
 * The verdict on each file pair in scope, in the manifest's order.
 * @throws Fault whatever keeps a pair from being compared.
 */
export async function check(index: PairIndex, scope: CheckScope): Promise<readonly Judgement[]> {
  const pairs = scope.touched ? await readTouchedPairs(index, scope, scope.touched) : await readAllPairs(index, scope);
  return judge(index, scope.result, pairs);
}

/** What a check of everything comes to, where nobody asks for the pairs that are in sync one by one. */
export interface Differences {
  /** Of pairs in directories that are not all the same. */
  readonly judgements: readonly Judgement[];
  /** How many further file pairs are in sync, by the pair's key. */
  readonly alike: ReadonlyMap<string, number>;
}

/** As {@link check} of every pair, without a look at each file where both sides have the same tree. */
export async function checkDifferences(index: PairIndex, span: Span): Promise<Differences> {
  const { pairs, alike } = await readDifferingPairs(index, span);
  return { judgements: await judge(index, span.result, pairs), alike };
}

/** The verdict on each of these pairs that has something to be judged. */
export async function judge(
  index: PairIndex,
  snapshot: Snapshot,
  pairs: readonly FilePair[],
): Promise<readonly Judgement[]> {
  const judgements = await Promise.all(pairs.map(async (pair) => compare(index, pair, await readSeen(snapshot, pair))));
  return judgements.filter((judgement) => judgement !== undefined);
}

/** As {@link judge}, and with the pairs of which nothing is there yet: what a fix brings to one side has to reach the other. */
export async function judgeWithEmpty(
  index: PairIndex,
  snapshot: Snapshot,
  pairs: readonly FilePair[],
): Promise<readonly Judgement[]> {
  const judgements = pairs.map(async (pair): Promise<Judgement | undefined> => {
    const seen = await readSeen(snapshot, pair);
    return compare(index, pair, seen) ?? compareEmpty(index, pair, seen);
  });
  return (await Promise.all(judgements)).filter((judgement) => judgement !== undefined);
}

async function readSeen(snapshot: Snapshot, pair: FilePair): Promise<Seen> {
  const [a, b] = await Promise.all([readSide(snapshot, pair, 'a'), readSide(snapshot, pair, 'b')]);
  if (pair.rule.a.outside || pair.rule.b.outside) return alignModes(snapshot, pair, { a, b });
  if (a.kind === 'gitlink' && b.kind !== 'gitlink' && pair.a === pair.rootA)
    return { a: await openUp(snapshot, pair.a), b };
  if (b.kind === 'gitlink' && a.kind !== 'gitlink' && pair.b === pair.rootB)
    return { a, b: await openUp(snapshot, pair.b) };
  return { a, b };
}

/** A side that is a submodule, beside anything else, is the directory of its files. */
async function openUp(snapshot: Snapshot, gitlink: RepoPath): Promise<Sight> {
  const inside = await snapshot.readEntry(joinPath(gitlink, INSIDE));
  return inside.kind === 'unread' ? inside : { kind: 'directory' };
}

async function readSide(snapshot: Snapshot, pair: FilePair, side: 'a' | 'b'): Promise<Sight> {
  const path = pair[side];
  if (path === null) return { kind: 'absent' };
  if (!pair.rule[side].outside) return readSight(snapshot, path);
  const { outside } = snapshot;
  if (!outside) return { kind: 'unread', why: { kind: 'outside', lack: 'not-here' } };
  const other = side === 'a' ? pair.b : pair.a;
  const inside = pair.rule[side === 'a' ? 'b' : 'a'].outside ? null : other;
  const partner = inside === null ? undefined : await partnerIn(snapshot, inside, outside.partnerHere(inside));
  return outside.readSight(path, other, partner);
}

/** Where core.fileMode is false the disk says nothing about the executable bit, so that a side outside takes its partner's. */
function alignModes(snapshot: Snapshot, { rule }: FilePair, seen: Seen): Seen {
  const { a, b } = seen;
  if (snapshot.outside?.trustsMode !== false || a.kind !== 'file' || b.kind !== 'file') return seen;
  return rule.a.outside ? { a: { ...a, executable: b.executable }, b } : { a, b: { ...b, executable: a.executable } };
}
