// Which file gets which content: the plan of a fix, as steps that a later stage carries out.

import { type Component, pathsOf } from '../drift/component.js';
import { isFinding, type Judgement } from '../drift/types.js';
import type { RepoPath } from '../git/path.js';
import { isOutside } from '../manifest/outside.js';
import type { FixDirection } from '../manifest/types.js';
import type { PairIndex } from '../pairs/types.js';
import { sameEntry } from '../snapshot/entry.js';
import { isUntouched, keepsUnstaged, type Touch } from '../snapshot/touch.js';
import { ABSENT, type Entry } from '../snapshot/types.js';

/** One file that gets the content of another; `entry` absent deletes it. */
export interface Step {
  readonly path: RepoPath;
  /** Where the content comes from. For a deletion, the file whose deletion is followed. */
  readonly from: RepoPath;
  readonly before: Entry;
  readonly entry: Entry;
  /** The entry's bytes where git's store does not have them yet. */
  readonly content?: Buffer;
}

export type RefusalReason =
  /** Its staged or unstaged content is nowhere else. */
  | 'edited'
  /** There is nothing on the side that a fix copies from. */
  | 'no-source'
  /** A directory, or something above the path, is in the way. */
  | 'obstacle'
  /** It is below a gitlink, where the index of this repository holds no files. */
  | 'submodule'
  /** It is outside the repository, and the user has not agreed to writing there. */
  | 'outside'
  /** It is outside the repository, and nobody said yes to this list. */
  | 'unasked'
  /** It is outside the repository, where no symlink is made and nothing is deleted. */
  | 'files-alone'
  /** It holds what the source never held: it alone has changed. */
  | 'ahead'
  /** Both have changed. */
  | 'diverged'
  /** History does not tell which one is stale. */
  | 'unknown'
  /** It was deleted, and the source only stands still. */
  | 'deleted'
  /** A merge was asked for, and the two changes conflict. */
  | 'conflict';

/** Why a copy onto the target is not safe; undefined if it is. */
export type Guard = (source: RepoPath, target: RepoPath) => RefusalReason | undefined;

export interface Refusal {
  readonly path: RepoPath;
  readonly from: RepoPath;
  readonly reason: RefusalReason;
  /** What it would have become. */
  readonly wanted?: Entry;
}

/** Sources before targets. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly refusals: readonly Refusal[];
}

export type Touches = ReadonlyMap<RepoPath, Touch>;

export interface Edge {
  readonly source: RepoPath;
  readonly target: RepoPath;
}

export function edgesOf(component: Component, direction: FixDirection): readonly Edge[] {
  return component.judgements.flatMap(({ pair: { a, b } }) => {
    if (a === null || b === null) return [];
    return [direction === 'live_to_submodule' ? { source: a, target: b } : { source: b, target: a }];
  });
}

/** What each path of the component holds now. */
export function contentsOf(component: Component): Map<RepoPath, Entry> {
  const contents = new Map<RepoPath, Entry>();
  for (const { pair, a, b } of component.judgements) {
    if (pair.a !== null) contents.set(pair.a, a);
    if (pair.b !== null) contents.set(pair.b, b);
  }
  return contents;
}

export type MayReplace = (touch: Touch, wanted: Entry, path: RepoPath) => boolean;

const untouchedAlone: MayReplace = (touch, wanted) => isUntouched(touch, wanted);

/** Copies in fix_direction, from the top of the component down. What is refused keeps its content, and its copies follow that. */
export function planFix(index: PairIndex, component: Component, touches: Touches, guard?: Guard): Plan {
  const edges = edgesOf(component, index.fixDirection);
  return carry({ component, starts: rootsOf(component, edges), edges, touches, mayReplace: untouchedAlone, guard });
}

/** The same, over whatever stands there: a person said so. */
export function planForce(index: PairIndex, component: Component, touches: Touches): Plan {
  const edges = edgesOf(component, index.fixDirection);
  const mayReplace: MayReplace = () => true;
  return carry({ component, starts: rootsOf(component, edges), edges, touches, mayReplace });
}

/** The paths that are a copy of nothing. */
export function rootsOf(component: Component, edges: readonly Edge[]): readonly RepoPath[] {
  const targets = new Set(edges.map((edge) => edge.target));
  return [...component.paths].filter((path) => !targets.has(path));
}

/** Carries one file's content up to the root and from there to every copy. The file opposite may be staged: a person chose. */
export function planTake(index: PairIndex, component: Component, taken: RepoPath, touches: Touches): Plan {
  const edges = edgesOf(component, index.fixDirection);
  const both = [...edges, ...edges.map(({ source, target }) => ({ source: target, target: source }))];
  const opposite = new Set(
    component.judgements.filter(isFinding).flatMap(({ pair }) => {
      const ends = pathsOf(pair);
      return ends.includes(taken) ? ends : [];
    }),
  );
  const mayReplace: MayReplace = (touch, wanted, path) =>
    opposite.has(path) ? keepsUnstaged(touch, wanted) : isUntouched(touch, wanted);
  return carry({ component, starts: [taken], edges: both, touches, mayReplace });
}

/** Follows a deletion: every other file of the component goes, as long as HEAD has what it holds. */
export function planDelete(component: Component, deleted: RepoPath, touches: Touches): Plan {
  const steps: Step[] = [];
  const refusals: Refusal[] = [];
  for (const [path, before] of contentsOf(component)) {
    if (before.kind === 'absent') continue;
    const touch = touches.get(path);
    if (isOutside(path)) {
      refusals.push({ path, from: deleted, reason: 'files-alone', wanted: ABSENT });
      continue;
    }
    const free = touch && isUntouched(touch, ABSENT) && sameEntry(before, touch.head);
    if (free) steps.push({ path, from: deleted, before, entry: ABSENT });
    else refusals.push({ path, from: deleted, reason: obstructionOf(touch, ABSENT) ?? 'edited', wanted: ABSENT });
  }
  return { steps, refusals };
}

/** Puts back from HEAD what was deleted. */
export function planRestore(component: Component, deleted: RepoPath, touches: Touches): Plan {
  const touch = touches.get(deleted);
  const entry = touch?.head ?? ABSENT;
  const before = contentsOf(component).get(deleted) ?? ABSENT;
  if (entry.kind === 'absent') return { steps: [], refusals: [{ path: deleted, from: deleted, reason: 'no-source' }] };
  if (!touch || !keepsUnstaged(touch, entry)) {
    return { steps: [], refusals: [{ path: deleted, from: deleted, reason: 'edited' }] };
  }
  return { steps: [{ path: deleted, from: deleted, before, entry }], refusals: [] };
}

/** How contents spread over a component. */
export interface Spread {
  readonly component: Component;
  readonly starts: readonly RepoPath[];
  readonly edges: readonly Edge[];
  readonly touches: Touches;
  readonly mayReplace: MayReplace;
  readonly guard?: Guard | undefined;
  /** What a start gets before it is carried on. */
  readonly replaced?: ReadonlyMap<RepoPath, Entry>;
}

/** From the starts along the edges: each path gets what its source has, unless that is refused. */
export function carry(spread: Spread): Plan {
  const { component, starts, edges, replaced = new Map<RepoPath, Entry>() } = spread;
  const contents = new Map([...contentsOf(component), ...replaced]);
  const outgoing = bySource(edges);
  const reached = new Set(starts);
  const queue = [...starts];
  const steps: Step[] = [];
  const refusals: Refusal[] = [];
  for (let source = queue.shift(); source !== undefined; source = queue.shift()) {
    const entry = contents.get(source) ?? ABSENT;
    for (const { target: path } of outgoing.get(source) ?? []) {
      if (reached.has(path)) continue;
      reached.add(path);
      queue.push(path);
      const before = contents.get(path) ?? ABSENT;
      if (sameEntry(before, entry)) continue;
      const refusal = refusalOf(spread, source, path, entry);
      if (refusal) refusals.push({ path, from: source, reason: refusal, wanted: entry });
      else {
        steps.push({ path, from: source, before, entry });
        contents.set(path, entry);
      }
    }
  }
  return { steps, refusals };
}

function bySource(edges: readonly Edge[]): ReadonlyMap<RepoPath, readonly Edge[]> {
  const found = new Map<RepoPath, Edge[]>();
  for (const edge of edges) {
    const list = found.get(edge.source) ?? [];
    found.set(edge.source, list);
    list.push(edge);
  }
  return found;
}

function refusalOf(spread: Spread, source: RepoPath, path: RepoPath, entry: Entry): RefusalReason | undefined {
  const { touches, mayReplace, guard } = spread;
  // An absent side is never a source: nobody loses a file because another one is not there.
  if (entry.kind === 'absent') return 'no-source';
  const touch = touches.get(path);
  const obstruction = obstructionOf(touch, entry);
  if (obstruction) return obstruction;
  if (isOutside(path) && entry.kind !== 'file') return 'files-alone';
  if (!touch || !mayReplace(touch, entry, path)) return 'edited';
  return guard?.(source, path);
}

function obstructionOf(touch: Touch | undefined, wanted: Entry): RefusalReason | undefined {
  if (!touch?.obstacle) return undefined;
  if (touch.obstacle.kind === 'outside') return 'outside';
  if (touch.obstacle.kind !== 'submodule') return 'obstacle';
  // A gitlink that moved this file is an edit of its own, unless it moved it to where it should be.
  return sameEntry(touch.index, touch.head) || sameEntry(touch.worktree, wanted) ? 'submodule' : 'edited';
}

/** The side of the finding that is not there any more though HEAD has it. */
export function deletedSide(judgement: Judgement, touches: Touches): RepoPath | undefined {
  const { pair, a, b } = judgement;
  const gone = (path: RepoPath | null, entry: Entry) =>
    path !== null && entry.kind === 'absent' && touches.get(path)?.head.kind !== 'absent';
  if (gone(pair.a, a)) return pair.a ?? undefined;
  return gone(pair.b, b) ? (pair.b ?? undefined) : undefined;
}

/** Of the offered steps those that history proves to lose nothing. */
export function provenSteps(offered: Plan, { steps }: Plan): readonly Step[] {
  const proven = new Set(steps.map(({ path }) => path));
  return offered.steps.filter(({ path }) => proven.has(path));
}
