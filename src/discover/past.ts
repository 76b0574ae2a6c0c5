// What history adds, newest commit first: what each file of today held and for how long, also under
// an older name.

import type { Commit } from '../git/history.js';
import { isZero } from '../git/oid.js';
import { baseOf, type RepoPath } from '../git/path.js';
import type { RawChange } from '../git/records.js';
import { areTwinNames } from './names.js';
import { stateOf } from './state.js';
import type { CopyTree } from './tree.js';
import type { Candidate, StateNumber, Twins } from './types.js';

/** More holders of one content say nothing about any two of them. */
const MOST_HOLDERS = 50;

/** A state that a file had from one commit to another; commits are counted from the newest. */
interface Spell {
  readonly state: StateNumber;
  readonly until: number;
  /** The commit that brought it; infinite where the walk did not reach it. */
  since: number;
}

/** How two files have gone together. */
export interface Meeting {
  /** How many states both held at the same time. */
  readonly shared: number;
  /** The commits with which a later one of these was on both: an edit that both took. */
  readonly steps: readonly number[];
  /** How often the first had such an edit before the second, less the reverse. */
  readonly lead: number;
  /** The same for the oldest state that both held: positive if the first had it before the
   * second. */
  readonly born: number;
}

const APART: Meeting = { shared: 0, steps: [], lead: 0, born: 0 };

interface Arrival {
  readonly at: number;
  readonly lead: number;
}

export class CopyPast {
  /** The candidates by the names that they had at the point the walk has come to. */
  readonly #names: Map<RepoPath, Candidate>;
  /** Of those that changed; the others have held what they hold. */
  readonly #spells = new Map<Candidate, Spell[]>();
  #commits = 0;
  #stepped: readonly Twins[] | undefined;

  constructor(tree: CopyTree) {
    this.#names = new Map(tree.candidates);
  }

  /** Goes back behind the commit. */
  take({ changes }: Pick<Commit, 'changes'>): void {
    this.#commits += 1;
    const gone = this.#findGone(changes);
    for (const change of changes) {
      const candidate = this.#names.get(change.path);
      if (candidate) this.#goBehind(candidate, change, gone);
    }
  }

  /** Files that the commit took away, by what they held: the older names of what it brought. */
  #findGone(changes: readonly RawChange[]): ReadonlyMap<StateNumber, RepoPath[]> {
    const gone = new Map<StateNumber, RepoPath[]>();
    for (const { path, before, after } of changes) {
      const state = isZero(after.oid) && !this.#names.has(path) ? stateOf(before) : undefined;
      if (state !== undefined) gone.set(state, [...(gone.get(state) ?? []), path]);
    }
    return gone;
  }

  #goBehind(
    candidate: Candidate,
    { path, before, after }: RawChange,
    gone: ReadonlyMap<StateNumber, RepoPath[]>,
  ): void {
    const older = isZero(before.oid) ? takeNearest(gone.get(stateOf(after) ?? Number.NaN), path) : undefined;
    if (older !== undefined) {
      this.#names.delete(path);
      this.#names.set(older, candidate);
      return;
    }
    const spells = this.#spells.get(candidate) ?? [...this.#spellsOf(candidate)];
    this.#spells.set(candidate, spells);
    const last = spells.at(-1);
    if (last) last.since = this.#commits;
    const state = isZero(before.oid) ? undefined : stateOf(before);
    if (state === undefined) this.#names.delete(path);
    else spells.push({ state, until: this.#commits, since: Number.POSITIVE_INFINITY });
  }

  #spellsOf(candidate: Candidate): readonly Spell[] {
    const current = { state: candidate.state, until: 0, since: Number.POSITIVE_INFINITY };
    return this.#spells.get(candidate) ?? [current];
  }

  held(candidate: Candidate, state: StateNumber): boolean {
    return this.#spellsOf(candidate).some((spell) => spell.state === state);
  }

  meet(one: Candidate, other: Candidate): Meeting {
    const arrivals = new Map<StateNumber, Arrival>();
    const theirs = this.#spellsOf(other);
    for (const mine of this.#spellsOf(one)) {
      for (const spell of theirs) {
        if (spell.state !== mine.state || !overlap(mine, spell) || arrivals.has(mine.state)) continue;
        const lead = Math.sign(compare(mine.since, spell.since));
        arrivals.set(mine.state, { at: Math.min(mine.since, spell.since), lead });
      }
    }
    const [first, ...steps] = [...arrivals.values()].sort((some, more) => compare(more.at, some.at));
    if (!first) return APART;
    const lead = steps.reduce((sum, each) => sum + each.lead, 0);
    return { shared: arrivals.size, steps: steps.map(({ at }) => at), lead, born: first.lead };
  }

  /** Pairs of one name that are not equal now, and took the same edit once. */
  findStepped(): readonly Twins[] {
    this.#stepped ??= this.#listStepped();
    return this.#stepped;
  }

  #listStepped(): readonly Twins[] {
    const found = new Map<string, Twins>();
    for (const holders of this.#findHolders()) {
      for (const [at, one] of holders.entries()) {
        for (const other of holders.slice(at + 1)) {
          if (one.state === other.state || !areAlike(one, other)) continue;
          const key = `${one.path}\0${other.path}`;
          if (!found.has(key) && this.meet(one, other).steps.length > 0) found.set(key, [one, other]);
        }
      }
    }
    return [...found.values()];
  }

  /** Those that held one state, at any time. */
  #findHolders(): readonly (readonly Candidate[])[] {
    const holders = new Map<StateNumber, Candidate[]>();
    for (const [candidate, spells] of this.#spells) {
      for (const state of new Set(spells.map((spell) => spell.state))) {
        const known = holders.get(state);
        if (known) known.push(candidate);
        else holders.set(state, [candidate]);
      }
    }
    return [...holders.values()].filter(({ length }) => length > 1 && length <= MOST_HOLDERS);
  }
}

/** Infinite and infinite is the same age. */
function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}

function overlap(one: Spell, other: Spell): boolean {
  return Math.max(one.until, other.until) < Math.min(one.since, other.since);
}

/** The one whose path ends most like this; it is no one else's name any more. */
function takeNearest(paths: RepoPath[] | undefined, path: RepoPath): RepoPath | undefined {
  if (!paths || paths.length === 0) return undefined;
  const ranked = paths.map((each, at) => ({ at, alike: countAlike(each.split('/'), path.split('/')) }));
  const best = ranked.reduce((most, each) => (each.alike > most.alike ? each : most));
  return paths.splice(best.at, 1)[0];
}

function countAlike(one: readonly string[], other: readonly string[]): number {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one.at(-1 - length) === other.at(-1 - length)) length += 1;
  return length;
}

/** Files of different names that were equal for a moment are no copies of each other. */
function areAlike(one: Candidate, other: Candidate): boolean {
  const [a, b] = [baseOf(one.path), baseOf(other.path)];
  return a === b || areTwinNames(a, b);
}
