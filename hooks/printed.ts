// The commands that a blocked commit prints: each does what its line says in the state that git leaves behind.

import { readKnown } from '../src/fix/known-contents.js';
import { layOutCases } from '../src/format/findings.js';
import { type Person, wordFor } from '../src/format/person.js';
import type { Setting } from '../src/format/ways.js';
import type { Workplace } from '../src/git/objects.js';
import type { RepoPath } from '../src/git/path.js';
import { judge } from '../src/judge/judge-pairs.js';
import { type Checked, refuseUnmerged } from '../src/judge/staged.js';
import { isFinding, type Judgement } from '../src/judge/types.js';
import { MANIFEST_PATH } from '../src/manifest/types.js';
import { WHY_NO_OFFER } from '../src/messages/hook.js';
import { type Case, fixOf } from '../src/resolve/findings.js';
import { type Cases, readCases } from '../src/resolve/read-findings.js';
import { buildWalksAfter } from '../src/resolve/submodule-steps.js';
import type { Touches } from '../src/resolve/types.js';
import type { Way } from '../src/resolve/ways.js';
import { sameEntry } from '../src/snapshot/entry.js';
import { readStaged } from '../src/snapshot/staged.js';
import { readWorktree } from '../src/snapshot/worktree.js';

export interface Printing {
  /** `rolled-back`: the index of commit -a, -i and -p, which git takes back when the commit is refused. */
  readonly state: 'staged' | 'rolled-back' | 'partial';
  /** The index that stays, where another one is judged. */
  readonly index: string | undefined;
  readonly person: Person;
  /** Whether an exception can be written and staged. */
  readonly accepts: boolean;
  readonly environment: NodeJS.ProcessEnv;
}

/** Every case with its commands. */
export async function layOutPrinted(
  place: Workplace,
  checked: Checked,
  found: Cases,
  printing: Printing,
): Promise<readonly string[]> {
  const { person, state, accepts } = printing;
  const picked = (each: Case) => each.staged.filter((path) => each.edited.includes(path));
  if (state === 'staged') return layOutStaged(place, checked, found, printing);
  const hunks = state === 'rolled-back' ? found.cases.filter((each) => picked(each).length > 0) : [];
  // What a person picked hunk by hunk must not become the whole file.
  const before = (each: Case) => `git add -p ${picked(each).map(wordFor(person)).join(' ')} && `;
  const lines = layOutCases(hunks, person, { writes: 'index', accepts, before });
  const rest = found.cases.filter((each) => !hunks.includes(each));
  const { cases: inWorktree, touches } = await readInWorktree(place, checked, rest, printing);
  const after = state === 'partial' ? await commitAgain(place, person, touches, inWorktree) : undefined;
  const stage = (each: Case, gitlink: RepoPath) => {
    const beside = pathsOfCase(each).filter((path) => !touches.get(path)?.inside);
    return `git commit -- ${[...beside, gitlink].map(wordFor(person)).join(' ')}`;
  };
  const setting: Setting = { writes: 'worktree', accepts, ...(after && { after, stage }) };
  return [...(state === 'partial' ? [WHY_NO_OFFER] : []), ...lines, ...layOutCases(inWorktree, person, setting)];
}

/** Where unstaged edits keep every way out of the index, the working tree has one. */
async function layOutStaged(
  place: Workplace,
  checked: Checked,
  { cases }: Cases,
  printing: Printing,
): Promise<readonly string[]> {
  const { person, accepts } = printing;
  const stuck = cases.filter(
    (each) => each.edited.length > 0 && each.walks.length === 0 && !each.ways.some(isLossless),
  );
  const lines = layOutCases(
    cases.filter((each) => !stuck.includes(each)),
    person,
    { writes: 'index', accepts },
  );
  if (stuck.length === 0) return lines;
  const { cases: inWorktree } = await readInWorktree(place, checked, stuck, printing);
  const after = (_: Case, way: Way) => ` && git add ${pathsOfWay(way).map(wordFor(person)).join(' ')}`;
  return [...lines, ...layOutCases(inWorktree, person, { writes: 'worktree', accepts: false, after })];
}

function isLossless({ plan: { steps } }: Way): boolean {
  return steps.length > 0 && !steps.some(({ discards }) => discards);
}

function pathsOfWay({ plan, names }: Way): readonly RepoPath[] {
  const written = plan.steps.flatMap(({ path, from }) => [from, path]);
  return [...new Set(written.length > 0 ? written : names)];
}

/** The same findings as the working tree has them, on the index that stays. */
async function readInWorktree(
  place: Workplace,
  checked: Checked,
  cases: readonly Case[],
  { index, environment }: Printing,
): Promise<Pick<Cases, 'cases' | 'touches'>> {
  const { repository, objects } = place;
  const git = index === undefined ? repository.git : withIndex(repository.git, index);
  const staying = { repository: { ...repository, git }, objects };
  const result = await readWorktree(staying.repository, objects, checked.index);
  refuseUnmerged(checked.index, result);
  const { base } = checked.span;
  result.outside = checked.span.result.outside;
  const pairs = cases.flatMap(({ findings }) => findings.map(({ pair }) => pair));
  const judged = { index: checked.index, span: { result, ...(base && { base }) } };
  const judgements = await judge(checked.index, judged.span, pairs);
  const known = readKnown(repository);
  const reading = { writes: 'worktree', inHook: true, known, environment } as const;
  const { cases: now, touches } = await readCases(staying, judged, judgements.filter(isFinding), reading);
  const fixed = cases.filter(({ findings }) => findings.every(({ pair }) => !isStillFound(judgements, pair)));
  const walking = now.map((each) => ({ ...each, walks: buildWalksAfter(fixOf(each), touches) }));
  return { cases: [...walking, ...fixed.map(asStaging)], touches };
}

function withIndex<Git extends { readonly env: NodeJS.ProcessEnv }>(git: Git, index: string): Git {
  return { ...git, env: { ...git.env, GIT_INDEX_FILE: index } };
}

function isStillFound(judgements: readonly Judgement[], { rule, a, b }: Judgement['pair']): boolean {
  return judgements.some(({ pair, ...each }) => {
    return pair.rule.id === rule.id && pair.a === a && pair.b === b && isFinding({ pair, ...each });
  });
}

/** The working tree already holds the fix: it is only to be staged. */
function asStaging(each: Case): Case {
  const names = each.copies.length > 0 ? each.copies : [each.source];
  return { ...each, fixedInWorktree: true, ways: [{ kind: 'add', names, plan: { steps: [], refusals: [] } }] };
}

/**
 * `git commit -- paths` again, with the paths that it had and those that the way writes; nothing where none is left. What
 * other cases hold is left to their commands: this one must not be refused for them.
 */
async function commitAgain(
  { repository }: Workplace,
  person: Person,
  touches: Touches,
  cases: readonly Case[],
): Promise<(each: Case, way: Way) => string> {
  const { changes } = await readStaged(repository, repository.headTree);
  const paired = new Set(cases.flatMap(pathsOfCase));
  const [first] = cases;
  const named = changes.size <= MOST_NAMED ? [...changes.keys()].filter((path) => !paired.has(path)) : [];
  return (each, way) => {
    if (each.walks.length > 0) return '';
    const manifest = way.kind === 'accept' ? [MANIFEST_PATH] : [];
    const paths = [
      ...new Set([...(each === first ? named : []), ...pathsOfCase(each), ...pathsOfWay(way), ...manifest]),
    ];
    const after = new Map(way.plan.steps.map(({ path, entry }) => [path, entry]));
    const isLeft = (path: RepoPath) => {
      const touch = touches.get(path);
      return !touch || !sameEntry(after.get(path) ?? touch.worktree, touch.head);
    };
    return paths.some(isLeft) ? ` && git commit -- ${paths.map(wordFor(person)).join(' ')}` : '';
  };
}

function pathsOfCase({ renamedFrom, source, copies }: Case): readonly RepoPath[] {
  return [renamedFrom, source, ...copies].filter((path) => path !== undefined);
}

const MOST_NAMED = 8;
