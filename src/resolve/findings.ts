// Findings as a person meets them: one finding per group, why it is out of sync, and the ways to
// resolve it.

import type { RepoPath } from '../git/path.js';
import type { Provenances } from '../history/types.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { pathsOf } from '../rules/identity.js';
import type { Side } from '../rules/types.js';
import { sameEntry } from '../snapshot/entry.js';
import type { PathStatus } from '../snapshot/path-status.js';
import type { Component } from './component.js';
import type { Merge } from './merge.js';
import { type Ground, NO_PLAN, planFix } from './plan.js';
import { buildSubmoduleSteps, type SubmoduleSteps } from './submodule-steps.js';
import type { Group, PathStatuses, Plan } from './types.js';
import { deletedIn, endsOf, type Way, waysOf } from './ways.js';

/** What is wrong, seen from what is staged. */
export type FindingKind =
  | 'source-staged'
  | 'copy-staged'
  | 'both-staged'
  | 'neither-staged'
  | 'copy-missing'
  | 'source-missing'
  | 'source-deleted'
  | 'copy-deleted'
  | 'renamed'
  | 'replaced'
  | 'name-taken'
  | 'agreed'
  | 'marked';

export interface Finding {
  readonly kind: FindingKind;
  readonly group: Group;
  readonly verdicts: readonly Verdict[];
  /** What a fix copies from, or what was deleted. */
  readonly source: RepoPath;
  /** The files that do not match it. */
  readonly copies: readonly RepoPath[];
  /** For a rename: the old name. */
  readonly renamedFrom?: RepoPath;
  /** For a rename on the side that a fix does not copy from: that side. */
  readonly renamedSide?: Side;
  /** Files of the component that the index changes against HEAD. */
  readonly staged: readonly RepoPath[];
  /** Files of the component with unstaged edits. */
  readonly edited: readonly RepoPath[];
  /** True if the working tree already holds what a fix would stage. */
  readonly fixedInWorktree: boolean;
  /** Which side of each pair is stale, by history. */
  readonly provenances: Provenances;
  /** Copies of the same source that were out of sync before, and that nothing here touches. */
  readonly otherCopies: number;
  /** For a file that became a directory, or the reverse: the deletions that are part of it. */
  readonly joins?: readonly Finding[];
  /** In the order in which they are offered. The first that writes discards nothing. */
  readonly ways: readonly Way[];
  /** What a fix leaves, and why. */
  readonly refused: Plan;
  /** The way through the submodules that keep the fix from being staged. */
  readonly submoduleSteps: readonly SubmoduleSteps[];
}

/** The fix of a finding, as far as it loses nothing. */
export function fixOf({ ways }: Pick<Finding, 'ways'>): Plan {
  return ways.find(({ kind }) => kind === 'fix')?.plan ?? NO_PLAN;
}

/** True where the fix resolves all of the finding. */
export function isFixable({ ways }: Pick<Finding, 'ways'>): boolean {
  return ways.length > 0 && ways.every(({ kind }) => kind === 'fix');
}

export function buildFinding(ground: Ground, group: Group, mergeOf: (group: Group) => Merge | undefined): Finding {
  const { statuses, provenances } = ground.evidence;
  const { meant: verdicts, component } = group;
  const deleted = deletedIn(ground, group);
  const ends = verdicts.map((verdict) => endsOf(ground, verdict));
  const source = deleted ?? ends.find((end) => end.source !== null)?.source ?? (ends[0]?.target as RepoPath);
  const others = ends.flatMap((end) => [end.source, end.target]).filter((path) => path !== null && path !== source);
  const copies = [...new Set(others as RepoPath[])];
  const concerned = new Set([source, ...copies]);
  const fix = planFix(ground, group);
  return {
    kind: kindOf(ground, verdicts[0] as Verdict, deleted),
    group,
    verdicts,
    source,
    copies,
    staged: [...concerned].filter((path) => isStaged(path, statuses)),
    edited: [...concerned].filter((path) => hasUnstaged(statuses.get(path))),
    fixedInWorktree: holdsFix(fix, statuses),
    provenances,
    otherCopies: countOthers(component, verdicts, source),
    ways: waysOf(ground, group, fix, mergeOf),
    refused: fix,
    submoduleSteps: buildSubmoduleSteps(fix, statuses),
  };
}

function countOthers({ verdicts }: Component, outOfSync: readonly Verdict[], source: RepoPath): number {
  const known = new Set(outOfSync);
  return verdicts.filter((verdict) => {
    return isOutOfSync(verdict) && !known.has(verdict) && pathsOf(verdict.pair).includes(source);
  }).length;
}

function hasUnstaged(status: PathStatus | undefined): boolean {
  if (!status || status.worktree.kind === 'absent') return false;
  return status.obstacle === undefined && !sameEntry(status.worktree, status.index);
}

function holdsFix(fix: Plan, statuses: PathStatuses): boolean {
  const held = fix.steps.every(({ path, entry }) => {
    const status = statuses.get(path);
    return status !== undefined && sameEntry(status.worktree, entry);
  });
  return fix.steps.length > 0 && held;
}

function isStaged(path: RepoPath | null, statuses: PathStatuses): boolean {
  const status = path === null ? undefined : statuses.get(path);
  return status !== undefined && !sameEntry(status.index, status.head);
}

function kindOf(ground: Ground, verdict: Verdict, deleted: RepoPath | undefined): FindingKind {
  const { source, target } = endsOf(ground, verdict);
  const { statuses, marked } = ground.evidence;
  if (source === null || target === null) return 'name-taken';
  if (verdict.pair.exception) return 'agreed';
  if (marked.has(source)) return 'marked';
  if (deleted !== undefined) return deleted === source ? 'source-deleted' : 'copy-deleted';
  if (verdict.status !== 'DRIFT') {
    const gone = verdict.status === 'MISSING_A' ? verdict.pair.a : verdict.pair.b;
    return gone === source ? 'source-missing' : 'copy-missing';
  }
  const [sourceStaged, targetStaged] = [isStaged(source, statuses), isStaged(target, statuses)];
  if (sourceStaged && targetStaged) return 'both-staged';
  if (sourceStaged) return 'source-staged';
  return targetStaged ? 'copy-staged' : 'neither-staged';
}
