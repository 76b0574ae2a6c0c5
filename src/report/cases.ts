// Lays out cases for a person: the sentence, and the commands that resolve it.

import type { Case } from '../decide/cases.js';
import { provenSteps } from '../decide/plan.js';
import { below, parentOf, type RepoPath, textOf } from '../git/path.js';
import { isOutside } from '../manifest/outside.js';
import { sayCase, sayMoreCases, sayWays, type Way } from '../messages/cases.js';
import { identityOf } from '../pairs/identity.js';
import { type Person, wordFor } from './person.js';
import { layOutPast } from './provenance.js';
import { waysOfWalk } from './walk.js';

/**
 * Where the fix would be written. `rolled-back`: the index of commit -a, -i and -p, which goes back when the commit is
 * refused, so that a fix staged on top of it would find nothing to fix.
 */
export type FixScope = 'staged' | 'rolled-back' | 'worktree';

const MOST_CASES = 20;

const MOST_TOLD = 3;

/** The case in sentences, one line each: what is wrong, and since when. */
export function layOutCase(each: Case): string[] {
  const told = each.findings.flatMap(({ pair }) => layOutPast(pair, each.provenances.get(identityOf(pair))));
  const sentences = [...new Set(told)];
  const rest = sentences.length - MOST_TOLD;
  return [...layOutSentence(each), ...sentences.slice(0, MOST_TOLD), ...(rest > 0 ? [sayMoreCases(rest)] : [])];
}

function layOutSentence(each: Case): string[] {
  return sayCase({
    kind: each.kind,
    source: textOf(each.source),
    copies: each.copies.map(textOf),
    renamedFrom: each.renamedFrom === undefined ? undefined : textOf(each.renamedFrom),
    edited: each.edited.map(textOf),
    fixedInWorktree: each.fixedInWorktree,
    reason: each.findings[0]?.reason,
  });
}

/** The cases with their commands; of more than a screenful the first ones, and the command for all. */
export function layOutCases(cases: readonly Case[], person: Person, scope: FixScope): string[] {
  const lines = cases.slice(0, MOST_CASES).flatMap((each) => [...layOutCase(each), ...layOutWays(each, person, scope)]);
  if (cases.length <= MOST_CASES) return lines;
  return [...lines, sayMoreCases(cases.length - MOST_CASES), ...layOutWayOfAll(cases, person, scope)];
}

/** One command where it fixes every case, else the one that lists them. */
function layOutWayOfAll(cases: readonly Case[], person: Person, scope: FixScope): string[] {
  const all = wordOfCommonDirectory(cases, person);
  const flags = scope === 'staged' ? ['--staged'] : [];
  // For all at once nobody names a source, so that history alone decides.
  const proven = ({ fix, safe }: Case) => fix !== undefined && provenSteps(fix, safe).length === fix.steps.length;
  const fixed = cases.every((each) => each.kind !== 'renamed' && proven(each));
  // What commit -a and -p staged is gone after the refusal, so that a hunk picked or a copy made needs a look of its own.
  const apart = ({ staged, edited, fixedInWorktree }: Case) =>
    fixedInWorktree || staged.some((it) => edited.includes(it));
  if (scope === 'rolled-back' && cases.some(apart)) return [];
  if (fixed) return sayWays([{ label: 'fix all', command: [person.program, 'fix', ...flags, ...all].join(' ') }]);
  return sayWays([{ label: 'see all', command: [person.program, 'check', '--full', ...flags, ...all].join(' ') }]);
}

/** The directory that all of them are below, as an argument; none where that is the top level. */
function wordOfCommonDirectory(cases: readonly Case[], person: Person): string[] {
  const directories = cases.map(({ source }) => parentOf(source));
  let common = directories[0] ?? ('' as RepoPath);
  for (const each of directories) while (below(each, common) === undefined) common = parentOf(common);
  return common === '' ? [] : [wordFor(person)(common)];
}

/** The commands that resolve the case, each under two spaces. */
function layOutWays(each: Case, person: Person, scope: FixScope): string[] {
  if (scope !== 'rolled-back') return sayWays(waysOf(each, person, scope, ''));
  if (each.fixedInWorktree && each.fix) {
    return sayWays([
      { label: 'stage it', command: `git add ${each.fix.steps.map(({ path }) => wordFor(person)(path)).join(' ')}` },
    ]);
  }
  // What a person picked hunk by hunk must not become the whole file.
  const picked = each.staged.filter((path) => each.edited.includes(path));
  if (picked.length === 0) return sayWays(waysOf(each, person, 'worktree', ''));
  return sayWays(waysOf(each, person, 'staged', `git add -p ${picked.map(wordFor(person)).join(' ')} && `));
}

function waysOf(each: Case, person: Person, scope: 'staged' | 'worktree', first: string): readonly Way[] {
  const word = wordFor(person);
  // A place outside is not an argument: the copy names the pair.
  const source = word(isOutside(each.source) ? (each.copies[0] ?? each.source) : each.source);
  const flags = scope === 'worktree' ? [] : ['--staged'];
  const fix = (...words: string[]) => [person.program, 'fix', ...flags, ...words].join(' ');
  const command = (...words: string[]) => `${first}${fix(...words)}`;
  if (each.kind === 'renamed' && each.renamedFrom !== undefined && each.fix) {
    const [old, side] = [word(each.renamedFrom), each.renamedSide];
    const both = side ? `${command('--delete', old)} && ${fix('--from', side, source)}` : undefined;
    return [{ label: 'rename the copy', command: both ?? command('--delete', old, source) }];
  }
  if (each.fix) return [{ label: scope === 'worktree' ? 'fix it' : 'stage the fix', command: command(source) }];
  // Only without a safe fix at hand: the other direction is also a way to lose an edit.
  const takes = each.walks.length > 0 ? [] : each.takes;
  const ways: Way[] = takes.map(({ path, side }) => {
    return { label: 'take the other side', command: command('--from', side, word(path)) };
  });
  for (const [label, flag] of each.walks.length > 0 ? [] : heavyWays(each)) {
    ways.push({ label, command: command(flag, source) });
  }
  for (const walk of each.walks) {
    const flag = each.kind === 'source-deleted' || each.kind === 'copy-deleted' ? ['--delete'] : [];
    const write = [person.program, 'fix', ...flag, source].join(' ');
    ways.push(...waysOfWalk(walk, `${first}${write}`, word));
  }
  if (each.deletion) ways.push({ label: 'delete the other side', command: command('--delete', source) });
  if (each.restoration) {
    const both = scope === 'worktree' ? '' : '--staged --worktree ';
    ways.push({ label: 'restore', command: `git restore ${both}-- ${source}` });
  }
  if (ways.length > 0) return ways;
  // A hook never writes there; the command does, once the user has agreed.
  const outside = each.safe.refusals.some(({ reason }) => reason === 'outside');
  if (outside) return [{ label: 'copy it, at a terminal', command: command(source) }];
  return [{ label: 'by hand', command: byHand(each, person) }];
}

/** For changes on both sides that are committed: to merge them, or to overwrite the copy all the same. */
function heavyWays(each: Case): readonly (readonly [label: string, flag: string])[] {
  const refused = new Set(each.safe.refusals.map(({ reason }) => reason));
  const known = each.findings.flatMap(({ pair }) => each.provenances.get(identityOf(pair)) ?? []);
  const merge = known.some(({ verdict, base }) => verdict === 'diverged' && base?.kind === 'file');
  return [
    ...(each.merge || (refused.has('diverged') && merge) ? [['merge the two', '--merge'] as const] : []),
    ...(refused.has('diverged') || refused.has('unknown') ? [['overwrite the copy', '--force'] as const] : []),
  ];
}

function byHand(each: Case, person: Person): string {
  const path = each.edited[0] ?? each.copies[0] ?? each.source;
  return `look at ${wordFor(person)(path)}, then git add what is right`;
}

/** For `git commit -- paths`: one line that fixes the working tree and commits both sides. */
export function layOutPartial(each: Case, person: Person): string[] {
  const [first] = waysOf(each, person, 'worktree', '');
  const plan = each.fix ?? each.takes[0]?.plan ?? each.deletion;
  if (!first || !plan) return layOutWays(each, person, 'worktree');
  const renamed = each.renamedFrom === undefined ? [] : [each.renamedFrom];
  const written = plan.steps.map((step) => step.path);
  const paths = [...new Set([...renamed, each.source, ...each.copies, ...written])].map(wordFor(person));
  return [`  ${first.command} && git commit -- ${paths.join(' ')}`];
}
