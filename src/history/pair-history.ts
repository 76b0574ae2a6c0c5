// One pair's history, newest first: the content of each side, and when both were last equal. Pure.

import { type Entry, sameEntry } from '../git/entry.js';
import type { Oid } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';
import type { Verdict } from '../judge/types.js';
import type { Side } from '../manifest/types.js';
import type { Base, Happening } from './types.js';

/** A side's content at one moment; `landing` is the target if it, or a parent, is a symlink. */
export interface Held {
  readonly entry: Entry;
  readonly landing?: RepoPath | undefined;
}

/** When a blob was last held, in commits back from the tip; 0 is now. */
type Position = number;

/** Type and id of an entry: its content for comparison. */
export function contentOf(entry: Entry): string | undefined {
  return entry.kind === 'absent' ? undefined : `${entry.kind} ${entry.oid}`;
}

export class SideHistory {
  /** The name at this point of the walk. */
  path: RepoPath;
  held: Held;
  readonly now: Entry;
  /** The present entry as git has it; for a pair with a rule, the others have compared ids. */
  readonly raw: Entry;
  /** Every earlier content, with the newest moment it was held. */
  readonly past = new Map<string, Position>();
  /** Every earlier name. */
  readonly names = new Set<RepoPath>();
  newest: Happening | undefined;
  oldest: Happening | undefined;
  /** True once older content does not count. */
  closed = false;

  constructor(path: RepoPath, now: Held, raw: Entry = now.entry) {
    this.raw = raw;
    this.path = path;
    this.held = now;
    this.now = now.entry;
    this.#note(0);
  }

  /** Steps back past a change: before it, the side had this content under that name. */
  goBack(before: Held, path: RepoPath, what: Happening, position: Position): void {
    this.held = before;
    this.path = path;
    // safeguard closed-history: what was before equality does not count (unit/history/decide-stale)
    if (this.closed) return;
    this.newest ??= what;
    this.oldest = what;
    this.#note(position);
  }

  #note(position: Position): void {
    this.names.add(this.path);
    const content = contentOf(this.held.entry);
    if (content !== undefined && !this.past.has(content)) this.past.set(content, position);
  }

  get existed(): boolean {
    return this.past.size > 0;
  }

  /** True if the side had this content at some point of the walk. */
  has(entry: Entry): boolean {
    const content = contentOf(entry);
    return content !== undefined && this.past.has(content);
  }
}

/** The last moment of equality, in one respect. */
export interface EqualState {
  readonly base: Base;
  readonly executable: boolean;
  /** The change that ended it. */
  readonly endedBy: Happening;
  /** The last commit in that state; missing if the change that ended it is uncommitted. */
  readonly at?: Oid | undefined;
}

export class PairHistory {
  readonly verdict: Verdict;
  readonly a: SideHistory;
  readonly b: SideHistory;
  readonly differs: { readonly content: boolean; readonly mode: boolean };
  base: EqualState | undefined;
  modeBase: EqualState | undefined;
  /** The newest earlier contents that had the difference to which an exception agrees. */
  agreed: { readonly [Of in Side]: Extract<Entry, { kind: 'file' }> } | undefined;
  /**
   * True if the walk passed a merge before it found the base: a branch may have more than the first
   * parents.
   */
  passedMerge = false;
  /**
   * True if a side is in a submodule that moved: its earlier content is in that repository's
   * history.
   */
  cut = false;
  /** True if a shallow clone ended before everything was known. */
  shallow = false;

  constructor(verdict: Verdict, a: RepoPath, b: RepoPath) {
    this.verdict = verdict;
    const compared = verdict.compared ?? verdict;
    this.a = new SideHistory(a, { entry: compared.a }, verdict.a);
    this.b = new SideHistory(b, { entry: compared.b }, verdict.b);
    this.differs = differenceOf(compared.a, compared.b);
  }

  side(side: Side): SideHistory {
    return this[side];
  }

  /** Both respects are settled, so older commits do not matter. */
  get settled(): boolean {
    if (this.agreed) return true;
    return (!this.differs.content || this.base !== undefined) && (!this.differs.mode || this.modeBase !== undefined);
  }

  /** Checks equality at this moment, of that commit; the given change ended it. */
  look(endedBy: Happening, at?: Oid): void {
    const state = equalState(this.a, this.b, { endedBy, at });
    if (this.differs.content && !this.base && state.content) {
      this.base = state.content;
      // The mode may need older commits; the contents of the sides before this do not count.
      this.a.closed = true;
      this.b.closed = true;
    }
    if (this.differs.mode && !this.modeBase && state.mode) this.modeBase = state.mode;
  }
}

function differenceOf(a: Entry, b: Entry): PairHistory['differs'] {
  if (a.kind === 'file' && b.kind === 'file') {
    return { content: a.oid !== b.oid, mode: a.executable !== b.executable };
  }
  return { content: !sameEntry(a, b), mode: false };
}

function equalState(
  a: SideHistory,
  b: SideHistory,
  moment: Pick<EqualState, 'endedBy' | 'at'>,
): { content?: EqualState; mode?: EqualState } {
  const linked = linkedContent(a, b) ?? linkedContent(b, a);
  if (linked) {
    const state = { base: linked, executable: linked.kind === 'file' && linked.executable, ...moment };
    return { content: state, mode: state };
  }
  const [one, other] = [a.held.entry, b.held.entry];
  if (one.kind === 'absent' || other.kind === 'absent' || one.kind !== other.kind) return {};
  const executable = one.kind === 'file' && one.executable;
  const state = { base: { kind: one.kind, oid: one.oid }, executable, ...moment };
  const sameMode = other.kind !== 'file' || other.executable === executable;
  return { ...(one.oid === other.oid && { content: state }), ...(sameMode && { mode: state }) };
}

/** The other side's content, if this side is a symlink to it. */
function linkedContent(link: SideHistory, other: SideHistory): Exclude<Entry, { kind: 'absent' }> | undefined {
  if (link.held.landing === undefined || link.held.landing !== other.path) return undefined;
  return other.held.entry.kind === 'absent' ? undefined : other.held.entry;
}
