// From the options of `fix` to a plan for each group.

import { asTyped, type RepoPath, textOf } from '../git/path.js';
import type { Workplace } from '../git/workplace.js';
import type { Verdict } from '../judge/types.js';
import type { Side } from '../manifest/types.js';
import { severalFilesForFrom } from '../messages/options.js';
import { endsOf } from '../rules/ends.js';
import { pathsOf } from '../rules/identity.js';
import { sameNameOf } from '../snapshot/obstacles.js';
import type { Merge } from './merge.js';
import type { Ground } from './plan.js';
import { readMergeOf } from './read-findings.js';
import type { Group, Plan } from './types.js';
import { deletedBefore, deletedIn, type How, planFor } from './ways.js';

/** The user's options. Without any, a plain fix. */
export interface FixChoice {
  /** Delete the counterparts of deleted files. */
  readonly followDeletions: boolean;
  /** The side of the named files to use. */
  readonly from?: Side;
  /** Merge the two sides; a conflict leaves markers in the source. */
  readonly merge?: boolean;
  /** Overwrite the copy side, whatever it has. */
  readonly force?: boolean;
}

/** A group with its plan. */
export interface PlannedFix {
  readonly group: Group;
  readonly plan: Plan;
  readonly merge?: Merge | undefined;
}

/**
 * One plan for each group. Deletions first: later plans count deleted files as gone. @throws Fault
 * `usage` if `from` does not select one file.
 */
export async function planAll(
  place: Workplace,
  ground: Ground,
  groups: readonly Group[],
  paths: readonly RepoPath[],
  way: FixChoice,
): Promise<readonly PlannedFix[]> {
  let recased = new Set(groups.filter((group) => isRecased(ground, group)));
  for (;;) {
    const planned = await planEach(place, ground, groups, paths, { ...way, recased });
    const whole = planned.filter(({ plan }) => isRenamed(ground, plan, planned));
    const kept = new Set(whole.flatMap(({ group }) => (recased.has(group) ? [group] : [])));
    if (kept.size === recased.size) return planned;
    recased = kept;
  }
}

/** Deletions are followed in `recased`, whatever the options say. */
type Choice = FixChoice & { readonly recased: ReadonlySet<Group> };

async function planEach(
  place: Workplace,
  ground: Ground,
  groups: readonly Group[],
  paths: readonly RepoPath[],
  way: Choice,
): Promise<readonly PlannedFix[]> {
  const first = groups.filter((group) => deletedIn(ground, group) !== undefined);
  const planned: PlannedFix[] = [];
  for (const group of first) planned.push(await planOne(place, ground, group, paths, way));
  const deleted = planned.flatMap(({ plan }) => plan.steps).filter(({ entry }) => entry.kind === 'absent');
  const free = { ...ground, cleared: new Set(deleted.map(({ path }) => path)) };
  for (const group of groups) {
    if (!first.includes(group)) planned.push(await planOne(place, free, group, paths, way));
  }
  return planned;
}

/** True if only the case of the source's name changed, on a disk that ignores it. */
function isRecased({ evidence }: Ground, { meant }: Group): boolean {
  return meant.some(({ pair }) => {
    const { source } = endsOf(pair);
    return source !== null && sameNameOf(evidence.statuses.get(source)) !== undefined;
  });
}

/** The copy whose new name its source gets, where that is the name of a file that is deleted. */
function renamedCopy({ evidence, cleared }: Ground, { meant }: Group): RepoPath | undefined {
  const renamed = meant.find(({ pair }) => {
    const { source } = endsOf(pair);
    const old = source === null ? undefined : sameNameOf(evidence.statuses.get(source));
    return old !== undefined && cleared?.has(old) === true;
  });
  return renamed && (endsOf(renamed.pair).copy ?? undefined);
}

/** True if each deleted file gets its new name in the same fix. */
function isRenamed({ evidence }: Ground, plan: Plan, planned: readonly PlannedFix[]): boolean {
  const written = planned.flatMap((each) => each.plan.steps).filter(({ entry }) => entry.kind !== 'absent');
  const replaced = new Set(written.map(({ path }) => sameNameOf(evidence.statuses.get(path))));
  return plan.refusals.length === 0 && plan.steps.every(({ path }) => replaced.has(path));
}

async function planOne(
  place: Workplace,
  ground: Ground,
  group: Group,
  paths: readonly RepoPath[],
  way: Choice,
): Promise<PlannedFix> {
  const how = howOf(ground, group, paths, way);
  if (how === 'refused') return { group, plan: refuseToRestore(ground, group) };
  const merge = how.kind === 'merge' ? (await readMergeOf(place, ground, [group], 'whole'))(group) : undefined;
  return { group, plan: planFor(ground, group, how, merge), merge };
}

/** `refused` if one side was deleted and no option says which is right. */
function howOf(ground: Ground, group: Group, paths: readonly RepoPath[], way: Choice): How | 'refused' {
  if (way.from) return { kind: 'use', path: usedPath(group.meant, paths, way.from) };
  if (way.merge) return { kind: 'merge' };
  const gone = deletedIn(ground, group);
  const path = gone ?? (way.followDeletions ? deletedBefore(group.meant, ground.evidence.provenances) : undefined);
  if (path !== undefined && (way.followDeletions || way.recased.has(group))) return { kind: 'delete', path };
  // safeguard deletion-asked (R7): a deletion is not undone unasked (unit/resolve/choose)
  if (path !== undefined) return 'refused';
  const renamed = way.followDeletions ? renamedCopy(ground, group) : undefined;
  if (renamed !== undefined) return { kind: 'use', path: renamed };
  return { kind: way.force ? 'force' : 'fix' };
}

function refuseToRestore(ground: Ground, { meant }: Group): Plan {
  const deleted = deletedIn(ground, { component: { paths: new Set(), verdicts: [] }, meant });
  const copies = meant.flatMap(({ pair }) => pathsOf(pair).filter((path) => path !== deleted));
  const refusals = copies.map((path) => ({ path, from: deleted as RepoPath, reason: 'no-source' as const }));
  return { steps: [], refusals };
}

/** The named file if it is on that side of a finding, else its counterpart there. */
function usedPath(verdicts: readonly Verdict[], paths: readonly RepoPath[], side: Side): RepoPath {
  const own = verdicts.map(({ pair }) => pair[side]).filter((path) => path !== null);
  const named = new Set(own.filter((path) => paths.includes(asTyped(path))));
  const [used, ...others] = named.size > 0 ? named : new Set(own);
  if (used !== undefined && others.length === 0) return used;
  const all = own.map(textOf).join(', ');
  throw severalFilesForFrom(side, all);
}
