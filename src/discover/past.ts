// Reads history, newest commit first: the contents of each present file and their dates, also under
// older names.

import type { Commit } from '../git/history.js';
import { isZero } from '../git/oid.js';
import { baseOf, type RepoPath } from '../git/path.js';
import type { RawChange } from '../git/records.js';
import { areTwinNames } from './names.js';
import { stateOf } from './state.js';
import type { CopyTree } from './tree.js';
import type { Candidate, StateNumber, Twins } from './types.js';

/** With more holders, a shared content says nothing about two of them. */
const MOST_HOLDERS = 50;

/** A state that a file had between two commits; commits are numbered from the newest. */
interface Spell {
  readonly state: StateNumber;
  readonly until: number;
  /** The commit that introduced it; infinite if the walk did not reach it. */
  since: number;
}

/** The shared history of two files. */
export interface Meeting {
  /** The number of states that both had at the same time. */
  readonly shared: number;
  /** The commits at which both had taken a later one of these states: a shared edit. */
  readonly steps: readonly number[];
  /** How often the first file had such an edit before the second, minus the reverse. */
  readonly lead: number;
  /** The same for the oldest shared state: positive if the first file had it earlier. */
  readonly born: number;
}

const APART: Meeting = { shared: 0, steps: [], lead: 0, born: 0 };

interface Arrival {
  readonly at: number;
  readonly lead: number;
}

export class CopyPast {
  /** The candidates by their names at the current point of the walk. */
  readonly #names: Map<RepoPath, Candidate>;
  /** Of changed files; the others always had their present content. */
  readonly #spells = new Map<Candidate, Spell[]>();
  #commits = 0;
  #stepped: readonly Twins[] | undefined;

  constructor(tree: CopyTree) {
    this.#names = new Map(tree.candidates);
  }

  /** Steps back past the commit. */
  take({ changes }: Pick<Commit, 'changes'>): void {
    this.#commits += 1;
    const gone = this.#findGone(changes);
    for (const change of changes) {
      const candidate = this.#names.get(change.path);
      if (candidate) this.#goBehind(candidate, change, gone);
    }
  }

  /** Files that the commit deleted, by content: the older names of added files. */
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

  /** Pairs of the same name that are not equal now but once took the same edit. */
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

  /** The files that had the same state at any time. */
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

/** Two infinite values are the same age. */
function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}

function overlap(one: Spell, other: Spell): boolean {
  return Math.max(one.until, other.until) < Math.min(one.since, other.since);
}

/** The path with the longest common ending; it is then removed from the others. */
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

/** Files of different names that were equal only briefly are not copies. */
function areAlike(one: Candidate, other: Candidate): boolean {
  const [a, b] = [baseOf(one.path), baseOf(other.path)];
  return a === b || areTwinNames(a, b);
}
