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

type FindingKind =
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
  /** What history tells about the verdicts. */
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

/** Pure: what each group comes to. */
export function buildFindings(
  ground: Ground,
  groups: readonly Group[],
  mergeOf: (group: Group) => Merge | undefined,
): readonly Finding[] {
  const findings = groups.map((group) => buildFinding(ground, group, mergeOf));
  return joinRenames(joinReplaced(ground, findings, mergeOf), ground.evidence.statuses);
}

/** A file that became a directory, or the reverse: what is in the way of the copy goes first, in
 * one plan. */
function joinReplaced(
  ground: Ground,
  findings: readonly Finding[],
  mergeOf: (group: Group) => Merge | undefined,
): readonly Finding[] {
  const blocked = findings.filter(({ refused }) => refused.refusals.some(({ reason }) => reason === 'obstacle'));
  if (blocked.length === 0) return findings;
  const deletions = findings.filter((each) => deletionOf(each) !== undefined);
  const cleared = new Set(deletions.flatMap((each) => (deletionOf(each)?.steps ?? []).map(({ path }) => path)));
  const joined = new Map<Finding, Finding>();
  for (const each of blocked) {
    const free = buildFinding({ ...ground, cleared }, each.group, mergeOf);
    const { obstacle } = ground.evidence.statuses.get(each.refused.refusals[0]?.path as RepoPath) ?? {};
    const away = new Set<RepoPath>(obstacle?.kind === 'directory' ? obstacle.holds : obstacle ? [obstacle.at] : []);
    const old = deletions.filter((other) => deletionOf(other)?.steps.some(({ path }) => away.has(path)));
    if (isFixable(free) && old.length > 0) joined.set(each, joinDeletions(old, free));
  }
  const gone = new Set([...joined.values()].flatMap(({ joins = [] }) => joins));
  return findings.flatMap((each) => (gone.has(each) ? [] : [joined.get(each) ?? each]));
}

/** The plan of a deletion that takes along nothing but what was deleted. */
function deletionOf({ ways }: Finding): Plan | undefined {
  const plan = ways.find(({ kind }) => kind === 'delete')?.plan;
  return plan?.steps.some(({ discards }) => discards) ? undefined : plan;
}

function joinDeletions(old: readonly Finding[], added: Finding): Finding {
  const steps = [...old.flatMap((each) => deletionOf(each)?.steps ?? []), ...fixOf(added).steps];
  const outermost = [added.source, ...old.map(({ source }) => source)].sort((one, other) => one.length - other.length);
  return {
    ...added,
    kind: 'replaced',
    joins: old,
    group: joinGroups([...old, added]),
    verdicts: [...old.flatMap(({ verdicts }) => verdicts), ...added.verdicts],
    source: outermost[0] as RepoPath,
    ways: [{ kind: 'delete', names: outermost.slice(0, 1), plan: { steps, refusals: [] } }],
    refused: NO_PLAN,
  };
}

function joinGroups(findings: readonly Finding[]): Group {
  const components = findings.map(({ group }) => group.component);
  return {
    component: {
      paths: new Set(components.flatMap(({ paths }) => [...paths])),
      verdicts: components.flatMap(({ verdicts }) => verdicts),
    },
    meant: findings.flatMap(({ verdicts }) => verdicts),
  };
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
    ways: waysOf(ground, group, mergeOf),
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

/** A deletion and a new file of the same content, under the same side of one rule, are one
 * rename. */
function joinRenames(findings: readonly Finding[], statuses: PathStatuses): readonly Finding[] {
  const joined = new Set<Finding>();
  const result: Finding[] = [];
  for (const old of findings) {
    const added =
      old.kind === 'source-deleted' || old.kind === 'copy-deleted' ? findRename(old, findings, statuses) : undefined;
    const both = added && !joined.has(added) ? joinFinding(old, added) : undefined;
    if (!added || !both) continue;
    joined.add(old).add(added);
    result.push(both);
  }
  return [...findings.filter((each) => !joined.has(each)), ...result];
}

function findRename(old: Finding, findings: readonly Finding[], statuses: PathStatuses): Finding | undefined {
  const before = statuses.get(old.source)?.head;
  const ruleList = new Set(old.verdicts.map(({ pair }) => pair.rule));
  return findings.find(({ kind, verdicts }) => {
    const first = verdicts[0];
    if ((kind !== 'copy-missing' && kind !== 'source-missing') || !first || !ruleList.has(first.pair.rule))
      return false;
    const sameSide = (first.status === 'MISSING_A') === (old.verdicts[0]?.status === 'MISSING_B');
    const present = first.status === 'MISSING_A' ? first.b : first.a;
    return sameSide && before !== undefined && sameEntry(before, present);
  });
}

/** Undefined where the copy that would be renamed has changes, so that it is looked at by
 * itself. */
function joinFinding(old: Finding, added: Finding): Finding | undefined {
  const deletion = deletionOf(old);
  const carries = added.ways.find(({ kind, plan }) => (kind === 'fix' || kind === 'use') && plan.steps.length > 0);
  if (!deletion || !carries) return undefined;
  const present = added.kind === 'source-missing' ? (added.copies[0] ?? added.source) : added.source;
  const plan = { steps: [...deletion.steps, ...carries.plan.steps], refusals: [] };
  return {
    ...added,
    kind: 'renamed',
    group: joinGroups([old, added]),
    verdicts: [...old.verdicts, ...added.verdicts],
    source: present,
    renamedFrom: old.source,
    ...(carries.side && { renamedSide: carries.side }),
    copies: old.copies,
    staged: [...old.staged, ...added.staged],
    edited: [...old.edited, ...added.edited],
    fixedInWorktree: false,
    ways: [{ kind: 'fix', names: [old.source, present], plan }],
    refused: NO_PLAN,
    submoduleSteps: [...old.submoduleSteps, ...added.submoduleSteps],
  };
}
