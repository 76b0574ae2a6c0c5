// What a hook does with a commit out of sync: reports it, offers the fix at a terminal, and passes
// what is fixed.

import { basename, dirname, join } from 'node:path';
import { resolveInTool } from '../src/ask/merge-tool.js';
import { type Decision, decide } from '../src/ask/offer.js';
import { hasTerminal } from '../src/ask/terminal.js';
import { applyStaged, applyWorktree } from '../src/fix/apply.js';
import { carryOver } from '../src/fix/carry-over.js';
import { readKnown, recordMarkers } from '../src/fix/known-contents.js';
import { recover, refuseInterrupted } from '../src/fix/recover.js';
import type { Person } from '../src/format/person.js';
import { formatRecovered } from '../src/format/undo.js';
import { readChoice } from '../src/git/config.js';
import { sameEntry } from '../src/git/entry.js';
import { readInvocation } from '../src/git/invocation.js';
import { readMergedCommits } from '../src/git/merge-heads.js';
import { textOf } from '../src/git/path.js';
import type { Repository } from '../src/git/repository.js';
import type { Workplace } from '../src/git/workplace.js';
import type { Checked } from '../src/judge/staged.js';
import {
  NOTHING_LEFT,
  NOTHING_WRITTEN,
  sayBlocked,
  sayIfAborted,
  sayMarkersWritten,
  sayMergeFixed,
  sayReplaced,
  sayStaged,
  sayStillOutOfSync,
} from '../src/messages/hook.js';
import { sayResolved } from '../src/messages/merge-tool.js';
import { isManifestStaged, readKeepStep, readManifestStatus } from '../src/resolve/accept.js';
import { type Finding, fixOf } from '../src/resolve/findings.js';
import { edgesOf } from '../src/resolve/plan.js';
import { type Findings, readFindings, requireComparable } from '../src/resolve/read-findings.js';
import type { PathStatuses, Step } from '../src/resolve/types.js';
import { leavesMarkers } from '../src/resolve/ways.js';
import { readStaged } from '../src/snapshot/staged.js';
import { applyMend, isPartialCommit, readMend } from './partial-commit.js';
import { formatPrinted } from './printed.js';

/** The hook that asks, and its output. */
export interface CommitInput {
  readonly cwd: string;
  readonly what: 'commit' | 'merge';
  readonly environment: NodeJS.ProcessEnv;
  /** Takes complete lines for stderr. */
  readonly say: (lines: readonly string[]) => void;
  /** False if there must be no prompt, even with a terminal. */
  readonly offers?: false;
}

/** How the hook continues. */
interface Next {
  /** Starts again, because what was read has changed. */
  readonly again: () => Promise<0 | 1>;
  /** Reads the index again. */
  readonly isInSync: () => Promise<boolean>;
}

/** What is out of sync, and the hook that reports it. */
interface Blocked {
  readonly input: CommitInput;
  readonly place: Workplace;
  readonly checked: Checked;
  readonly found: Findings;
  readonly person: Person;
}

/** Confirmed steps, and the way to carry them out. */
interface Work {
  readonly steps: readonly Step[];
  /** Merges with conflicts, for which the user asked for markers; they stop the commit. */
  readonly marks: readonly Finding[];
  /** The repository with the index that remains after the commit. */
  readonly repository: Repository;
  readonly apply: () => Promise<void>;
}

/**
 * The exit code: 1, unless a fix has brought everything into sync. @throws Fault as
 * {@link checkCommit}.
 */
export async function block(input: CommitInput, place: Workplace, checked: Checked, next: Next): Promise<0 | 1> {
  await requireComparable(place, checked.change, checked.verdicts, 'index');
  const { environment } = input;
  const known = readKnown(place.repository);
  const reading = { writes: 'index', inHook: true, known, environment } as const;
  const found = await readFindings(place, checked, checked.verdicts, reading);
  const program = await readInvocation(place.repository.git);
  const person = { program, directory: environment['GIT_PREFIX'] ?? '' };
  input.say(found.trouble);
  input.say([sayBlocked(found.findings.length, input.what)]);
  const blocked = { input, place, checked, found, person };
  const work = isPartialCommit(environment) ? await planPartial(blocked) : await plan(blocked);
  if (!work || work.steps.length + work.marks.length === 0) {
    refuseInterrupted(place.repository);
    return 1;
  }
  const recovered = recover(work.repository);
  if (recovered) {
    // The plan was based on the interrupted state, so everything is read and asked again.
    input.say(formatRecovered([recovered]));
    return next.again();
  }
  await carryOver(place, checked.change.after, work.steps);
  if (work.steps.length > 0) await work.apply();
  if (work.marks.length > 0) return writeMarkers(blocked, work.marks);
  const staged = work.steps.map((step) => textOf(step.path));
  return afterFix(blocked, staged, next);
}

async function plan(blocked: Blocked): Promise<Work> {
  const { input, place, checked, found } = blocked;
  const manifest = await readManifestStatus(place, checked.change.after);
  const statuses = new Map([...found.statuses, ...manifest]);
  const decision = await decideWith(blocked, isManifestStaged(manifest));
  const kept =
    decision && decision.kept.length > 0
      ? [await readKeepStep(place, manifest, decision.kept, checked.change.after)]
      : [];
  const steps = [...(decision?.steps ?? []), ...kept];
  const apply = async () => {
    await applyStaged(place, steps, statuses, `git ${input.what}`);
    input.say(steps.flatMap((step) => formatReplaced(step, statuses)));
  };
  return { steps, marks: decision?.marks ?? [], repository: place.repository, apply };
}

/**
 * A fix in only the commit's index would show as a staged revert afterwards: no offer, unless both
 * indexes can be fixed.
 */
async function planPartial(blocked: Blocked): Promise<Work | undefined> {
  const { input, place, checked } = blocked;
  const policy = await readChoice(place.repository.git, 'fix');
  const asks = policy === 'prompt' && input.offers !== false && hasTerminal();
  const mend = policy === 'never' ? undefined : await readMend(place, checked, input.environment);
  // safeguard partial-commits (R5): a partial commit gets no offer (e2e/commit-forms: commit --)
  if (!mend) {
    const manifest = await readManifestStatus(place, checked.change.after);
    input.say(await formatBlocked(blocked, isManifestStaged(manifest)));
    return undefined;
  }
  const decision = asks ? await decide(mend.staying, mend.found, input.say, false) : undefined;
  const steps = asks ? (decision?.steps ?? []) : mend.found.findings.flatMap((each) => fixOf(each).steps);
  if (steps.length === 0) input.say([NOTHING_WRITTEN]);
  return { steps, marks: [], repository: mend.staying.repository, apply: () => applyMend(place, mend, steps) };
}

/** The steps to carry out; undefined if there are none. */
async function decideWith(blocked: Blocked, accepts: boolean): Promise<Decision | undefined> {
  const { input, place, found } = blocked;
  const policy = await readChoice(place.repository.git, 'fix');
  if (policy === 'prompt' && input.offers !== false && hasTerminal()) {
    const decision = await decide(place, found, input.say, accepts);
    if (!decision) input.say([NOTHING_WRITTEN]);
    return decision;
  }
  input.say(await formatBlocked(blocked, accepts));
  if (policy !== 'always') return undefined;
  // A rename deletes a file, so it needs a request.
  const plain = found.findings.filter(({ kind }) => kind !== 'renamed');
  return { steps: plain.flatMap((each) => fixOf(each).steps), kept: [], marks: [] };
}

function formatBlocked(
  { input, place, checked, found, person }: Blocked,
  accepts: boolean,
): Promise<readonly string[]> {
  const { environment } = input;
  const index = isLockedIndex(environment) ? join(dirname(environment['GIT_INDEX_FILE'] ?? ''), 'index') : undefined;
  const state = isPartialCommit(environment) ? 'partial' : index === undefined ? 'staged' : 'rolled-back';
  return formatPrinted(place, checked, found, { state, index, person, accepts, environment });
}

/** Writes the conflicts into the working files of the sources, for the user to resolve. */
async function writeMarkers({ input, place, checked, found }: Blocked, findings: readonly Finding[]): Promise<1> {
  const ways = findings.flatMap(({ group, ways }) => {
    const way = ways.find(leavesMarkers);
    return way?.merge ? [{ group, plan: way.plan, merge: way.merge }] : [];
  });
  const steps = ways.flatMap(({ plan }) => plan.steps);
  await applyWorktree(place, checked.change.after, steps, found.statuses, `git ${input.what}`);
  for (const { group, merge } of ways) {
    const edges = edgesOf(group.component);
    recordMarkers(place.repository, edges, merge, found.statuses);
  }
  const merges = ways.map(({ merge }) => merge);
  const resolved = await resolveInTool(place, checked.change.after, merges, input.say);
  const sayNext = ({ path }: Step) => {
    const result = resolved.get(path);
    return result ? sayResolved(textOf(path), result) : sayMarkersWritten(textOf(path));
  };
  input.say(steps.map(sayNext));
  return 1;
}

/** Names the blob of a staged content that the user replaced; git's store keeps it. */
function formatReplaced({ path, before }: Step, statuses: PathStatuses): string[] {
  const status = statuses.get(path);
  if (!status || before.kind !== 'file' || sameEntry(status.index, status.head)) return [];
  return [sayReplaced(textOf(path), before.oid)];
}

/** Reads the index again: only a clean check passes the commit. */
async function afterFix(
  { input, place: { repository }, person }: Blocked,
  staged: readonly string[],
  { isInSync }: Next,
): Promise<0 | 1> {
  input.say([sayStaged(staged)]);
  if (!(await isInSync())) {
    // Where git restores the index, only the working tree keeps what was fixed.
    const scope = isLockedIndex(input.environment) ? '' : ' --staged';
    input.say([sayStillOutOfSync(`${person.program} check${scope}`)]);
    return 1;
  }
  // git has written a clean merge's tree before this hook runs, so this merge cannot contain the
  // fix.
  if (input.what === 'merge') {
    input.say([sayMergeFixed()]);
    return 1;
  }
  const { changes } = await readStaged(repository);
  if (changes.size === 0 && readMergedCommits(repository.gitDir, {}).length === 0) {
    input.say([NOTHING_LEFT]);
    return 1;
  }
  // safeguard said-if-aborted (R6): what stays after an abort is told (e2e/prompt-forms: a commit)
  input.say([sayIfAborted(isLockedIndex(input.environment))]);
  return 0;
}

/** True if git restores the index when the commit is aborted. */
function isLockedIndex(environment: NodeJS.ProcessEnv): boolean {
  return basename(environment['GIT_INDEX_FILE'] ?? '') === 'index.lock' || isPartialCommit(environment);
}
