// What a hook does with the staged check: say what is wrong, offer the fix where somebody can answer, and decide the exit code.

import { basename } from 'node:path';
import { isManifestStaged, readKeepStep, readManifestTouch } from './accept.js';
import { checkStaged, readMergedCommits, type StagedCheck } from './check-staged.js';
import type { Case } from './decide/cases.js';
import { provenSteps, type Step, type Touches } from './decide/plan.js';
import { hasTerminal } from './decide/terminal.js';
import { isFinding } from './drift/types.js';
import { applyStaged, type Workplace } from './fix/apply.js';
import { carryOver } from './fix/carry-over.js';
import { recover, refuseInterrupted } from './fix/recover.js';
import { readInvocation } from './git/invocation.js';
import { ObjectReader } from './git/objects.js';
import { pathFromText, textOf } from './git/path.js';
import { openRepository, readConfig } from './git/repository.js';
import { canBeSubmodule } from './git/superproject.js';
import { leaveForNext } from './leave.js';
import { MANIFEST_NAME } from './manifest/types.js';
import { Fault } from './messages/fault.js';
import {
  NOT_IN_FORCE,
  NOTHING_WRITTEN,
  STILL_OUT_OF_SYNC,
  sayBlocked,
  sayIfAborted,
  sayInherited,
  sayMergeFixed,
  sayReplaced,
  sayStaged,
  WHY_NO_OFFER,
} from './messages/hook.js';
import { type Decision, decide } from './offer.js';
import { applyMend, isPartialCommit, readMend } from './partial-commit.js';
import { type Cases, readCases, requireComparable } from './read-cases.js';
import { layOutCase, layOutCases, layOutPartial } from './report/cases.js';
import type { Person } from './report/person.js';
import { layOutUnchecked } from './report/unchecked.js';
import { layOutRecovered } from './report/undo.js';
import { sameEntry } from './snapshot/entry.js';

/** Which hook asks, and how it reports. */
export interface GateInput {
  readonly cwd: string;
  readonly what: 'commit' | 'merge';
  readonly environment: NodeJS.ProcessEnv;
  /** Takes whole lines for stderr. */
  readonly say: (lines: readonly string[]) => void;
  /** False where nobody can be asked, whatever terminal there is. */
  readonly offers?: false;
}

type Checked = Extract<StagedCheck, { kind: 'checked' }>;

/** The exit code of the hook: 0 lets the commit through, 1 blocks it. @throws Fault (exit code 2) if it could not check. */
export async function gate(input: GateInput): Promise<0 | 1> {
  const repository = await openRepository(input.cwd);
  const objects = new ObjectReader(repository.git);
  const place = { repository, objects };
  try {
    const code = await gateOwn(input, place);
    if (code !== 0 || !canBeSubmodule(repository)) return code;
    const { gateSuperproject } = await import('./gate-superproject.js');
    return await gateSuperproject(input, place);
  } finally {
    await objects.close();
  }
}

async function leaveForNextOf({ index, manifest, span }: Checked, { repository }: Workplace): Promise<void> {
  // In a submodule the rules of the superproject count too, and they are not in our manifest.
  if (canBeSubmodule(repository)) return;
  const blob = await span.result.readEntry(pathFromText(MANIFEST_NAME));
  if (blob.kind === 'file') leaveForNext(repository.gitDir, blob.oid, manifest, index.rules);
}

/** By the manifest of the repository that the commit is made in. */
async function gateOwn(input: GateInput, place: Workplace): Promise<0 | 1> {
  const checked = await checkNow(input, place);
  if (isClean(checked)) refuseInterrupted(place.repository);
  if (checked.kind === 'undeclared') {
    if (checked.inWorktree) input.say([NOT_IN_FORCE]);
    return 0;
  }
  await leaveForNextOf(checked, place);
  input.say(layOutUnchecked(checked.judgements));
  if (checked.inherited.length > 0) input.say([sayInherited(checked.inherited.length)]);
  return isClean(checked) ? 0 : block(input, place, checked);
}

function checkNow(input: GateInput, { repository, objects }: Workplace): Promise<StagedCheck> {
  // GITHEAD_* are left in the environment of whatever git merge runs; they mean parents in its own hook alone.
  const merged = readMergedCommits(repository.gitDir, input.what === 'merge' ? input.environment : {});
  return checkStaged(repository, objects, { merged });
}

function isClean(check: StagedCheck): boolean {
  return check.kind === 'undeclared' || !check.judgements.some(isFinding);
}

async function block(input: GateInput, place: Workplace, checked: Checked): Promise<0 | 1> {
  const asking = { asks: 'hook', writes: 'index' } as const;
  await requireComparable(place, checked.span, checked.judgements, 'index');
  const found = await readCases(place, checked.index, checked.span, checked.judgements, asking);
  const program = await readInvocation(place.repository.git);
  const person = { program, directory: input.environment['GIT_PREFIX'] ?? '' };
  input.say(found.trouble);
  input.say([sayBlocked(found.cases.length, input.what)]);
  if (isPartialCommit(input.environment)) return blockPartial(input, place, checked, found, person);
  const manifest = await readManifestTouch(place, checked.span.result);
  const touches = new Map([...found.touches, ...manifest]);
  const decision = await decideWith(input, place, found, person, isManifestStaged(manifest));
  const kept = decision && decision.kept.length > 0 ? [await readKeepStep(place, manifest, decision.kept)] : [];
  const plan = [...(decision?.steps ?? []), ...kept];
  if (plan.length === 0) {
    refuseInterrupted(place.repository);
    return 1;
  }
  const recovered = recover(place.repository);
  if (recovered) {
    // The plan was made from what the interruption had left, so that all is read and asked again.
    input.say(layOutRecovered([recovered]));
    return gate(input);
  }
  await carryOver(place, checked.span.result, plan);
  await applyStaged(place, plan, touches, `git ${input.what}`);
  input.say(plan.flatMap((step) => layOutReplaced(step, touches)));
  return afterFix(
    input,
    place,
    plan.map((step) => textOf(step.path)),
  );
}

/** A fix in the index at hand alone would show as a staged revert afterwards: no offer, unless both can be mended. */
async function blockPartial(
  input: GateInput,
  place: Workplace,
  checked: Checked,
  found: Cases,
  person: Person,
): Promise<0 | 1> {
  const policy = await readPolicy(place);
  const asks = policy === 'prompt' && input.offers !== false && hasTerminal();
  const mend = policy === 'never' ? undefined : await readMend(place, checked, input.environment, asks);
  if (!mend) {
    refuseInterrupted(place.repository);
    input.say(found.cases.flatMap(layOutCase));
    input.say([WHY_NO_OFFER, ...found.cases.flatMap((each) => layOutPartial(each, person))]);
    return 1;
  }
  const decision = asks ? await decide(mend.staying, mend.found, input.say, false) : undefined;
  const steps = asks ? decision?.steps : fixOf(mend.found.cases);
  if (!steps || steps.length === 0) {
    refuseInterrupted(place.repository);
    input.say([NOTHING_WRITTEN]);
    return 1;
  }
  const recovered = recover(mend.staying.repository);
  if (recovered) {
    input.say(layOutRecovered([recovered]));
    return gate(input);
  }
  if (!asks) input.say(mend.found.cases.flatMap(layOutCase));
  await carryOver(place, checked.span.result, steps);
  await applyMend(place, mend, steps);
  return afterFix(
    input,
    place,
    steps.map((step) => textOf(step.path)),
  );
}

/** The steps to carry out; undefined if nothing is to be done. */
async function decideWith(
  input: GateInput,
  place: Workplace,
  found: Cases,
  person: Person,
  accepts: boolean,
): Promise<Decision | undefined> {
  const policy = await readPolicy(place);
  if (policy === 'prompt' && input.offers !== false && hasTerminal()) {
    const decision = await decide(place, found, input.say, accepts);
    if (!decision) input.say([NOTHING_WRITTEN]);
    return decision;
  }
  const scope = isLockedIndex(input.environment) ? 'rolled-back' : 'staged';
  input.say(layOutCases(found.cases, person, scope));
  if (policy !== 'always') return undefined;
  return { steps: fixOf(found.cases), kept: [] };
}

/** What is done without asking. */
function fixOf(cases: readonly Case[]): readonly Step[] {
  return cases.flatMap((each) => (each.kind !== 'renamed' && each.fix ? provenSteps(each.fix, each.safe) : []));
}

/** What a person staged and then chose against stays in git's store; this is its name there. */
function layOutReplaced({ path, before }: Step, touches: Touches): string[] {
  const touch = touches.get(path);
  if (!touch || before.kind !== 'file' || sameEntry(touch.index, touch.head)) return [];
  return [sayReplaced(textOf(path), before.oid)];
}

async function readPolicy({ repository }: Workplace): Promise<'prompt' | 'never' | 'always'> {
  const policy = (await readConfig(repository.git, 'dosSync.fix')) ?? 'prompt';
  if (policy === 'prompt' || policy === 'never' || policy === 'always') return policy;
  throw new Fault('usage', `dosSync.fix is ${policy}.`, 'git config dosSync.fix prompt   (or never, or always)');
}

/** Reads the index again: only a clean check lets the commit through. */
async function afterFix(input: GateInput, place: Workplace, staged: readonly string[]): Promise<0 | 1> {
  input.say([sayStaged(staged)]);
  if (!isClean(await checkNow(input, place))) {
    input.say([STILL_OUT_OF_SYNC]);
    return 1;
  }
  // git has written a clean merge's tree before this hook runs, so that this merge cannot hold the fix.
  input.say([input.what === 'merge' ? sayMergeFixed() : sayIfAborted(isLockedIndex(input.environment))]);
  return input.what === 'merge' ? 1 : 0;
}

/** The index goes back when the commit is given up. */
function isLockedIndex(environment: NodeJS.ProcessEnv): boolean {
  return basename(environment['GIT_INDEX_FILE'] ?? '') === 'index.lock' || isPartialCommit(environment);
}
