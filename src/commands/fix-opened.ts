// The fix of `fix` and `check --fix`: plans it, asks before writes outside the repository, and
// carries it out.

import { resolveInTool } from '../ask/merge-tool.js';
import { applyStaged, applyWorktree } from '../fix/apply.js';
import { carryOver, originOf, storeSources } from '../fix/carry-over.js';
import { readKnown, recordInSync, recordMarkers } from '../fix/known-contents.js';
import { applyOutside } from '../fix/outside.js';
import { formatMerge, formatRefusals, formatSteps } from '../format/fix.js';
import type { DecidedFix } from '../format/fix-json.js';
import { formatSubmoduleSteps } from '../format/submodule-steps.js';
import { sameEntry } from '../git/entry.js';
import { type RepoPath, textOf } from '../git/path.js';
import type { Workplace } from '../git/workplace.js';
import { writeBlobs } from '../git/write.js';
import { isOutOfSync } from '../judge/types.js';
import { isOutside } from '../manifest/outside.js';
import { NOTHING_TO_FIX, sayManyDeletions } from '../messages/check.js';
import { sayReplaced } from '../messages/hook.js';
import { sayResolvedInFix } from '../messages/merge-tool.js';
import { type FixChoice, type PlannedFix, planAll } from '../resolve/choose.js';
import { areMany } from '../resolve/deletions.js';
import { buildFinding, type Finding } from '../resolve/findings.js';
import { edgesOf, type Ground } from '../resolve/plan.js';
import { readGroups, readMergeOf, requireComparable } from '../resolve/read-findings.js';
import type { PathStatuses, Step } from '../resolve/types.js';
import { leavesMarkers } from '../resolve/ways.js';
import { askToWrite } from './ask-outside.js';
import { checkMeant, countPairs } from './check-paths.js';
import { refusePaths } from './no-pair.js';
import type { Output } from './output.js';
import { readPerson } from './person.js';
import { type Opened, openScope } from './scope.js';

/** The options of a fix. */
export interface FixWay extends FixChoice {
  readonly kind: 'worktree' | 'staged';
  readonly dryRun: boolean;
  /** Allows any number of deletions. */
  readonly manyMeant?: boolean;
  /** Takes the plan; then nothing is asked. */
  readonly onPlan?: (decided: DecidedFix) => void;
}

/** Fixes these paths where they are out of sync. @returns 1 if something is left. */
export async function fixOpened(
  opened: Opened,
  paths: readonly RepoPath[],
  way: FixWay,
  cwd: string,
  output: Output,
): Promise<0 | 1> {
  const { place, change } = opened;
  const { verdicts } = await checkMeant(opened, paths);
  await recordInSync(place.repository, change.after, verdicts);
  if (paths.length > 0 && verdicts.length === 0) {
    throw await refusePaths(place.repository, paths);
  }
  const outOfSync = verdicts.filter(isOutOfSync);
  if (outOfSync.length === 0) {
    output.print([NOTHING_TO_FIX]);
    return 0;
  }
  const writes = way.kind === 'staged' ? 'index' : 'worktree';
  await requireComparable(place, change, outOfSync, writes);
  const { groups, ground, trouble } = await readGroups(place, opened, outOfSync, {
    writes,
    inHook: false,
    known: readKnown(place.repository),
    outside: true,
    carriedOut: true,
  });
  output.complain(trouble);
  const wanted = await planAll(place, ground, groups, paths, way);
  const planned = way.dryRun ? wanted : await askOutside(wanted, way.onPlan ? undefined : output);
  const many = way.dryRun || way.manyMeant ? undefined : await tellManyDeletions(planned, opened);
  way.onPlan?.({ planned, tooMany: many !== undefined });
  if (many !== undefined) {
    output.print([many]);
    return 1;
  }
  const { statuses } = ground.evidence;
  if (!way.dryRun) output.print(await apply(opened, way, planned, statuses));
  const resolved = way.dryRun || way.onPlan ? undefined : await openTool(opened, planned, output);
  const person = await readPerson(opened, cwd);
  output.print(
    planned.flatMap(({ plan, merge }) => {
      const result = merge && resolved?.get(merge.root);
      if (result) return [sayResolvedInFix(textOf(merge.root), result)];
      return merge ? formatMerge(merge, plan, way.dryRun) : formatSteps(plan, way.dryRun);
    }),
  );
  const left = await readLeft(place, ground, planned, way);
  output.print(planned.flatMap(({ plan }, at) => formatRefusals(plan, left[at], person, { writes, accepts: true })));
  if (!way.dryRun) output.print(planned.flatMap(({ plan }) => formatSubmoduleSteps(plan, statuses, person)));
  if (way.dryRun) return 1;
  return (await isInSync(opened, paths, way)) ? 0 : 1;
}

/** Where a person is at stdin and stdout, opens the merge tool. @returns the resolved sources. */
async function openTool({ place, change }: Opened, planned: readonly PlannedFix[], output: Output) {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  const merges = planned.flatMap(({ plan, merge }) => (merge && plan.steps.length > 0 ? [merge] : []));
  return resolveInTool(place, change.after, merges, output.complain);
}

/** The findings that each plan leaves, unless the user named one way. */
async function readLeft(
  place: Workplace,
  ground: Ground,
  planned: readonly PlannedFix[],
  way: FixWay,
): Promise<readonly (Finding | undefined)[]> {
  if (way.from || way.force) return [];
  const left: (Finding | undefined)[] = [];
  for (const { group, plan } of planned) {
    if (plan.refusals.length === 0) left.push(undefined);
    else left.push(buildFinding(ground, group, await readMergeOf(place, ground, [group])));
  }
  return left;
}

/** Drops writes outside the repository, unless the user reads the list and says yes. Without an
 * output nobody is asked. */
async function askOutside(planned: readonly PlannedFix[], output: Output | undefined): Promise<readonly PlannedFix[]> {
  const files = planned.flatMap(({ plan }) => plan.steps).filter(({ path }) => isOutside(path));
  const names = files.map(({ path }) => textOf(path));
  if (files.length === 0 || (output && (await askToWrite(names, output)) === 'yes')) return planned;
  return planned.map((each) => {
    const left = each.plan.steps.filter(({ path }) => isOutside(path));
    const refusals = left.map(({ path, from, entry }) => ({ path, from, reason: 'unasked' as const, wanted: entry }));
    const steps = each.plan.steps.filter((step) => !left.includes(step));
    return { ...each, plan: { steps, refusals: [...each.plan.refusals, ...refusals] } };
  });
}

/** The message if so many deletions need a second confirmation. */
async function tellManyDeletions(planned: readonly PlannedFix[], opened: Opened): Promise<string | undefined> {
  const deletions = planned.flatMap(({ plan }) => plan.steps).filter(({ entry }) => entry.kind === 'absent').length;
  if (!areMany(deletions, 0)) return undefined;
  const pairs = await countPairs(opened);
  return areMany(deletions, pairs) ? sayManyDeletions(deletions, pairs) : undefined;
}

/** Reads everything again, because a file can change while it is copied. */
async function isInSync({ place }: Opened, paths: readonly RepoPath[], way: FixWay): Promise<boolean> {
  const { verdicts } = await checkMeant(await openScope(place, { kind: way.kind }), paths);
  return !verdicts.some(isOutOfSync);
}

/** Carries everything out. @returns the messages about contents that exist nowhere else now. */
async function apply(
  { place, change }: Opened,
  way: FixWay,
  planned: readonly PlannedFix[],
  statuses: PathStatuses,
): Promise<readonly string[]> {
  const allOf = (which: readonly PlannedFix[]) => which.flatMap(({ plan }) => plan.steps);
  const stepsOf = (which: readonly PlannedFix[]) => {
    const all = allOf(which);
    // In a chain through an outside file, that file has the content only after the first write.
    const inside = all.filter(({ path }) => !isOutside(path));
    return inside.map((step) => (isOutside(step.from) ? { ...step, from: originOf(step, all) } : step));
  };
  const kept = keepReplaced(place, stepsOf(planned), statuses);
  const staged = way.kind === 'staged' ? planned.filter((each) => !leavesMarkers(each)) : [];
  const inWorktree = planned.filter((each) => !staged.includes(each));
  await carryOver(place, change.after, stepsOf(staged));
  if (staged.length > 0) await applyStaged(place, stepsOf(staged), statuses);
  if (inWorktree.length > 0) await applyWorktree(place, change.after, stepsOf(inWorktree), statuses);
  for (const { group, plan, merge } of planned) {
    if (!merge || !leavesMarkers({ merge }) || plan.steps.length === 0) continue;
    recordMarkers(place.repository, edgesOf(group.component), merge, statuses);
  }
  const outside = allOf(planned).filter(({ path }) => isOutside(path));
  if (outside.length === 0) return kept;
  if (way.kind === 'worktree') await storeSources(place, change.after, allOf(planned));
  await applyOutside(place, change.after, outside, statuses, way.kind === 'staged' ? 'fix --staged' : 'fix');
  return kept;
}

/** Stores working files that will be overwritten and that neither HEAD nor the index has. */
function keepReplaced({ repository }: Workplace, steps: readonly Step[], statuses: PathStatuses): string[] {
  const replaced = steps.flatMap(({ path, entry }) => {
    const status = statuses.get(path);
    // A submodule has a separate object store; the fix's backup covers it.
    if (status?.inside) return [];
    if (status?.worktree.kind !== 'file' || sameEntry(status.worktree, entry)) return [];
    const { oid } = status.worktree;
    const elsewhere = [status.index, status.head].some((other) => other.kind === 'file' && other.oid === oid);
    return elsewhere ? [] : [{ path, expected: oid }];
  });
  writeBlobs(repository.git, replaced);
  return replaced.map(({ path, expected }) => sayReplaced(textOf(path), expected));
}
