// Decides which side is stale from what both held before. Pure except for the lookups in
// {@link Questions}.

import type { Entry } from '../git/entry.js';
import type { Oid } from '../git/oid.js';
import { opposite } from '../manifest/direction.js';
import type { Side } from '../manifest/types.js';
import { contentOf, type EqualState, type PairHistory } from './pair-history.js';
import type { Base, Basis, Happening, Provenance } from './types.js';

/** Lookups that only git can do, each made only if nothing else has decided. */
export interface Questions {
  /**
   * The merge of the two over the base: whether it is clean and equals one side; undefined if it
   * cannot be tried.
   */
  readonly merge: (pair: PairHistory, base: Base) => Promise<{ clean: boolean; equals?: Side } | undefined>;
  /** The sides that had the other side's present content on a branch merged since the base. */
  readonly branches: (pair: PairHistory, since: Oid) => Promise<readonly Side[]>;
  /** The side with fewer bytes. */
  readonly smaller: (pair: PairHistory) => Promise<Side | undefined>;
}

type StaleDecision =
  | { readonly verdict: 'behind'; readonly stale: Side; readonly basis: Basis }
  | { readonly verdict: 'diverged'; readonly base?: Base; readonly clean?: boolean }
  | { readonly verdict: 'unknown' };

const UNKNOWN: StaleDecision = { verdict: 'unknown' };
const SIDES = ['a', 'b'] as const;

/** `bound`: the number of commits read, if the walk ended early. */
export async function decideStale(pair: PairHistory, ask: Questions, bound: number | undefined): Promise<Provenance> {
  const content = pair.differs.content ? await decideContent(pair, ask) : undefined;
  const mode = pair.differs.mode ? decideMode(pair) : undefined;
  const verdict = combine(content, mode);
  const facts = {
    ...baseOf(pair, verdict),
    ...(pair.modeBase && { executable: pair.modeBase.executable }),
    ...sinceOf(pair),
    moves: movesOf(pair),
    ...(bound !== undefined && !pair.settled && !pair.cut && { bound }),
    ...(pair.cut && { cut: true }),
    ...(pair.shallow && { shallow: true }),
    held: (side: Side, entry: Entry) => pair.side(side).has(entry),
  };
  const whole = facts.bound === undefined && !pair.cut && !pair.shallow;
  switch (verdict.verdict) {
    case 'behind':
      return { ...facts, ...verdict, lossless: isLossless(verdict.basis, whole) };
    case 'diverged': {
      const { clean } = verdict;
      return { ...facts, verdict: 'diverged', ...(clean !== undefined && { clean }) };
    }
    case 'unknown': {
      const smaller = await ask.smaller(pair);
      return { ...facts, verdict: 'unknown', ...(smaller && { smaller }) };
    }
  }
}

/**
 * A blob that was found in history is safe, however much is missing; one that was not found may
 * still exist.
 */
function isLossless(basis: Basis, whole: boolean): boolean {
  // safeguard deletion-keeps (T16): a deletion is never without loss (unit/history/decide-stale)
  if (basis === 'deleted') return false;
  return whole || basis === 'earlier-version' || basis === 'partial-sync';
}

function behind(stale: Side, basis: Basis): StaleDecision {
  return { verdict: 'behind', stale, basis };
}

function decideContent(pair: PairHistory, ask: Questions): Promise<StaleDecision> | StaleDecision {
  return pair.base ? decideFromBase(pair, pair.base, ask) : decideWithoutBase(pair);
}

async function decideFromBase(pair: PairHistory, { base, at }: EqualState, ask: Questions): Promise<StaleDecision> {
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

function decideWithoutBase(pair: PairHistory): StaleDecision {
  const absent = SIDES.find((side) => isAbsent(pair, side));
  if (absent) return pair.side(absent).existed ? behind(opposite(absent), 'deleted') : behind(absent, 'never-copied');
  const earlier = theOne(SIDES.filter((side) => pair.side(opposite(side)).has(pair.side(side).now)));
  if (earlier) return behind(earlier, 'earlier-version');
  const base = newestCommon(pair);
  return base ? { verdict: 'diverged', base } : UNKNOWN;
}

function decideMode({ modeBase, a, b }: PairHistory): StaleDecision {
  // safeguard no-mode-base: bits that never were equal are unknown (unit/history/decide-stale)
  if (!modeBase) return UNKNOWN;
  const moved = (now: Entry) => now.kind === 'file' && now.executable !== modeBase.executable;
  return moved(a.now) === moved(b.now) ? UNKNOWN : behind(moved(a.now) ? 'b' : 'a', 'moved');
}

function combine(content: StaleDecision | undefined, mode: StaleDecision | undefined): StaleDecision {
  if (!content || !mode) return content ?? mode ?? UNKNOWN;
  // safeguard content-first (R7): a bit does not decide about contents (unit/history/decide-stale)
  if (content.verdict !== 'behind') return content;
  const agree = mode.verdict === 'behind' && mode.stale === content.stale;
  return agree ? content : { verdict: 'diverged' };
}

function isAbsent(pair: PairHistory, side: Side): boolean {
  return pair.side(side).now.kind === 'absent';
}

/** The only element; undefined if there are none or several. */
function theOne(sides: readonly Side[]): Side | undefined {
  return sides.length === 1 ? sides[0] : undefined;
}

/**
 * The blob that both have held, at the newest moment when one side still had what the other had
 * held.
 */
function newestCommon({ a, b }: PairHistory): Base | undefined {
  const common = [...a.past].flatMap(([content, held]) => {
    const other = b.past.get(content);
    return other === undefined ? [] : [{ content, at: Math.max(held, other) }];
  });
  const [newest] = common.sort((one, other) => one.at - other.at);
  // safeguard nothing-shared: contents that share nothing are unknown (unit/history/decide-stale)
  if (!newest) return undefined;
  const [kind = '', oid = ''] = newest.content.split(' ');
  return { kind, oid } as Base;
}

function asEntry({ kind, oid }: Base): Entry {
  return kind === 'file' ? { kind, oid, executable: false } : { kind, oid };
}

function baseOf(pair: PairHistory, verdict: StaleDecision): { base?: Base } {
  const base = pair.base?.base ?? (verdict.verdict === 'diverged' ? verdict.base : undefined) ?? modeBaseOf(pair);
  return base ? { base } : {};
}

/** If only the mode differs, a merge would start from the shared content. */
function modeBaseOf({ differs, modeBase }: PairHistory): Base | undefined {
  return differs.content ? undefined : modeBase?.base;
}

/**
 * The change that ended equality. Two sides that were never equal differ since the younger one was
 * added.
 */
function sinceOf({ base, modeBase, a, b }: PairHistory): { since?: Happening } {
  const ended = (base ?? modeBase)?.endedBy;
  const absent = [a, b].find(({ now }) => now.kind === 'absent');
  const first = ended ?? absent?.newest ?? younger(a.oldest, b.oldest);
  return first ? { since: first } : {};
}

function younger(one: Happening | undefined, other: Happening | undefined): Happening | undefined {
  if (one?.kind !== 'commit' || other?.kind !== 'commit') return one?.kind === 'uncommitted' ? one : (other ?? one);
  return one.time > other.time ? one : other;
}

function movesOf({ a, b }: PairHistory): Provenance['moves'] {
  return { ...(a.oldest && { a: a.oldest }), ...(b.oldest && { b: b.oldest }) };
}
