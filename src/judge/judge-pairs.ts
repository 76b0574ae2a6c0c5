// The whole pipeline: manifest -> pairs -> snapshot -> drift. What is done about drift stands in decide/ and fix/.

import { below, joinPath, type RepoPath } from '../git/path.js';
import type { FilePair, PairIndex } from '../rules/types.js';
import { INSIDE } from '../snapshot/mount.js';
import { readSight } from '../snapshot/node.js';
import { partnerIn } from '../snapshot/partner.js';
import { readAllPairs, readDifferingPairs, readTouchedPairs, type Span } from '../snapshot/select.js';
import type { Sight, Snapshot } from '../snapshot/types.js';
import { compare, compareEmpty, type Seen } from './compare.js';
import type { Judgement } from './types.js';

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
  return judge(index, scope, pairs);
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
  return { judgements: await judge(index, span, pairs), alike };
}

/** The verdict on each of these pairs that has something to be judged. */
export async function judge(index: PairIndex, span: Span, pairs: readonly FilePair[]): Promise<readonly Judgement[]> {
  const judgements = await Promise.all(pairs.map(async (pair) => compare(index, pair, await readSeen(span, pair))));
  return judgements.filter((judgement) => judgement !== undefined);
}

/** As {@link judge}, and with the pairs of which nothing is there yet: what a fix brings to one side has to reach the other. */
export async function judgeWithEmpty(
  index: PairIndex,
  span: Span,
  pairs: readonly FilePair[],
): Promise<readonly Judgement[]> {
  const judgements = pairs.map(async (pair): Promise<Judgement | undefined> => {
    const seen = await readSeen(span, pair);
    return compare(index, pair, seen) ?? compareEmpty(index, pair, seen);
  });
  return (await Promise.all(judgements)).filter((judgement) => judgement !== undefined);
}

async function readSeen(span: Span, pair: FilePair): Promise<Seen> {
  const { result } = span;
  const [a, b] = await Promise.all([readSide(result, pair, 'a'), readSide(result, pair, 'b')]);
  const seen = pair.rule.a.outside || pair.rule.b.outside ? alignModes(result, pair, { a, b }) : { a, b };
  const [openA, openB] = [await openUp(result, pair, 'a', seen), await openUp(result, pair, 'b', seen)];
  return { a: await seeHidden(span, pair.a, openA, openB), b: await seeHidden(span, pair.b, openB, openA) };
}

/** A side that is a submodule is the directory of its files, unless what it is paired with is a file. */
async function openUp(snapshot: Snapshot, { rule, ...pair }: FilePair, side: 'a' | 'b', seen: Seen): Promise<Sight> {
  const [here, there] = side === 'a' ? [seen.a, seen.b] : [seen.b, seen.a];
  const [path, root] = side === 'a' ? [pair.a, pair.rootA] : [pair.b, pair.rootB];
  if (here.kind !== 'gitlink' || path !== root || rule.a.outside || rule.b.outside) return here;
  if (there.kind === 'file' || there.kind === 'link' || there.kind === 'gitlink') return here;
  if (there.kind === 'absent' && rule.shape === 'fanout') return here;
  const inside = await snapshot.readEntry(joinPath(path, INSIDE));
  return inside.kind === 'unread' ? inside : { kind: 'directory' };
}

/** What cannot be read since the judged change put a gitlink over it is not just unread. */
async function seeHidden(
  { result, base, parent = base }: Span,
  path: RepoPath | null,
  sight: Sight,
  other: Sight,
): Promise<Sight> {
  if (path === null || !parent || sight.kind !== 'unread' || sight.why.kind !== 'submodule') return sight;
  const { at } = sight.why;
  const [now, then] = await Promise.all([result.readEntry(at), parent.readEntry(at)]);
  if (now.kind !== 'gitlink' || then.kind === 'gitlink' || then.kind === 'unread') return sight;
  const was = await readKindBefore(parent, path);
  // The files of a directory are pairs of their own.
  if (was === 'absent' || (was === 'directory' && other.kind === 'directory')) return sight;
  return { kind: 'hidden', oid: now.oid, rest: below(path, at) ?? path, why: sight.why };
}

async function readKindBefore(before: Snapshot, path: RepoPath): Promise<Sight['kind']> {
  const sight = await readSight(before, path);
  if (sight.kind !== 'through-link') return sight.kind;
  return sight.landing === undefined ? 'absent' : (await before.readEntry(sight.landing)).kind;
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
