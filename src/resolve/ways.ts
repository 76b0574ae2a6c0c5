// The ways to resolve a group of findings: the offer, the printed commands and `fix` use the same
// plans.

import type { RepoPath } from '../git/path.js';
import type { Provenances } from '../history/types.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { isOutside } from '../manifest/outside.js';
import type { Side } from '../manifest/types.js';
import { endsOf } from '../rules/ends.js';
import { identityOf, pathsOf } from '../rules/identity.js';
import { type Carrying, isInSync } from './carry-text.js';
import { type Merge, planMerge } from './merge.js';
import { type Ground, keyOfPair, NO_PLAN, planFix, planForce, planUse } from './plan.js';
import { deletedSide, planDelete, planRestore } from './plan-deletion.js';
import type { Group, Plan } from './types.js';

/** How to resolve a group. */
export type How =
  | { readonly kind: 'fix' | 'force' | 'merge' }
  | { readonly kind: 'use' | 'delete' | 'restore'; readonly path: RepoPath };

/** Pure. The plan of that way. `merge`: git's merge of the group, if it was computed. */
export function planFor(ground: Ground, group: Group, how: How, merge: Merge | undefined): Plan {
  switch (how.kind) {
    case 'fix':
      return planFix(ground, group);
    case 'force':
      return planForce(ground, group);
    case 'use':
      return planUse(ground, group, how.path);
    case 'delete':
      return planDelete(ground, group, how.path);
    case 'restore':
      return planRestore(ground, group, how.path);
    case 'merge':
      return merge ? planMerge(ground, group, merge) : refuseToMerge(group);
  }
}

function refuseToMerge({ meant }: Group): Plan {
  const [path] = meant.flatMap(({ pair }) => pathsOf(pair));
  return path === undefined
    ? NO_PLAN
    : {
        steps: [],
        refusals: [{ path, from: path, reason: isAgreed(meant) ? ('agreed' as const) : ('unmergeable' as const) }],
      };
}

/** An accepted difference must not be merged away. */
function isAgreed(verdicts: readonly Verdict[]): boolean {
  return verdicts.some(({ pair }) => pair.exception);
}

/** One way to resolve a group, with its plan. */
export interface Way {
  readonly kind: How['kind'] | 'diff' | 'accept' | 'add';
  /** The files that its command names. */
  readonly names: readonly RepoPath[];
  /** For `use`: the file's side, as the manifest names it. */
  readonly side?: Side;
  readonly plan: Plan;
  readonly merge?: Merge;
}

/** True for a merge that leaves conflict markers. */
export function leavesMarkers({ merge }: { readonly merge?: Merge | undefined }): boolean {
  return merge !== undefined && merge.conflicts.length > 0;
}

/**
 * The most copies that are resolved one by one; for more, the user gets the command that lists
 * them.
 */
const MOST_APART = 3;
const MOST_NAMED = 4;

/**
 * Pure. Every possible way, in the order of the offer. The first one that writes discards nothing.
 * `fix`: the plan of a plain fix.
 */
export function waysOf(
  ground: Ground,
  group: Group,
  fix: Plan,
  mergeOf: (group: Group) => Merge | undefined,
): readonly Way[] {
  const deleted = deletedIn(ground, group);
  if (deleted !== undefined) return waysOfDeletion(ground, group, deleted);
  const open = openAfter(ground.evidence.carrying, group, fix);
  const resolved = group.meant.filter((verdict) => !open.includes(verdict));
  const names = namesOfFix({ ...group, meant: resolved }, fix);
  const fixes: Way[] = fix.steps.length > 0 ? [{ kind: 'fix', names, plan: fix }] : [];
  if (open.length === 0) return fixes;
  const apart = open.slice(0, MOST_APART).map((verdict) => ({ ...group, meant: [verdict] }));
  return [...fixes, ...apart.flatMap((each) => waysApart(ground, each, mergeOf(each)))];
}

/** The deleted side of the first finding that has one. */
export function deletedIn({ evidence }: Ground, { meant }: Group): RepoPath | undefined {
  return meant.map((verdict) => deletedSide(verdict, evidence.statuses)).find((path) => path !== undefined);
}

/** The findings that the plan leaves. */
export function openAfter(carrying: Carrying, { meant }: Group, { steps }: Plan): readonly Verdict[] {
  const after = new Map(steps.map(({ path, entry }) => [path, entry]));
  return meant.filter(({ pair, a, b }) => {
    const [left, right] = [after.get(pair.a as RepoPath) ?? a, after.get(pair.b as RepoPath) ?? b];
    return !isInSync(carrying, pair, left, right);
  });
}

function waysOfDeletion(ground: Ground, group: Group, deleted: RepoPath): readonly Way[] {
  const ways: Way[] = [];
  const restoration = planRestore(ground, group, deleted);
  if (isWhole(restoration)) ways.push({ kind: 'restore', names: [deleted], plan: restoration });
  const deletion = planDelete(ground, group, deleted);
  if (isWhole(deletion)) ways.push({ kind: 'delete', names: [deleted], plan: deletion });
  return [...ways, ...(ways.length < 2 ? [acceptOf(group)] : [])];
}

function isWhole({ steps, refusals }: Plan): boolean {
  return steps.length > 0 && refusals.length === 0;
}

/**
 * True if nothing of the group is left. Other copies, which keep their changes, are in the plan.
 */
function resolves(ground: Ground, group: Group, plan: Plan): boolean {
  return plan.steps.length > 0 && openAfter(ground.evidence.carrying, group, plan).length === 0;
}

/** The ways for one finding that a plain copy would not resolve without a loss. */
function waysApart(ground: Ground, group: Group, merge: Merge | undefined): readonly Way[] {
  const [verdict] = group.meant as [Verdict];
  const { source, copy: target } = endsOf(verdict.pair);
  if (source === null || target === null) return [];
  const uses = usesOf(ground, group, source, target);
  const [safe, rest] = [uses.filter(isLossless), uses.filter((way) => !isLossless(way))];
  const knows = ground.evidence.provenances.get(identityOf(verdict.pair))?.verdict !== 'unknown';
  const names = [nameOf(group, target)];
  const { exception } = verdict.pair;
  const isAlone = exception !== undefined && exception.digest === undefined;
  const merges = safe.length > 0 || isAlone ? [] : mergesOf(ground, group, merge, names);
  const diff = isDiffable(verdict) ? [{ kind: 'diff' as const, names, plan: NO_PLAN }] : [];
  const accept = acceptOf(group);
  if (exception) return [...merges, ...safe, accept, ...diff, ...rest];
  const deletions = deletionsOf(ground, group);
  if (deletions.length > 0) return [...safe, ...deletions, accept];
  return knows ? [...safe, ...merges, ...diff, ...rest, accept] : [...safe, ...diff, ...merges, accept, ...rest];
}

/** If a commit deleted one side, the other one can follow. */
function deletionsOf(ground: Ground, group: Group): readonly Way[] {
  const deleted = deletedBefore(group.meant, ground.evidence.provenances);
  if (deleted === undefined) return [];
  const plan = planDelete(ground, group, deleted);
  return isWhole(plan) ? [{ kind: 'delete', names: [deleted], plan }] : [];
}

/** The side that a commit deleted. */
export function deletedBefore(verdicts: readonly Verdict[], provenances: Provenances): RepoPath | undefined {
  for (const { pair, status } of verdicts) {
    const gone = status === 'MISSING_A' ? 'a' : status === 'MISSING_B' ? 'b' : undefined;
    const provenance = provenances.get(identityOf(pair));
    const wasThere =
      provenance?.verdict === 'diverged' || (provenance?.verdict === 'behind' && provenance.basis === 'deleted');
    if (gone && wasThere) return pair[gone] ?? undefined;
  }
  return undefined;
}

/**
 * A path that selects only this finding: in a chain, the preferred one can be in another finding
 * too.
 */
function nameOf({ component, meant }: Group, preferred: RepoPath): RepoPath {
  const [verdict] = meant as [Verdict];
  const others = component.verdicts.filter(
    (each) => isOutOfSync(each) && keyOfPair(each.pair) !== keyOfPair(verdict.pair),
  );
  const candidates = [preferred, ...pathsOf(verdict.pair)].filter((path) => path === preferred || !isOutside(path));
  return candidates.find((path) => !others.some(({ pair }) => pathsOf(pair).includes(path))) ?? preferred;
}

function mergesOf(ground: Ground, group: Group, merge: Merge | undefined, names: readonly RepoPath[]): readonly Way[] {
  if (!merge) return [];
  const plan = planMerge(ground, group, merge);
  // safeguard ways-that-end: a way that leaves drift is not offered (unit/resolve/ways)
  if (!leavesMarkers({ merge }) ? !resolves(ground, group, plan) : plan.steps.length === 0) return [];
  return [{ kind: 'merge', names, plan, merge }];
}

/** Both directions, the source first. */
function usesOf(ground: Ground, group: Group, source: RepoPath, target: RepoPath): readonly Way[] {
  const [{ pair }] = group.meant as [Verdict];
  const both = [source, target].filter((path) => pair.a === path || pair.b === path);
  return both.flatMap((path): Way[] => {
    const plan = planUse(ground, group, path);
    const side = pair.a === path ? 'a' : 'b';
    return resolves(ground, group, plan)
      ? [{ kind: 'use', names: [isOutside(path) ? otherOf(pair, path) : nameOf(group, target)], side, plan }]
      : [];
  });
}

function otherOf({ a, b }: Verdict['pair'], path: RepoPath): RepoPath {
  return (a === path ? b : a) ?? path;
}

/** True if the way discards nothing. */
export function isLossless({ plan }: Way): boolean {
  return plan.steps.every(({ discards }) => !discards);
}

function isDiffable({ a, b }: Verdict): boolean {
  return a.kind === 'file' && b.kind === 'file' && a.oid !== b.oid;
}

function acceptOf(group: Group): Way {
  const [verdict] = group.meant as [Verdict];
  const { source, copy } = endsOf(verdict.pair);
  const named = copy ?? source;
  return { kind: 'accept', names: named === null ? [] : [nameOf(group, named)], plan: NO_PLAN };
}

/** The source if it selects exactly these copies, else the copies. */
function namesOfFix(group: Group, { steps }: Plan): readonly RepoPath[] {
  const meant = new Set(group.meant);
  const sources = new Set(group.meant.map((outOfSync) => endsOf(outOfSync.pair).source));
  const others = group.component.verdicts.some((verdict) => {
    return isOutOfSync(verdict) && !meant.has(verdict) && pathsOf(verdict.pair).some((path) => sources.has(path));
  });
  const written = new Set(steps.map(({ path }) => path));
  const copies = group.meant.flatMap((outOfSync) => {
    const { copy } = endsOf(outOfSync.pair);
    return copy !== null && written.has(copy) ? [copy] : [];
  });
  const [source] = sources;
  const named = sources.size === 1 && source !== null && source !== undefined && !isOutside(source) && !others;
  if (named && (copies.length === group.meant.length || copies.length > MOST_NAMED)) return [source];
  return [...new Set(copies)];
}
