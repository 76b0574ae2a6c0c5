// `fix`: brings pairs into sync, and leaves alone, by name, what that would destroy.

import { check, judgeWithEmpty } from '../check.js';
import { planComponent } from '../decide/component-plan.js';
import { areMany } from '../decide/deletions.js';
import { historyGuard } from '../decide/guard.js';
import { type Merge, planMarkers, planMerge } from '../decide/merge.js';
import { contentsOf, type Plan, type Step, type Touches } from '../decide/plan.js';
import { type Component, readComponents } from '../drift/component.js';
import type { Provenances } from '../drift/history.js';
import { isFinding, type Judgement } from '../drift/types.js';
import { applyStaged, applyWorktree, type Workplace } from '../fix/apply.js';
import { carryOver, originOf, storeSources } from '../fix/carry-over.js';
import { applyOutside } from '../fix/outside.js';
import { recoverAround, refuseInterruptedAround } from '../fix/recover.js';
import { type RepoPath, textOf } from '../git/path.js';
import { writeBlobs } from '../git/write.js';
import { isOutside } from '../manifest/outside.js';
import { NOTHING_TO_FIX, sayManyDeletions, sayMarked, sayNothingToMerge, sayNotMeant } from '../messages/check.js';
import { Fault } from '../messages/fault.js';
import { sayReplaced } from '../messages/hook.js';
import type { Side } from '../pairs/types.js';
import { requireComparable } from '../read-cases.js';
import { readMerge } from '../read-merge.js';
import { tellProvenance } from '../read-provenance.js';
import { layOutMerge, layOutRefusals, layOutSteps } from '../report/fix.js';
import { layOutRecovered } from '../report/undo.js';
import { layOutWalks } from '../report/walk.js';
import { sameEntry } from '../snapshot/entry.js';
import type { Span } from '../snapshot/select.js';
import { readTouches } from '../snapshot/touch.js';
import type { Entry } from '../snapshot/types.js';
import { askToWrite } from './ask-outside.js';
import type { Output } from './output.js';
import { asTyped, isMeant, type Opened, openScope, pathsOfArguments, readPerson, withRepository } from './scope.js';
import { whileWaiting } from './waiting.js';

/** How a fix goes about it. */
export interface FixWay {
  readonly kind: 'worktree' | 'staged';
  readonly dryRun: boolean;
  /** Delete the other side of what was deleted. */
  readonly followDeletions: boolean;
  /** The side that the named files are taken from. */
  readonly from?: Side;
  /** Merge the two sides; `markers` leaves a conflict in the canonical file, between markers. */
  readonly merge?: 'clean' | 'markers';
  /** Overwrite whatever is on the side that a fix copies to. */
  readonly force?: boolean;
  /** Delete, however many that is. */
  readonly manyMeant?: boolean;
}

export interface FixOptions {
  readonly cwd: string;
  readonly way: FixWay;
  readonly paths: readonly string[];
}

/** 0 if everything in scope is in sync afterwards, 1 if not. */
export function runFix(options: FixOptions, output: Output): Promise<number> {
  return withRepository(options.cwd, async (place) => {
    if (options.way.dryRun) await refuseInterruptedAround(place.repository);
    else output.complain(layOutRecovered(await recoverAround(place.repository)));
    const opened = await whileWaiting(() => openScope(place, { kind: options.way.kind }));
    const paths = await pathsOfArguments(place.repository, options.cwd, options.paths);
    if (options.way.from && paths.length === 0) {
      throw new Fault(
        'usage',
        '--from overrules fix_direction, so it needs the files that it is for.',
        'fix --from b <path>',
      );
    }
    return fixOpened(opened, paths, options.way, options.cwd, output);
  });
}

/** What one component comes to. */
interface Planned {
  readonly component: Component;
  readonly plan: Plan;
  /** Lines in place of those for the plan's steps. */
  readonly instead?: readonly string[];
  /** The plan leaves markers, in the working tree whatever the scope is. */
  readonly markers?: boolean;
}

/** Fixes what is out of sync among these paths. Returns 1 if something is left. */
export async function fixOpened(
  opened: Opened,
  paths: readonly RepoPath[],
  way: FixWay,
  cwd: string,
  output: Output,
): Promise<number> {
  const { place, index, span } = opened;
  const all = await check(index, span);
  const judgements = all.filter(({ pair }) => isMeant(pair, paths));
  if (paths.length > 0 && judgements.length === 0) {
    throw new Fault('usage', sayNotMeant(paths.map(textOf)), 'see the pairs: git dos-sync check --full');
  }
  const findings = judgements.filter(isFinding);
  if (findings.length === 0) {
    output.print([NOTHING_TO_FIX]);
    return 0;
  }
  await requireComparable(place, span, findings, way.kind === 'staged' ? 'index' : 'worktree');
  const components = await readComponents(index, span, (pairs) => judgeWithEmpty(index, span.result, pairs), findings);
  const concerned = new Set(components.flatMap(({ paths: all }) => [...all]));
  const writes = way.kind === 'staged' ? 'index' : 'worktree';
  const touches = await readTouches(place, span.result, [...concerned], writes, writableOutside(span, components));
  const told = await tellProvenance(
    place,
    span,
    components.flatMap((component) => component.judgements),
    { judged: way.kind === 'staged' ? 'index' : 'worktree' },
  );
  output.complain(told.trouble);
  const known = { touches, provenances: told.provenances };
  const wanted: Planned[] = [];
  for (const component of components) wanted.push(await planOne(opened, component, paths, way, known));
  const planned = way.dryRun ? wanted : await askOutside(wanted, output);
  const many = way.dryRun || way.manyMeant ? undefined : tellManyDeletions(planned, all.length);
  if (many !== undefined) {
    output.print([many]);
    return 1;
  }
  if (!way.dryRun) output.print(await apply(opened, way, planned, touches));
  const person = await readPerson(opened, cwd);
  const around = { index, provenances: told.provenances, kind: way.kind, person };
  output.print(planned.flatMap(({ plan, instead }) => instead ?? layOutSteps(plan, way.dryRun)));
  output.print(
    planned.flatMap(({ plan, component }) => layOutRefusals(plan, { ...around, component }, way.from === undefined)),
  );
  if (!way.dryRun) output.print(planned.flatMap(({ plan }) => layOutWalks(plan, touches, person)));
  if (way.dryRun) return 1;
  return (await isInSync(opened, paths, way)) ? 0 : 1;
}

/** What stands outside where a fix may write; the user has agreed to that in general. */
function writableOutside({ result }: Span, components: readonly Component[]): ReadonlyMap<RepoPath, Entry> {
  const standing = components.flatMap((component) => [...contentsOf(component)]);
  return new Map(standing.filter(([path]) => isOutside(path) && result.outside?.placeToWrite(path) !== undefined));
}

/** Leaves out what would be written outside, unless somebody reads the list and says yes. */
async function askOutside(planned: readonly Planned[], output: Output): Promise<readonly Planned[]> {
  const files = planned.flatMap(({ plan }) => plan.steps).filter(({ path }) => isOutside(path));
  if (
    files.length === 0 ||
    (await askToWrite(
      files.map(({ path }) => textOf(path)),
      output,
    )) === 'yes'
  )
    return planned;
  return planned.map((each) => {
    const left = each.plan.steps.filter(({ path }) => isOutside(path));
    const refusals = left.map(({ path, from, entry }) => ({ path, from, reason: 'unasked' as const, wanted: entry }));
    const steps = each.plan.steps.filter((step) => !left.includes(step));
    return { ...each, plan: { steps, refusals: [...each.plan.refusals, ...refusals] } };
  });
}

/** What to say where so much would be deleted that it has to be asked for once more. */
function tellManyDeletions(planned: readonly Planned[], pairs: number): string | undefined {
  const deletions = planned.flatMap(({ plan }) => plan.steps).filter(({ entry }) => entry.kind === 'absent').length;
  return areMany(deletions, pairs) ? sayManyDeletions(deletions, pairs) : undefined;
}

/** Reads everything again: a file can change while it is copied. */
async function isInSync({ place }: Opened, paths: readonly RepoPath[], way: FixWay): Promise<boolean> {
  const { index, span } = await openScope(place, { kind: way.kind });
  const judgements = await check(index, span);
  return !judgements.some((judgement) => isMeant(judgement.pair, paths) && isFinding(judgement));
}

interface Known {
  readonly touches: Touches;
  readonly provenances: Provenances;
}

async function planOne(
  opened: Opened,
  component: Component,
  paths: readonly RepoPath[],
  way: FixWay,
  known: Known,
): Promise<Planned> {
  const { index, place } = opened;
  if (!way.merge) {
    const names = (path: RepoPath) => paths.includes(asTyped(path));
    const asked = {
      ...way,
      names,
      means: (pair: Judgement['pair']) => isMeant(pair, paths),
      force: way.force === true,
    };
    return { component, plan: planComponent(index, component, asked, known) };
  }
  const merge = await readMerge(place, index, component, known.provenances);
  if (!merge)
    return { component, plan: NOTHING, instead: [...component.paths].slice(0, 1).map(textOf).map(sayNothingToMerge) };
  return planMerged(opened, component, merge, way, known);
}

const NOTHING: Plan = { steps: [], refusals: [] };

function planMerged({ index }: Opened, component: Component, merge: Merge, way: FixWay, known: Known): Planned {
  const { touches } = known;
  const guard = historyGuard(component, known.provenances, touches, () => false);
  const plan = planMerge(index, component, merge, { kind: way.kind, touches, guard });
  if (merge.conflicts.length > 0 && way.merge === 'markers') {
    const marked = planMarkers(component, merge, touches);
    return { component, plan: marked, instead: [sayMarked(textOf(merge.root))], markers: true };
  }
  const copied = layOutSteps({ ...plan, steps: plan.steps.filter(({ path }) => path !== merge.root) }, way.dryRun);
  const instead = plan.steps.length > 0 ? [layOutMerge(merge.root, merge.merged, way.dryRun), ...copied] : [];
  return { component, plan, instead };
}

/** Carries everything out. Returns what to say of contents that are nowhere else any more. */
async function apply(
  { place, span }: Opened,
  way: FixWay,
  planned: readonly Planned[],
  touches: Touches,
): Promise<readonly string[]> {
  const allOf = (which: readonly Planned[]) => which.flatMap(({ plan }) => plan.steps);
  const stepsOf = (which: readonly Planned[]) => {
    const all = allOf(which);
    // A chain may lead through a file outside, which holds what is copied only afterwards.
    const inside = all.filter(({ path }) => !isOutside(path));
    return inside.map((step) => (isOutside(step.from) ? { ...step, from: originOf(step, all) } : step));
  };
  const kept = keepReplaced(place, stepsOf(planned), touches);
  const staged = way.kind === 'staged' ? planned.filter(({ markers }) => !markers) : [];
  const inWorktree = planned.filter((each) => !staged.includes(each));
  await carryOver(place, span.result, stepsOf(staged));
  if (staged.length > 0) await applyStaged(place, stepsOf(staged), touches);
  if (inWorktree.length > 0) await applyWorktree(place, span.result, stepsOf(inWorktree), touches);
  const outside = allOf(planned).filter(({ path }) => isOutside(path));
  if (outside.length === 0) return kept;
  if (way.kind === 'worktree') await storeSources(place, span.result, allOf(planned));
  await applyOutside(place, span.result, outside, touches, way.kind === 'staged' ? 'fix --staged' : 'fix');
  return kept;
}

/** Stores the working files that are about to be overwritten and that neither HEAD nor the index has. */
function keepReplaced({ repository }: Workplace, steps: readonly Step[], touches: Touches): string[] {
  const replaced = steps.flatMap(({ path, entry }) => {
    const touch = touches.get(path);
    // A submodule has a store of its own, and the backup of the fix.
    if (touch?.inside) return [];
    if (touch?.worktree.kind !== 'file' || sameEntry(touch.worktree, entry)) return [];
    const { oid } = touch.worktree;
    const elsewhere = [touch.index, touch.head].some((other) => other.kind === 'file' && other.oid === oid);
    return elsewhere ? [] : [{ path, expected: oid }];
  });
  writeBlobs(repository.git, replaced);
  return replaced.map(({ path, expected }) => sayReplaced(textOf(path), expected));
}
