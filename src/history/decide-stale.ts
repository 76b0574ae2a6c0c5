// The rule: from what both sides held to who is behind. Pure, but for the two questions that only git can answer.

import type { Oid } from '../git/oid.js';
import type { Side } from '../rules/types.js';
import type { Entry } from '../snapshot/types.js';
import { contentOf, type EqualState, type PairTrack } from './pair-history.js';
import type { Base, Basis, Happening, Provenance } from './types.js';

/** What only git can say. Each is asked where nothing else has decided. */
export interface Questions {
  /** The merge of the two over the base: clean or not, and equal to which side; undefined if it cannot be tried. */
  readonly merge: (pair: PairTrack, base: Base) => Promise<{ clean: boolean; equals?: Side } | undefined>;
  /** The sides that held what the other one holds now on a branch that was merged since the base. */
  readonly branches: (pair: PairTrack, since: Oid) => Promise<readonly Side[]>;
  /** The side with fewer bytes. */
  readonly smaller: (pair: PairTrack) => Promise<Side | undefined>;
}

type Verdict =
  | { readonly verdict: 'behind'; readonly stale: Side; readonly basis: Basis }
  | { readonly verdict: 'diverged'; readonly base?: Base; readonly clean?: boolean }
  | { readonly verdict: 'unknown' };

const UNKNOWN: Verdict = { verdict: 'unknown' };
const SIDES = ['a', 'b'] as const;

/** `bound`: the number of commits that were read, where the walk ended early. */
export async function conclude(pair: PairTrack, ask: Questions, bound: number | undefined): Promise<Provenance> {
  const content = pair.differs.content ? await concludeContent(pair, ask) : undefined;
  const mode = pair.differs.mode ? concludeMode(pair) : undefined;
  const verdict = combine(content, mode);
  const told = {
    ...baseOf(pair, verdict),
    ...(pair.modeBase && { executable: pair.modeBase.executable }),
    ...sinceOf(pair),
    moves: movesOf(pair),
    ...(bound !== undefined && !pair.settled && !pair.cut && { bound }),
    ...(pair.cut && { cut: true }),
    ...(pair.shallow && { shallow: true }),
    held: (side: Side, entry: Entry) => pair.side(side).has(entry),
  };
  const whole = told.bound === undefined && !pair.cut && !pair.shallow;
  switch (verdict.verdict) {
    case 'behind':
      return { ...told, ...verdict, lossless: isLossless(verdict.basis, whole) };
    case 'diverged': {
      const { clean } = verdict;
      return { ...told, verdict: 'diverged', ...(clean !== undefined && { clean }) };
    }
    case 'unknown': {
      const smaller = await ask.smaller(pair);
      return { ...told, verdict: 'unknown', ...(smaller && { smaller }) };
    }
  }
}

/** A blob that was found is not lost, however much of history was left out; what was not found may still be there. */
function isLossless(basis: Basis, whole: boolean): boolean {
  if (basis === 'deleted') return false;
  return whole || basis === 'earlier-version' || basis === 'partial-sync';
}

function behind(stale: Side, basis: Basis): Verdict {
  return { verdict: 'behind', stale, basis };
}

function opposite(side: Side): Side {
  return side === 'a' ? 'b' : 'a';
}

function concludeContent(pair: PairTrack, ask: Questions): Promise<Verdict> | Verdict {
  return pair.base ? concludeFrom(pair, pair.base, ask) : concludeWithoutBase(pair);
}

async function concludeFrom(pair: PairTrack, { base, at }: EqualState, ask: Questions): Promise<Verdict> {
  const moved = SIDES.filter((side) => contentOf(pair.side(side).now) !== contentOf(asEntry(base)));
  const [mover, another] = moved;
  if (mover && !another) {
    return behind(opposite(mover), pair.side(mover).now.kind === 'absent' ? 'deleted' : 'moved');
  }
  if (isAbsent(pair, 'a') || isAbsent(pair, 'b')) return { verdict: 'diverged', base };
  const partly = theOne(SIDES.filter((side) => pair.side(opposite(side)).has(pair.side(side).now)));
  if (partly) return behind(partly, 'partial-sync');
  const merged = await ask.merge(pair, base);
  if (merged?.equals) return behind(opposite(merged.equals), 'contained');
  const known = theOne(pair.passedMerge && at ? await ask.branches(pair, at) : []);
  if (known) return behind(known, 'merged-branch');
  return { verdict: 'diverged', base, ...(merged && { clean: merged.clean }) };
}

function concludeWithoutBase(pair: PairTrack): Verdict {
  const absent = SIDES.find((side) => isAbsent(pair, side));
  if (absent) return pair.side(absent).existed ? behind(opposite(absent), 'deleted') : behind(absent, 'never-copied');
  const earlier = theOne(SIDES.filter((side) => pair.side(opposite(side)).has(pair.side(side).now)));
  if (earlier) return behind(earlier, 'earlier-version');
  const base = newestCommon(pair);
  return base ? { verdict: 'diverged', base } : UNKNOWN;
}

function concludeMode({ modeBase, a, b }: PairTrack): Verdict {
  if (!modeBase) return UNKNOWN;
  const moved = (now: Entry) => now.kind === 'file' && now.executable !== modeBase.executable;
  return moved(a.now) === moved(b.now) ? UNKNOWN : behind(moved(a.now) ? 'b' : 'a', 'moved');
}

function combine(content: Verdict | undefined, mode: Verdict | undefined): Verdict {
  if (!content || !mode) return content ?? mode ?? UNKNOWN;
  if (content.verdict !== 'behind') return content;
  const agree = mode.verdict === 'behind' && mode.stale === content.stale;
  return agree ? content : { verdict: 'diverged' };
}

function isAbsent(pair: PairTrack, side: Side): boolean {
  return pair.side(side).now.kind === 'absent';
}

/** The only element; undefined if there is none, or more than one. */
function theOne(sides: readonly Side[]): Side | undefined {
  return sides.length === 1 ? sides[0] : undefined;
}

/** The blob that both have held, taken at the newest moment at which one of them still held what the other had held. */
function newestCommon({ a, b }: PairTrack): Base | undefined {
  const common = [...a.past].flatMap(([content, held]) => {
    const other = b.past.get(content);
    return other === undefined ? [] : [{ content, at: Math.max(held, other) }];
  });
  const [newest] = common.sort((one, other) => one.at - other.at);
  if (!newest) return undefined;
  const [kind = '', oid = ''] = newest.content.split(' ');
  return { kind, oid } as Base;
}

function asEntry({ kind, oid }: Base): Entry {
  return kind === 'file' ? { kind, oid, executable: false } : { kind, oid };
}

function baseOf(pair: PairTrack, verdict: Verdict): { base?: Base } {
  const base = pair.base?.base ?? (verdict.verdict === 'diverged' ? verdict.base : undefined) ?? modeBaseOf(pair);
  return base ? { base } : {};
}

/** Where the mode alone differs, the content that they share is what a merge would start from. */
function modeBaseOf({ differs, modeBase }: PairTrack): Base | undefined {
  return differs.content ? undefined : modeBase?.base;
}

/** What ended the equal state. The two that never were equal differ from when the younger one came. */
function sinceOf({ base, modeBase, a, b }: PairTrack): { since?: Happening } {
  const ended = (base ?? modeBase)?.endedBy;
  const absent = [a, b].find(({ now }) => now.kind === 'absent');
  const first = ended ?? absent?.newest ?? younger(a.oldest, b.oldest);
  return first ? { since: first } : {};
}

function younger(one: Happening | undefined, other: Happening | undefined): Happening | undefined {
  if (one?.kind !== 'commit' || other?.kind !== 'commit') return one?.kind === 'uncommitted' ? one : (other ?? one);
  return one.time > other.time ? one : other;
}

function movesOf({ a, b }: PairTrack): Provenance['moves'] {
  return { ...(a.oldest && { a: a.oldest }), ...(b.oldest && { b: b.oldest }) };
}
