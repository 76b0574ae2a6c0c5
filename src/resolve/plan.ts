// Plans which file gets which content: the steps of a fix, which a later stage carries out.

import { ABSENT, type Entry, sameEntry } from '../git/entry.js';
import { groupBy } from '../git/group-by.js';
import type { RepoPath } from '../git/path.js';
import type { Verdict } from '../judge/types.js';
import { isOutside } from '../manifest/outside.js';
import { endsOf } from '../rules/ends.js';
import { pathsOf } from '../rules/identity.js';
import type { Rules } from '../rules/types.js';
import { keepsUnstaged, type PathStatus, type Writes } from '../snapshot/path-status.js';
import { type Carried, carryAlong } from './carry-text.js';
import type { Component } from './component.js';
import { type Evidence, lossBesideIn, lossIn } from './safety.js';
import type { Edge, Group, Plan, Refusal, RefusalReason, Step } from './types.js';

/** The input of a plan. */
export interface Ground {
  readonly rules: Rules;
  readonly evidence: Evidence;
  readonly writes: Writes;
  /** Files that the same command deletes first: a file that becomes a directory, or the reverse. */
  readonly cleared?: ReadonlySet<RepoPath>;
}

export const NO_PLAN: Plan = { steps: [], refusals: [] };

/** From each source to its copy. */
export function edgesOf({ verdicts }: Component): readonly Edge[] {
  return verdicts.flatMap((verdict): Edge[] => {
    const { source, copy } = endsOf(verdict.pair);
    return source === null || copy === null ? [] : [{ source, target: copy, verdict, side: verdict.pair.rule.copy }];
  });
}

/** The present entry of each path of the component. */
export function contentsOf(component: Component): Map<RepoPath, Entry> {
  const contents = new Map<RepoPath, Entry>();
  for (const { pair, a, b } of component.verdicts) {
    if (pair.a !== null) contents.set(pair.a, a);
    if (pair.b !== null) contents.set(pair.b, b);
  }
  return contents;
}

/** The paths that are not a copy. */
function rootsOf(component: Component, edges: readonly Edge[]): readonly RepoPath[] {
  const targets = new Set(edges.map((edge) => edge.target));
  return [...component.paths].filter((path) => !targets.has(path));
}

/**
 * Copies in fix_direction, as far as that loses nothing. A refused file keeps its content, and so
 * do its copies.
 */
export function planFix(ground: Ground, group: Group): Plan {
  const edges = edgesOf(group.component);
  return carry({ ground, group, starts: rootsOf(group.component, edges), edges, named: () => false });
}

/** The same, but overwrites everything: the user asked for it. */
export function planForce(ground: Ground, group: Group): Plan {
  const edges = edgesOf(group.component);
  const starts = rootsOf(group.component, edges);
  return carry({ ground, group, starts, edges, named: () => true, overUnstaged: true });
}

/**
 * Copies one file's content to the other side of its verdicts: up to the root, then to every copy.
 * Opposite files are always overwritten, because the user chose; others obey the rule.
 */
export function planUse(ground: Ground, group: Group, used: RepoPath): Plan {
  const forward = edgesOf(group.component);
  const edges = [...forward, ...forward.map(reversed)];
  const ends = group.meant.map(({ pair }) => pathsOf(pair)).filter((paths) => paths.includes(used));
  const opposite = new Set(ends.flat());
  return carry({ ground, group, starts: [used], edges, named: (path) => opposite.has(path) });
}

function reversed({ source, target, verdict, side }: Edge): Edge {
  return { source: target, target: source, verdict, side: side === 'a' ? 'b' : 'a' };
}

/** The input for spreading contents over a component. */
export interface CarryInput {
  readonly ground: Ground;
  readonly group: Group;
  readonly starts: readonly RepoPath[];
  readonly edges: readonly Edge[];
  /** True for a file that may be overwritten even if its content exists nowhere else. */
  readonly named: (path: RepoPath) => boolean;
  /** True if the unstaged edits of such a file may be overwritten too. */
  readonly overUnstaged?: boolean;
  /** The new content of a start, before it is copied on. */
  readonly replaced?: ReadonlyMap<RepoPath, Entry>;
}

/**
 * Copies from the starts along the edges: the target of a selected verdict, and of every edge with
 * a written source, gets the source's content, unless that is refused.
 */
export function carry(input: CarryInput): Plan {
  const { group, starts, edges, replaced = new Map<RepoPath, Entry>() } = input;
  const node = contentsOf(group.component);
  const contents = new Map([...node, ...replaced]);
  const meant = new Set(group.meant.map(({ pair }) => pair).map(keyOfPair));
  const outgoing = bySource(edges);
  const reached = new Set(starts);
  const changed = [...replaced].filter(([path, entry]) => !sameEntry(node.get(path) ?? ABSENT, entry));
  const written = new Set(changed.map(([path]) => path));
  const queue = [...starts];
  const steps: Step[] = [];
  const refusals: Refusal[] = [];
  for (let source = queue.shift(); source !== undefined; source = queue.shift()) {
    const carried = contents.get(source) ?? ABSENT;
    for (const edge of outgoing.get(source) ?? []) {
      const { target: path } = edge;
      if (reached.has(path)) continue;
      reached.add(path);
      queue.push(path);
      if (!written.has(source) && !meant.has(keyOfPair(edge.verdict.pair))) continue;
      const before = contents.get(path) ?? ABSENT;
      const made = carriedTo(input, edge, carried, before);
      if (typeof made === 'string') {
        refusals.push({ path, from: source, reason: made });
        continue;
      }
      const { entry, keepsAll: _, ...text } = made;
      if (sameEntry(before, entry)) continue;
      const outcome = judgeStep(input, edge, made);
      if (typeof outcome === 'string') refusals.push({ path, from: source, reason: outcome, wanted: entry });
      else {
        steps.push({ path, from: source, before, entry, ...text, ...outcome });
        contents.set(path, entry);
        written.add(path);
      }
    }
  }
  return { steps, refusals };
}

/** What the edge's target becomes. Where the pair's rule does not apply, only a name copies it. */
function carriedTo({ ground, named }: CarryInput, edge: Edge, source: Entry, target: Entry): Carried | RefusalReason {
  const carried = carryAlong(ground.evidence.carrying, edge, source, target);
  return carried === 'unfit' && named(edge.target) ? { entry: source } : carried;
}

/** The two paths of a pair. */
export function keyOfPair({ a, b }: Verdict['pair']): string {
  return `${a ?? ''}\0${b ?? ''}`;
}

export function bySource(edges: readonly Edge[]): ReadonlyMap<RepoPath, readonly Edge[]> {
  return groupBy(edges, ({ source }) => source);
}

/** Why the step is refused, or its further effects. */
function judgeStep(
  spread: CarryInput,
  edge: Edge,
  { entry, keepsAll }: Carried,
): RefusalReason | { readonly discards?: true } {
  const { ground, named, overUnstaged = false } = spread;
  const { target: path, source } = edge;
  // An absent side is never a source: a missing file deletes no other.
  // safeguard no-source (T16): an absent side is no source (unit/resolve/plan)
  if (entry.kind === 'absent') return 'no-source';
  const status = ground.evidence.statuses.get(path);
  const cleared = isCleared(status, ground.cleared);
  const obstruction = cleared ? undefined : obstructionOf(status, entry);
  if (obstruction) return obstruction;
  if (isOutside(path) && entry.kind !== 'file') return 'files-alone';
  if (!status) return 'edited';
  // safeguard marked-source: markers are not copied (e2e/fix-history: markers are not)
  if (ground.evidence.marked.has(source)) return 'markers';
  const lossOf = keepsAll ? lossBesideIn : lossIn;
  const loss = lossOf(ground.evidence, edge.verdict, edge.side, entry);
  if (!named(path)) return status.ignored ? 'ignored' : (loss ?? {});
  // Staging a named file keeps its unstaged edits.
  // safeguard unstaged-edits (R8): an unstaged edit is not replaced (unit/resolve/plan)
  if (ground.writes === 'index' && !overUnstaged && !cleared && !keepsUnstaged(status, entry)) return 'edited';
  // Deleted content cannot be lost again.
  return loss === undefined || loss === 'deleted' ? {} : { discards: true };
}

/** True if the obstacle is deleted first. */
function isCleared(status: PathStatus | undefined, cleared: ReadonlySet<RepoPath> | undefined): boolean {
  const obstacle = status?.obstacle;
  if (!obstacle || !cleared) return false;
  if (obstacle.kind === 'file-above' || obstacle.kind === 'same-name') return cleared.has(obstacle.at);
  return obstacle.kind === 'directory' && obstacle.holds?.every((path) => cleared.has(path)) === true;
}

/** What is in the way of a write, whatever the content is. */
export function obstructionOf(status: PathStatus | undefined, wanted: Entry): RefusalReason | undefined {
  if (!status?.obstacle) return undefined;
  if (status.obstacle.kind === 'outside') return 'outside';
  if (status.obstacle.kind === 'same-name') return 'same-name';
  if (status.obstacle.kind !== 'submodule') return 'obstacle';
  // A moved gitlink is a separate edit, unless it moved the file to its target content.
  return sameEntry(status.index, status.head) || sameEntry(status.worktree, wanted) ? 'submodule' : 'edited';
}
