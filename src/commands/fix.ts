// `fix`: brings pairs into sync, and leaves alone, by name, what that would destroy.

import { check, judgeWithEmpty } from '../check.js';
import { deletedSide, type Plan, planDelete, planFix, planTake, type Touches } from '../decide/plan.js';
import { type Component, readComponents } from '../drift/component.js';
import { isFinding, type Judgement } from '../drift/types.js';
import { applyStaged, applyWorktree } from '../fix/apply.js';
import { recover, refuseInterrupted } from '../fix/recover.js';
import { type RepoPath, textOf } from '../git/path.js';
import { NOTHING_TO_FIX, sayCopied, sayDeleted, sayNotMeant, sayRefused } from '../messages/check.js';
import { Fault } from '../messages/fault.js';
import type { Side } from '../pairs/types.js';
import { type Person, wordFor } from '../report/cases.js';
import { layOutRecovered } from '../report/undo.js';
import { readTouches } from '../snapshot/touch.js';
import type { Output } from './output.js';
import { asTyped, isMeant, type Opened, openScope, pathsOfArguments, readPerson, withRepository } from './scope.js';

/** How a fix goes about it. */
export interface FixWay {
  readonly kind: 'worktree' | 'staged';
  readonly dryRun: boolean;
  /** Delete the other side of what was deleted. */
  readonly followDeletions: boolean;
  /** The side that the named files are taken from. */
  readonly from?: Side;
}

export interface FixOptions {
  readonly cwd: string;
  readonly way: FixWay;
  readonly paths: readonly string[];
}

/** 0 if everything in scope is in sync afterwards, 1 if not. */
export function runFix(options: FixOptions, output: Output): Promise<number> {
  return withRepository(options.cwd, async (place) => {
    if (options.way.dryRun) refuseInterrupted(place.repository);
    else output.complain(layOutRecovered(recover(place.repository)));
    const opened = await openScope(place, { kind: options.way.kind });
    const paths = pathsOfArguments(place.repository.top, options.cwd, options.paths);
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

/** Fixes what is out of sync among these paths. Returns 1 if something is left. */
export async function fixOpened(
  opened: Opened,
  paths: readonly RepoPath[],
  way: FixWay,
  cwd: string,
  output: Output,
): Promise<number> {
  const { place, index, span } = opened;
  const judgements = (await check(index, span)).filter(({ pair }) => isMeant(pair, paths));
  if (paths.length > 0 && judgements.length === 0) {
    throw new Fault('usage', sayNotMeant(paths.map(textOf)), 'see the pairs: git dos-sync check --full');
  }
  const findings = judgements.filter(isFinding);
  if (findings.length === 0) {
    output.print([NOTHING_TO_FIX]);
    return 0;
  }
  const components = await readComponents(index, span, (pairs) => judgeWithEmpty(index, span.result, pairs), findings);
  const touches = await readTouches(place.repository, place.objects, [
    ...new Set(components.flatMap(({ paths: all }) => [...all])),
  ]);
  const plans = components.map((component) => planComponent(opened, component, paths, way, touches));
  const steps = plans.flatMap((plan) => plan.steps);
  if (!way.dryRun && way.kind === 'staged') await applyStaged(place, steps, touches);
  if (!way.dryRun && way.kind === 'worktree') await applyWorktree(place, steps, touches);
  output.print(plans.flatMap((plan) => layOutPlan(plan, way.dryRun)));
  const person = await readPerson(opened, cwd);
  output.print(plans.flatMap((plan, at) => layOutWaysOut(plan, components[at], opened, way, person)));
  if (way.dryRun) return 1;
  return (await isInSync(opened, paths, way)) ? 0 : 1;
}

/** Reads everything again: a file can change while it is copied. */
async function isInSync({ place }: Opened, paths: readonly RepoPath[], way: FixWay): Promise<boolean> {
  const { index, span } = await openScope(place, { kind: way.kind });
  const judgements = await check(index, span);
  return !judgements.some((judgement) => isMeant(judgement.pair, paths) && isFinding(judgement));
}

function planComponent(
  { index }: Opened,
  component: Component,
  paths: readonly RepoPath[],
  way: FixWay,
  touches: Touches,
): Plan {
  const findings = component.judgements.filter(isFinding);
  if (way.from) return planTake(index, component, takenPath(findings, paths, way.from), touches);
  const deleted = findings.map((finding) => deletedSide(finding, touches)).find((path) => path !== undefined);
  if (deleted === undefined) return planFix(index, component, touches);
  if (way.followDeletions) return planDelete(component, deleted, touches);
  const copies = findings.flatMap(({ pair }) => [pair.a, pair.b].filter((path) => path !== null && path !== deleted));
  const refusals = copies.map((path) => ({ path: path as RepoPath, from: deleted, reason: 'no-source' as const }));
  return { steps: [], refusals };
}

/** The named file itself where it is that side of a finding, else its partner on that side. */
function takenPath(findings: readonly Judgement[], paths: readonly RepoPath[], side: Side): RepoPath {
  const named = findings.filter(({ pair }) => isMeant(pair, paths));
  const own = named.map(({ pair }) => pair[side]).filter((path) => path !== null);
  const candidates = new Set(own.filter((path) => paths.includes(asTyped(path))));
  const [taken, ...others] = candidates.size > 0 ? candidates : new Set(own);
  if (taken !== undefined && others.length === 0) return taken;
  const names = own.map(textOf).join(', ');
  throw new Fault(
    'usage',
    `--from ${side} needs one file to take, not ${names || 'none'}.`,
    `fix --from ${side} <that file>`,
  );
}

/** For each file that was left alone: the command that says what a person may have meant. */
function layOutWaysOut(
  { refusals }: Plan,
  component: Component | undefined,
  { index }: Opened,
  { kind, from }: FixWay,
  person: Person,
): string[] {
  const flags = kind === 'staged' ? ['--staged'] : [];
  const copySide = index.fixDirection === 'live_to_submodule' ? 'b' : 'a';
  const isCopy = (path: RepoPath) => component?.judgements.some(({ pair }) => pair[copySide] === path);
  const ways = refusals.flatMap(({ path, from: source, reason }) => {
    if (from || reason === 'obstacle' || !isCopy(path)) return [];
    if (reason === 'edited') return [[...flags, '--from', copySide, wordFor(person)(path)]];
    return [[...flags, '--delete', wordFor(person)(source)]];
  });
  const commands = new Set(ways.map((words) => [person.program, 'fix', ...words].join(' ')));
  return [...commands].map((command) => `  ${command}`);
}

function layOutPlan({ steps, refusals }: Plan, dry: boolean): string[] {
  const done = steps.map(({ path, from, entry }) =>
    entry.kind === 'absent' ? sayDeleted(textOf(path), dry) : sayCopied(textOf(path), textOf(from), dry),
  );
  return [...done, ...refusals.map(({ path, from, reason }) => sayRefused(textOf(path), reason, textOf(from)))];
}
