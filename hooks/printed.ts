// The commands that a blocked commit prints: each does what its line says in the state that git
// leaves.

import { formatFindings, separate } from '../src/format/findings.js';
import { type Person, wordFor } from '../src/format/person.js';
import type { CommandSetting } from '../src/format/ways.js';
import { sameEntry } from '../src/git/entry.js';
import type { RepoPath } from '../src/git/path.js';
import { type Workplace, withIndex } from '../src/git/workplace.js';
import type { Checked } from '../src/judge/staged.js';
import { isOutOfSync, type Verdict } from '../src/judge/types.js';
import { MANIFEST_PATH } from '../src/manifest/types.js';
import { WHY_NO_OFFER } from '../src/messages/hook.js';
import { type Finding, fixOf } from '../src/resolve/findings.js';
import type { Findings } from '../src/resolve/read-findings.js';
import { buildSubmoduleStepsAfter } from '../src/resolve/submodule-steps.js';
import { isLossless, openAfter, type Way } from '../src/resolve/ways.js';
import { identityOf, pathsOf } from '../src/rules/identity.js';
import { readStaged } from '../src/snapshot/staged.js';
import { readInWorktree } from './in-worktree.js';

export interface Printing {
  /**
   * `rolled-back`: the index of commit -a, -i and -p, which git restores when the commit is
   * blocked.
   */
  readonly state: 'staged' | 'rolled-back' | 'partial';
  /** The index that remains, if another one is judged. */
  readonly index: string | undefined;
  readonly person: Person;
  /** True if an exception can be written and staged. */
  readonly accepts: boolean;
  readonly environment: NodeJS.ProcessEnv;
}

/** Every finding with its commands. */
export async function formatPrinted(
  place: Workplace,
  checked: Checked,
  found: Findings,
  printing: Printing,
): Promise<readonly string[]> {
  const { person, state, accepts } = printing;
  const picked = (each: Finding) => each.staged.filter((path) => each.edited.includes(path));
  if (state === 'staged') return formatStaged(place, checked, found, printing);
  const hunks = state === 'rolled-back' ? found.findings.filter((each) => picked(each).length > 0) : [];
  // A hunk-wise selection must not become the whole file.
  const before = (each: Finding) => `git add -p ${picked(each).map(wordFor(person)).join(' ')} && `;
  const lines = formatFindings(hunks, person, { writes: 'index', accepts, before });
  const rest = found.findings.filter((each) => !hunks.includes(each));
  const { findings: read, statuses, carrying } = await readAgain(place, checked, rest, printing);
  const inWorktree = state === 'partial' ? read.map(withoutLoneExceptions) : read;
  const after = state === 'partial' ? await commitAgain(place, person, { statuses, carrying }, inWorktree) : undefined;
  const stage = (each: Finding, gitlink: RepoPath) => {
    const beside = pathsOfFinding(each).filter((path) => !statuses.get(path)?.inside);
    return `git commit -- ${[...beside, gitlink].map(wordFor(person)).join(' ')}`;
  };
  const setting: CommandSetting = { writes: 'worktree', accepts, ...(after && { after, stage }) };
  const why = state === 'partial' ? [WHY_NO_OFFER] : [];
  return [...why, ...separate([lines, formatFindings(inWorktree, person, setting)])];
}

/** If unstaged edits block every way in the index, the working tree still has one. */
async function formatStaged(
  place: Workplace,
  checked: Checked,
  { findings }: Findings,
  printing: Printing,
): Promise<readonly string[]> {
  const { person, accepts } = printing;
  const stuck = findings.filter(
    (each) => each.edited.length > 0 && each.submoduleSteps.length === 0 && !each.ways.some(writesSafely),
  );
  const lines = formatFindings(
    findings.filter((each) => !stuck.includes(each)),
    person,
    { writes: 'index', accepts },
  );
  if (stuck.length === 0) return lines;
  const { findings: inWorktree } = await readAgain(place, checked, stuck, printing);
  const after = (_: Finding, way: Way) => ` && git add ${pathsOfWay(way).map(wordFor(person)).join(' ')}`;
  return separate([lines, formatFindings(inWorktree, person, { writes: 'worktree', accepts: false, after })]);
}

function writesSafely(way: Way): boolean {
  return way.plan.steps.length > 0 && isLossless(way);
}

function pathsOfWay({ plan, names }: Way): readonly RepoPath[] {
  const written = plan.steps.flatMap(({ path, from }) => [from, path]);
  return [...new Set(written.length > 0 ? written : names)];
}

/** The same findings in the working tree, on the remaining index. */
async function readAgain(
  place: Workplace,
  { rules, change }: Checked,
  findings: readonly Finding[],
  { index, environment }: Printing,
): Promise<Omit<Findings, 'trouble'>> {
  const staying = index === undefined ? place : withIndex(place, index);
  const pairs = findings.flatMap(({ verdicts }) => verdicts.map(({ pair }) => pair));
  const input = { rules, before: change.before, outside: change.after.outside, environment };
  const { findings: now, statuses, carrying, verdicts } = await readInWorktree(staying, input, pairs);
  const open = new Set(verdicts.filter(isOutOfSync).map(({ pair }) => identityOf(pair)));
  const fixed = findings.filter((each) => !each.verdicts.some(({ pair }) => open.has(identityOf(pair))));
  const walking = now.map((each) => ({ ...each, submoduleSteps: buildSubmoduleStepsAfter(fixOf(each), statuses) }));
  return { findings: [...walking, ...fixed.map(asStaging)], statuses, carrying };
}

/** The working tree already has the fix, which only needs staging. */
function asStaging(each: Finding): Finding {
  const names = each.copies.length > 0 ? each.copies : [each.source];
  return { ...each, fixedInWorktree: true, ways: [{ kind: 'add', names, plan: { steps: [], refusals: [] } }] };
}

/**
 * `git commit -- paths` again, with its paths and those that the way writes; nothing if none are
 * left. Paths of other findings are left out, because they would block this commit too.
 */
async function commitAgain(
  { repository }: Workplace,
  person: Person,
  { statuses, carrying }: Pick<Findings, 'statuses' | 'carrying'>,
  findings: readonly Finding[],
): Promise<(each: Finding, way: Way) => string> {
  const { changes } = await readStaged(repository, repository.headTree);
  const paired = new Set(findings.flatMap(pathsOfFinding));
  const [first] = findings;
  const named = changes.size <= MOST_NAMED ? [...changes.keys()].filter((path) => !paired.has(path)) : [];
  return (each, way) => {
    if (each.submoduleSteps.length > 0 || !isWholeWay(carrying, each, way)) return '';
    const manifest = way.kind === 'accept' ? [MANIFEST_PATH] : [];
    const paths = [
      ...new Set([...(each === first ? named : []), ...pathsOfFinding(each), ...pathsOfWay(way), ...manifest]),
    ];
    const after = new Map(way.plan.steps.map(({ path, entry }) => [path, entry]));
    const isLeft = (path: RepoPath) => {
      const status = statuses.get(path);
      return !status || !sameEntry(after.get(path) ?? status.worktree, status.head);
    };
    return paths.some(isLeft) ? ` && git commit -- ${paths.map(wordFor(person)).join(' ')}` : '';
  };
}

/** True if a commit of the way's paths would not touch anything that is still out of sync. */
function isWholeWay(carrying: Findings['carrying'], each: Finding, { kind, plan }: Way): boolean {
  const touched = outOfSyncAround(each);
  if (kind === 'accept') return touched.length === 1;
  return kind === 'add' || openAfter(carrying, { ...each.group, meant: touched }, plan).length === 0;
}

/** The finding's verdicts, and older drift of the same files. */
function outOfSyncAround(each: Finding): readonly Verdict[] {
  const paths = new Set(pathsOfFinding(each));
  return each.group.component.verdicts.filter(
    (verdict) => isOutOfSync(verdict) && pathsOf(verdict.pair).some((path) => paths.has(path)),
  );
}

/** An exception needs a committed manifest, and the rest of the finding would block that commit. */
function withoutLoneExceptions(each: Finding): Finding {
  return outOfSyncAround(each).length === 1
    ? each
    : { ...each, ways: each.ways.filter(({ kind }) => kind !== 'accept') };
}

function pathsOfFinding({ renamedFrom, source, copies }: Finding): readonly RepoPath[] {
  return [renamedFrom, source, ...copies].filter((path) => path !== undefined);
}

const MOST_NAMED = 8;
