// Findings as a person meets them: one case per group, why it is out of sync, and the ways to resolve it.

import type { RepoPath } from '../git/path.js';
import type { Provenances } from '../history/types.js';
import { isFinding, type Judgement } from '../judge/types.js';
import { pathsOf } from '../rules/identity.js';
import type { Side } from '../rules/types.js';
import { sameEntry } from '../snapshot/entry.js';
import type { Touch } from '../snapshot/path-status.js';
import type { Component } from './component.js';
import type { Merge } from './merge.js';
import { type Ground, NO_PLAN, planFix } from './plan.js';
import { buildWalks, type Walk } from './submodule-steps.js';
import type { Group, Plan, Touches } from './types.js';
import { deletedIn, endsOf, type Way, waysOf } from './ways.js';

type CaseKind =
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

export interface Case {
  readonly kind: CaseKind;
  readonly group: Group;
  readonly findings: readonly Judgement[];
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
  /** What history tells about the findings. */
  readonly provenances: Provenances;
  /** Copies of the same source that were out of sync before, and that nothing here touches. */
  readonly otherCopies: number;
  /** For a file that became a directory, or the reverse: the deletions that are part of it. */
  readonly joins?: readonly Case[];
  /** In the order in which they are offered. The first that writes discards nothing. */
  readonly ways: readonly Way[];
  /** What a fix leaves, and why. */
  readonly refused: Plan;
  /** The way through the submodules that keep the fix from being staged. */
  readonly walks: readonly Walk[];
}

/** Pure: what each group comes to. */
export function buildCases(
  ground: Ground,
  groups: readonly Group[],
  mergeOf: (group: Group) => Merge | undefined,
): readonly Case[] {
  const cases = groups.map((group) => buildCase(ground, group, mergeOf));
  return joinRenames(joinReplaced(ground, cases, mergeOf), ground.evidence.touches);
}

/** A file that became a directory, or the reverse: what is in the way of the copy goes first, in one plan. */
function joinReplaced(
  ground: Ground,
  cases: readonly Case[],
  mergeOf: (group: Group) => Merge | undefined,
): readonly Case[] {
  const blocked = cases.filter(({ refused }) => refused.refusals.some(({ reason }) => reason === 'obstacle'));
  if (blocked.length === 0) return cases;
  const deletions = cases.filter((each) => deletionOf(each) !== undefined);
  const cleared = new Set(deletions.flatMap((each) => (deletionOf(each)?.steps ?? []).map(({ path }) => path)));
  const joined = new Map<Case, Case>();
  for (const each of blocked) {
    const free = buildCase({ ...ground, cleared }, each.group, mergeOf);
    const { obstacle } = ground.evidence.touches.get(each.refused.refusals[0]?.path as RepoPath) ?? {};
    const away = new Set<RepoPath>(obstacle?.kind === 'directory' ? obstacle.holds : obstacle ? [obstacle.at] : []);
    const old = deletions.filter((other) => deletionOf(other)?.steps.some(({ path }) => away.has(path)));
    if (isFixable(free) && old.length > 0) joined.set(each, joinDeletions(old, free));
  }
  const gone = new Set([...joined.values()].flatMap(({ joins = [] }) => joins));
  return cases.flatMap((each) => (gone.has(each) ? [] : [joined.get(each) ?? each]));
}

/** The plan of a deletion that takes along nothing but what was deleted. */
function deletionOf({ ways }: Case): Plan | undefined {
  const plan = ways.find(({ kind }) => kind === 'delete')?.plan;
  return plan?.steps.some(({ discards }) => discards) ? undefined : plan;
}

function joinDeletions(old: readonly Case[], added: Case): Case {
  const steps = [...old.flatMap((each) => deletionOf(each)?.steps ?? []), ...fixOf(added).steps];
  const outermost = [added.source, ...old.map(({ source }) => source)].sort((one, other) => one.length - other.length);
  return {
    ...added,
    kind: 'replaced',
    joins: old,
    group: joinGroups([...old, added]),
    findings: [...old.flatMap(({ findings }) => findings), ...added.findings],
    source: outermost[0] as RepoPath,
    ways: [{ kind: 'delete', names: outermost.slice(0, 1), plan: { steps, refusals: [] } }],
    refused: NO_PLAN,
  };
}

function joinGroups(cases: readonly Case[]): Group {
  const components = cases.map(({ group }) => group.component);
  return {
    component: {
      paths: new Set(components.flatMap(({ paths }) => [...paths])),
      judgements: components.flatMap(({ judgements }) => judgements),
    },
    meant: cases.flatMap(({ findings }) => findings),
  };
}

/** The fix of a case, as far as it loses nothing. */
export function fixOf({ ways }: Pick<Case, 'ways'>): Plan {
  return ways.find(({ kind }) => kind === 'fix')?.plan ?? NO_PLAN;
}

/** True where the fix resolves all of the case. */
export function isFixable({ ways }: Pick<Case, 'ways'>): boolean {
  return ways.length > 0 && ways.every(({ kind }) => kind === 'fix');
}

export function buildCase(ground: Ground, group: Group, mergeOf: (group: Group) => Merge | undefined): Case {
  const { touches, provenances } = ground.evidence;
  const { meant: findings, component } = group;
  const deleted = deletedIn(ground, group);
  const ends = findings.map((finding) => endsOf(ground, finding));
  const source = deleted ?? ends.find((end) => end.source !== null)?.source ?? (ends[0]?.target as RepoPath);
  const others = ends.flatMap((end) => [end.source, end.target]).filter((path) => path !== null && path !== source);
  const copies = [...new Set(others as RepoPath[])];
  const concerned = new Set([source, ...copies]);
  const fix = planFix(ground, group);
  return {
    kind: kindOf(ground, findings[0] as Judgement, deleted),
    group,
    findings,
    source,
    copies,
    staged: [...concerned].filter((path) => isStaged(path, touches)),
    edited: [...concerned].filter((path) => hasUnstaged(touches.get(path))),
    fixedInWorktree: holdsFix(fix, touches),
    provenances,
    otherCopies: countOthers(component, findings, source),
    ways: waysOf(ground, group, mergeOf),
    refused: fix,
    walks: buildWalks(fix, touches),
  };
}

function countOthers({ judgements }: Component, findings: readonly Judgement[], source: RepoPath): number {
  const known = new Set(findings);
  return judgements.filter((judgement) => {
    return isFinding(judgement) && !known.has(judgement) && pathsOf(judgement.pair).includes(source);
  }).length;
}

function hasUnstaged(touch: Touch | undefined): boolean {
  if (!touch || touch.worktree.kind === 'absent') return false;
  return touch.obstacle === undefined && !sameEntry(touch.worktree, touch.index);
}

function holdsFix(fix: Plan, touches: Touches): boolean {
  const held = fix.steps.every(({ path, entry }) => {
    const touch = touches.get(path);
    return touch !== undefined && sameEntry(touch.worktree, entry);
  });
  return fix.steps.length > 0 && held;
}

function isStaged(path: RepoPath | null, touches: Touches): boolean {
  const touch = path === null ? undefined : touches.get(path);
  return touch !== undefined && !sameEntry(touch.index, touch.head);
}

function kindOf(ground: Ground, finding: Judgement, deleted: RepoPath | undefined): CaseKind {
  const { source, target } = endsOf(ground, finding);
  const { touches, marked } = ground.evidence;
  if (source === null || target === null) return 'name-taken';
  if (finding.pair.exception) return 'agreed';
  if (marked.has(source)) return 'marked';
  if (deleted !== undefined) return deleted === source ? 'source-deleted' : 'copy-deleted';
  if (finding.status !== 'DRIFT') {
    const gone = finding.status === 'MISSING_A' ? finding.pair.a : finding.pair.b;
    return gone === source ? 'source-missing' : 'copy-missing';
  }
  const [sourceStaged, targetStaged] = [isStaged(source, touches), isStaged(target, touches)];
  if (sourceStaged && targetStaged) return 'both-staged';
  if (sourceStaged) return 'source-staged';
  return targetStaged ? 'copy-staged' : 'neither-staged';
}

/** A deletion and a new file of the same content, under the same side of one rule, are one rename. */
function joinRenames(cases: readonly Case[], touches: Touches): readonly Case[] {
  const joined = new Set<Case>();
  const result: Case[] = [];
  for (const old of cases) {
    const added =
      old.kind === 'source-deleted' || old.kind === 'copy-deleted' ? findRename(old, cases, touches) : undefined;
    const both = added && !joined.has(added) ? joinCase(old, added) : undefined;
    if (!added || !both) continue;
    joined.add(old).add(added);
    result.push(both);
  }
  return [...cases.filter((each) => !joined.has(each)), ...result];
}

function findRename(old: Case, cases: readonly Case[], touches: Touches): Case | undefined {
  const before = touches.get(old.source)?.head;
  const rules = new Set(old.findings.map(({ pair }) => pair.rule));
  return cases.find(({ kind, findings }) => {
    const first = findings[0];
    if ((kind !== 'copy-missing' && kind !== 'source-missing') || !first || !rules.has(first.pair.rule)) return false;
    const sameSide = (first.status === 'MISSING_A') === (old.findings[0]?.status === 'MISSING_B');
    const present = first.status === 'MISSING_A' ? first.b : first.a;
    return sameSide && before !== undefined && sameEntry(before, present);
  });
}

/** Undefined where the copy that would be renamed has changes, so that it is looked at by itself. */
function joinCase(old: Case, added: Case): Case | undefined {
  const deletion = deletionOf(old);
  const carries = added.ways.find(({ kind, plan }) => (kind === 'fix' || kind === 'use') && plan.steps.length > 0);
  if (!deletion || !carries) return undefined;
  const present = added.kind === 'source-missing' ? (added.copies[0] ?? added.source) : added.source;
  const plan = { steps: [...deletion.steps, ...carries.plan.steps], refusals: [] };
  return {
    ...added,
    kind: 'renamed',
    group: joinGroups([old, added]),
    findings: [...old.findings, ...added.findings],
    source: present,
    renamedFrom: old.source,
    ...(carries.side && { renamedSide: carries.side }),
    copies: old.copies,
    staged: [...old.staged, ...added.staged],
    edited: [...old.edited, ...added.edited],
    fixedInWorktree: false,
    ways: [{ kind: 'fix', names: [old.source, present], plan }],
    refused: NO_PLAN,
    walks: [...old.walks, ...added.walks],
  };
}
