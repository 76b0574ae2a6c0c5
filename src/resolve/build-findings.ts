// Builds the findings of all groups: one user action, such as a rename or a file that became a
// directory, is one finding.

import { sameEntry } from '../git/entry.js';
import type { RepoPath } from '../git/path.js';
import { pathsOf } from '../rules/identity.js';
import { sameNameOf } from '../snapshot/obstacles.js';
import { buildFinding, type Finding, fixOf, isFixable } from './findings.js';
import type { Merge } from './merge.js';
import { type Ground, NO_PLAN } from './plan.js';
import type { Group, PathStatuses, Plan } from './types.js';

/** Pure. The findings of these groups. */
export function buildFindings(
  ground: Ground,
  groups: readonly Group[],
  mergeOf: (group: Group) => Merge | undefined,
): readonly Finding[] {
  const findings = groups.map((group) => buildFinding(ground, group, mergeOf));
  const recased = clearRecased(ground, findings, mergeOf);
  return joinRenames(joinReplaced(ground, recased, mergeOf), ground.evidence.statuses);
}

/** On a disk that ignores case, a file can be written once the one with its old name is deleted. */
function clearRecased(
  ground: Ground,
  findings: readonly Finding[],
  mergeOf: (group: Group) => Merge | undefined,
): readonly Finding[] {
  const deletions = findings.flatMap((each) => deletionOf(each)?.steps ?? []);
  if (deletions.length === 0) return findings;
  const cleared = new Set(deletions.map(({ path }) => path));
  return findings.map((each) => {
    const olds = [each.source, ...each.copies].map((path) => sameNameOf(ground.evidence.statuses.get(path)));
    const clears = olds.some((old) => old !== undefined && cleared.has(old));
    return clears ? buildFinding({ ...ground, cleared }, each.group, mergeOf) : each;
  });
}

/**
 * A file that became a directory, or the reverse: one plan, which first removes what is in the
 * copy's way.
 */
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

/** The plan of a deletion that only deletes copies of the deleted file. */
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

/** A deletion and a new file of the same content, on the same side of one rule, are one rename. */
function joinRenames(findings: readonly Finding[], statuses: PathStatuses): readonly Finding[] {
  const joined = new Set<Finding>();
  const result: Finding[] = [];
  for (const old of findings) {
    const added =
      old.kind === 'source-deleted' || old.kind === 'copy-deleted' ? findRename(old, findings, statuses) : undefined;
    const both = added && !joined.has(added) ? joinFinding(old, added, statuses) : undefined;
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
    const renamed = sameNameOf(statuses.get(old.source));
    const recased = renamed !== undefined && pathsOf(first.pair).includes(renamed);
    return sameSide && (recased || (before !== undefined && sameEntry(before, present)));
  });
}

/** Undefined if the copy to rename has changes, so that it stays a separate finding. */
function joinFinding(old: Finding, added: Finding, statuses: PathStatuses): Finding | undefined {
  const deletion = deletionOf(old);
  const carries = added.ways.find(({ kind, plan }) => (kind === 'fix' || kind === 'use') && plan.steps.length > 0);
  if (!deletion || !carries) return undefined;
  const present = added.kind === 'source-missing' ? (added.copies[0] ?? added.source) : added.source;
  const recased = sameNameOf(statuses.get(old.source)) !== undefined;
  const plan = { steps: [...deletion.steps, ...carries.plan.steps], refusals: [] };
  return {
    ...added,
    kind: 'renamed',
    group: joinGroups([old, added]),
    verdicts: [...old.verdicts, ...added.verdicts],
    source: present,
    renamedFrom: old.source,
    ...(carries.side && { renamedSide: carries.side }),
    ...(recased && { recased: true }),
    copies: old.copies,
    staged: [...old.staged, ...added.staged],
    edited: [...old.edited, ...added.edited],
    untracked: [...old.untracked, ...added.untracked],
    fixedInWorktree: false,
    ways: [{ kind: 'fix', names: [old.source, present], plan }],
    refused: NO_PLAN,
    submoduleSteps: [...old.submoduleSteps, ...added.submoduleSteps],
  };
}
