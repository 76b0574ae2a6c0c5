// Lays out cases for a person: the sentence, and the commands that resolve it.

import { below, parentOf, type RepoPath, textOf } from '../git/path.js';
import { type RefusedWhy, sayRefused } from '../messages/check.js';
import { sayAgreed, sayCase, sayMoreCases, sayOtherCopies } from '../messages/findings.js';
import { type Command, sayCommands } from '../messages/ways.js';
import { type Case, fixOf, isFixable } from '../resolve/findings.js';
import type { Refusal } from '../resolve/types.js';
import { identityOf } from '../rules/identity.js';
import { type Person, wordFor } from './person.js';
import { layOutPast } from './provenance.js';
import { commandsOfWalk } from './submodule-steps.js';
import { commandsOf, type Setting } from './ways.js';

const MOST_CASES = 20;

const MOST_TOLD = 3;

/** The case in sentences, one line each: what is wrong, and since when. */
export function layOutCase(each: Case): string[] {
  const told = each.findings.flatMap(({ pair }) => layOutPast(pair, each.provenances.get(identityOf(pair))));
  const sentences = [...new Set(told)];
  const rest = sentences.length - MOST_TOLD;
  return [
    ...layOutSentence(each),
    ...sentences.slice(0, MOST_TOLD),
    ...(rest > 0 ? [sayMoreCases(rest)] : []),
    ...(each.otherCopies > 0 ? [sayOtherCopies(textOf(each.source), each.otherCopies)] : []),
  ];
}

function layOutSentence(each: Case): string[] {
  const sentence = sayCase({
    kind: each.kind,
    source: textOf(each.source),
    copies: each.copies.map(textOf),
    renamedFrom: each.renamedFrom === undefined ? undefined : textOf(each.renamedFrom),
    edited: each.edited.map(textOf),
    fixedInWorktree: each.fixedInWorktree,
    becameDirectory: each.joins?.some(({ source }) => source === each.source) ?? false,
    reason: each.findings[0]?.reason,
  });
  const exception = each.findings.find(({ pair }) => pair.exception)?.pair.exception;
  return exception ? [...sentence, sayAgreed(exception.reason)] : sentence;
}

/** The cases with their commands; of more than a screenful the first ones, and the command for all. */
export function layOutCases(cases: readonly Case[], person: Person, setting: Setting): string[] {
  const lines = cases
    .slice(0, MOST_CASES)
    .flatMap((each) => [...layOutCase(each), ...layOutCommands(each, person, setting)]);
  if (cases.length <= MOST_CASES) return lines;
  return [...lines, sayMoreCases(cases.length - MOST_CASES), ...layOutWayOfAll(cases, person, setting)];
}

/** One command where it fixes every case, else the one that lists them. */
function layOutWayOfAll(cases: readonly Case[], person: Person, setting: Setting): string[] {
  const all = wordOfCommonDirectory(cases, person);
  const flags = setting.writes === 'index' ? ['--staged'] : [];
  const fixed = cases.every((each) => each.kind !== 'renamed' && isFixable(each));
  const command = (...words: string[]) => [person.program, ...words, ...flags, ...all].join(' ');
  if (!fixed) return sayCommands([{ command: command('check', '--full'), what: 'lists all of them' }]);
  const around = cases.map((each) => [setting.before?.(each), setting.after?.(each, each.ways[0] as never)]);
  // Where each takes more than one command, there is none for all.
  return around.flat().some(Boolean) ? [] : sayCommands([{ command: command('fix'), what: 'fixes all of them' }]);
}

/** The directory that all of them are below, as an argument; none where that is the top level. */
function wordOfCommonDirectory(cases: readonly Case[], person: Person): string[] {
  const directories = cases.map(({ source }) => parentOf(source));
  let common = directories[0] ?? ('' as RepoPath);
  for (const each of directories) while (below(each, common) === undefined) common = parentOf(common);
  return common === '' ? [] : [wordFor(person)(common)];
}

/** What keeps a copy from being written whatever it holds: said, since no command of the list gets past it. */
const IN_THE_WAY: ReadonlySet<RefusedWhy> = new Set(['obstacle', 'outside', 'files-alone', 'ignored', 'edited']);

/** The commands that resolve the case, the best first. */
export function layOutCommands(each: Case, person: Person, setting: Setting): string[] {
  const hindered = each.refused.refusals.filter(({ reason }) => IN_THE_WAY.has(reason));
  const said = hindered.map(({ path, reason, from }) => `  ${sayRefused(textOf(path), reason, textOf(from))}`);
  return [...said, ...sayCommands([...commandsFor(each, person, setting), ...othersFor(each, hindered, person)])];
}

function commandsFor(each: Case, person: Person, setting: Setting): readonly Command[] {
  if (each.walks.length === 0) return commandsOf(each, person, setting);
  const word = wordFor(person);
  const flags = each.kind === 'source-deleted' || each.kind === 'copy-deleted' ? ['--delete'] : [];
  const write = [person.program, 'fix', ...flags, word(each.source)].join(' ');
  const fixes = fixOf(each).steps.length > 0 ? commandsOf(each, person, setting).slice(0, 1) : [];
  const stage = setting.stage && ((gitlink: RepoPath) => setting.stage?.(each, gitlink) ?? '');
  return [...fixes, ...each.walks.flatMap((walk) => commandsOfWalk(walk, write, word, stage))];
}

/** What no way of the rule resolves has a command all the same. */
function othersFor(each: Case, hindered: readonly Refusal[], person: Person): readonly Command[] {
  const word = wordFor(person);
  const ignored = hindered.filter(({ reason }) => reason === 'ignored');
  const outside = hindered.some(({ reason }) => reason === 'outside');
  return [
    ...ignored.map(({ path }) => ({ command: `git add -f ${word(path)}`, what: 'tracks it, whatever git ignores' })),
    ...(outside ? [{ command: `${person.program} fix ${word(each.source)}`, what: 'copies it, at a terminal' }] : []),
    ...(each.ways.length + each.walks.length === 0
      ? [{ command: `${person.program} explain ${word(each.source)}`, what: 'shows the rules for it' }]
      : []),
  ];
}
