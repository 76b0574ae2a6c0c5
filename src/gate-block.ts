// What a hook does with a commit out of sync: tell it, offer the fix where somebody can answer, and let through what is mended.

import { basename } from 'node:path';
import { isManifestStaged, readKeepStep, readManifestTouch } from './accept.js';
import type { Checked } from './check-staged.js';
import type { Case } from './decide/cases.js';
import { provenSteps, type Step, type Touches } from './decide/plan.js';
import { hasTerminal } from './decide/terminal.js';
import { applyStaged, type Workplace } from './fix/apply.js';
import { carryOver } from './fix/carry-over.js';
import { recover, refuseInterrupted } from './fix/recover.js';
import { readInvocation } from './git/invocation.js';
import { textOf } from './git/path.js';
import { type Repository, readConfig } from './git/repository.js';
import { Fault } from './messages/fault.js';
import {
  NOTHING_WRITTEN,
  STILL_OUT_OF_SYNC,
  sayBlocked,
  sayIfAborted,
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

/** How the hook goes on. */
interface Next {
  /** From the start, where what was read is not so any more. */
  readonly again: () => Promise<0 | 1>;
  /** Reads the index once more. */
  readonly isInSync: () => Promise<boolean>;
}

/** What is out of sync, and who is told. */
interface Blocked {
  readonly input: GateInput;
  readonly place: Workplace;
  readonly checked: Checked;
  readonly found: Cases;
  readonly person: Person;
}

/** Steps that somebody agreed to, and how they are carried out. */
interface Work {
  readonly steps: readonly Step[];
  /** The repository with the index that stays. */
  readonly repository: Repository;
  readonly apply: () => Promise<void>;
}

/** The exit code: 1, unless a fix has brought everything into sync. @throws Fault as the gate. */
export async function block(input: GateInput, place: Workplace, checked: Checked, next: Next): Promise<0 | 1> {
  const asking = { asks: 'hook', writes: 'index' } as const;
  await requireComparable(place, checked.span, checked.judgements, 'index');
  const found = await readCases(place, checked.index, checked.span, checked.judgements, asking);
  const program = await readInvocation(place.repository.git);
  const person = { program, directory: input.environment['GIT_PREFIX'] ?? '' };
  input.say(found.trouble);
  input.say([sayBlocked(found.cases.length, input.what)]);
  const blocked = { input, place, checked, found, person };
  const work = isPartialCommit(input.environment) ? await planPartial(blocked) : await plan(blocked);
  if (!work || work.steps.length === 0) {
    refuseInterrupted(place.repository);
    return 1;
  }
  const recovered = recover(work.repository);
  if (recovered) {
    // The plan was made from what the interruption had left, so that all is read and asked again.
    input.say(layOutRecovered([recovered]));
    return next.again();
  }
  await carryOver(place, checked.span.result, work.steps);
  await work.apply();
  const staged = work.steps.map((step) => textOf(step.path));
  return afterFix(input, staged, next);
}

async function plan(blocked: Blocked): Promise<Work> {
  const { input, place, checked, found } = blocked;
  const manifest = await readManifestTouch(place, checked.span.result);
  const touches = new Map([...found.touches, ...manifest]);
  const decision = await decideWith(blocked, isManifestStaged(manifest));
  const kept = decision && decision.kept.length > 0 ? [await readKeepStep(place, manifest, decision.kept)] : [];
  const steps = [...(decision?.steps ?? []), ...kept];
  const apply = async () => {
    await applyStaged(place, steps, touches, `git ${input.what}`);
    input.say(steps.flatMap((step) => layOutReplaced(step, touches)));
  };
  return { steps, repository: place.repository, apply };
}

/** A fix in the index at hand alone would show as a staged revert afterwards: no offer, unless both can be mended. */
async function planPartial({ input, place, checked, found, person }: Blocked): Promise<Work | undefined> {
  const policy = await readPolicy(place);
  const asks = policy === 'prompt' && input.offers !== false && hasTerminal();
  const mend = policy === 'never' ? undefined : await readMend(place, checked, input.environment, asks);
  if (!mend) {
    input.say(found.cases.flatMap(layOutCase));
    input.say([WHY_NO_OFFER, ...found.cases.flatMap((each) => layOutPartial(each, person))]);
    return undefined;
  }
  if (!asks) input.say(mend.found.cases.flatMap(layOutCase));
  const decision = asks ? await decide(mend.staying, mend.found, input.say, false) : undefined;
  const steps = asks ? (decision?.steps ?? []) : fixOf(mend.found.cases);
  if (steps.length === 0) input.say([NOTHING_WRITTEN]);
  return { steps, repository: mend.staying.repository, apply: () => applyMend(place, mend, steps) };
}

/** The steps to carry out; undefined if nothing is to be done. */
async function decideWith({ input, place, found, person }: Blocked, accepts: boolean): Promise<Decision | undefined> {
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
async function afterFix(input: GateInput, staged: readonly string[], { isInSync }: Next): Promise<0 | 1> {
  input.say([sayStaged(staged)]);
  if (!(await isInSync())) {
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
