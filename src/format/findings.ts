// Formats findings: the sentence, and the commands that resolve it.

import { below, parentOf, type RepoPath, textOf } from '../git/path.js';
import { sayRefused } from '../messages/check.js';
import {
  sayAbout,
  sayAgreed,
  sayFinding,
  sayMoreFindings,
  sayMovedLine,
  sayOtherCopies,
} from '../messages/findings.js';
import { type Command, REMARKS, sayCommands } from '../messages/ways.js';
import { type Finding, fixOf, isFixable } from '../resolve/findings.js';
import type { Refusal, RefusalReason } from '../resolve/types.js';
import { identityOf } from '../rules/identity.js';
import { type Person, wordFor } from './person.js';
import { formatPasts } from './provenance.js';
import { commandsOfWalk } from './submodule-steps.js';
import { type CommandSetting, commandsOf } from './ways.js';

const MOST_FINDINGS = 20;

const MOST_TOLD = 3;

/** The most files that one command names. */
const MOST_NAMED = 6;

/** The finding in sentences, one line each: the problem, and its start. */
export function formatFinding(each: Finding): string[] {
  const pasts = each.verdicts.map(({ pair }) => [pair, each.provenances.get(identityOf(pair))] as const);
  return [
    ...formatSentence(each),
    ...formatPasts(pasts, MOST_TOLD),
    ...(each.otherCopies > 0 ? [sayOtherCopies(textOf(each.source), each.otherCopies)] : []),
  ];
}

function formatSentence(each: Finding): string[] {
  const sentence = sayFinding({
    kind: each.kind,
    source: textOf(each.source),
    copies: each.copies.map(textOf),
    renamedFrom: each.renamedFrom === undefined ? undefined : textOf(each.renamedFrom),
    renamedCopy: each.renamedSide !== undefined,
    edited: each.edited.map(textOf),
    untracked: each.untracked.map(textOf),
    fixedInWorktree: each.fixedInWorktree,
    becameDirectory: each.joins?.some(({ source }) => source === each.source) ?? false,
    reason: each.verdicts[0]?.reason,
  });
  const exception = each.verdicts.find(({ pair }) => pair.exception)?.pair.exception;
  const about = aboutOf(each);
  return [...sentence, ...about, ...(exception ? [sayAgreed(exception.reason), ...formatMoved(each)] : [])];
}

/** The name and the note of the pair, if it has one. */
function aboutOf({ verdicts }: Finding): string[] {
  const rules = new Set(verdicts.map(({ pair }) => pair.rule));
  return [...rules].flatMap(({ name, note }) => sayAbout(name, note));
}

function formatMoved({ moved, verdicts: [verdict] }: Finding): string[] {
  const path = moved && verdict?.pair[moved.side];
  return moved && path ? [sayMovedLine({ ...moved, path: textOf(path) })] : [];
}

/** The findings with their commands, and a command for all; a long list is cut. */
export function formatFindings(findings: readonly Finding[], person: Person, setting: CommandSetting): string[] {
  const blocks = findings
    .slice(0, MOST_FINDINGS)
    .map((each) => [...formatFinding(each), ...formatCommands(each, person, setting)]);
  if (findings.length < 2) return blocks.flat();
  const all = formatWayOfAll(findings, person, setting);
  const cut = findings.length - MOST_FINDINGS;
  return separate([...blocks, cut > 0 ? [sayMoreFindings(cut), ...all] : all]);
}

/** The blocks with an empty line between them. */
export function separate(blocks: readonly (readonly string[])[]): string[] {
  return blocks.filter(({ length }) => length > 0).flatMap((block, at) => (at === 0 ? block : ['', ...block]));
}

/** One command if it fixes every finding, else for a long list the command that shows it. */
function formatWayOfAll(findings: readonly Finding[], person: Person, setting: CommandSetting): string[] {
  const flags = setting.writes === 'index' ? ['--staged'] : [];
  const command = (...words: string[]) => [person.program, ...words].join(' ');
  if (!findings.every((each) => each.kind !== 'renamed' && isFixable(each))) {
    const list = command('check', '--full', ...flags, ...wordOfCommonDirectory(findings, person));
    return findings.length > MOST_FINDINGS ? sayCommands([{ command: list, what: REMARKS.list }]) : [];
  }
  const around = findings.map((each) => [setting.before?.(each), setting.after?.(each, each.ways[0] as never)]);
  // If a finding needs several commands, no single command covers all.
  if (around.flat().some(Boolean)) return [];
  return sayCommands([{ command: command('fix', ...flags, ...wordsOfAll(findings, person)), what: REMARKS.fix }]);
}

/** The names of all fixes, or the common directory of many. */
function wordsOfAll(findings: readonly Finding[], person: Person): readonly string[] {
  const names = [...new Set(findings.flatMap(({ ways }) => ways.flatMap((way) => way.names)))];
  return names.length > MOST_NAMED ? wordOfCommonDirectory(findings, person) : names.map(wordFor(person));
}

/** The common directory of all findings as an argument; empty for the top level. */
function wordOfCommonDirectory(findings: readonly Finding[], person: Person): string[] {
  const directories = findings.map(({ source }) => parentOf(source));
  let common = directories[0] ?? ('' as RepoPath);
  for (const each of directories) while (below(each, common) === undefined) common = parentOf(common);
  return common === '' ? [] : [wordFor(person)(common)];
}

/**
 * Refusals that block a copy whatever its content; shown, because no printed command gets past
 * them.
 */
const IN_THE_WAY: ReadonlySet<RefusalReason> = new Set<RefusalReason>([
  'obstacle',
  'same-name',
  'outside',
  'files-alone',
  'ignored',
  'edited',
  'unfit',
  'not-reversible',
  'no-place',
]);

/** The commands that resolve the finding, best first. */
export function formatCommands(each: Finding, person: Person, setting: CommandSetting): string[] {
  const hindered = each.refused.refusals.filter(({ reason }) => IN_THE_WAY.has(reason));
  const said = hindered.map(({ path, reason, from }) => `  ${sayRefused(textOf(path), reason, textOf(from))}`);
  return [...said, ...sayCommands([...othersFor(each, hindered, person), ...commandsFor(each, person, setting)])];
}

function commandsFor(each: Finding, person: Person, setting: CommandSetting): readonly Command[] {
  if (each.submoduleSteps.length === 0) return commandsOf(each, person, setting);
  const word = wordFor(person);
  const flags = each.kind === 'source-deleted' || each.kind === 'copy-deleted' ? ['--delete'] : [];
  const write = [person.program, 'fix', ...flags, word(each.source)].join(' ');
  const fixes = fixOf(each).steps.length > 0 ? commandsOf(each, person, setting).slice(0, 1) : [];
  const stage = setting.stage && ((gitlink: RepoPath) => setting.stage?.(each, gitlink) ?? '');
  return [...fixes, ...each.submoduleSteps.flatMap((steps) => commandsOfWalk(steps, write, word, stage))];
}

/** A finding that no way of the rule resolves still has a command. */
function othersFor(each: Finding, hindered: readonly Refusal[], person: Person): readonly Command[] {
  const word = wordFor(person);
  const ignored = hindered.filter(({ reason }) => reason === 'ignored');
  const hasFix = each.ways.some(({ kind }) => kind === 'fix');
  const addable = hasFix ? [] : each.untracked.filter((path) => !ignored.some((refusal) => refusal.path === path));
  const outside = hindered.some(({ reason }) => reason === 'outside');
  return [
    ...ignored.map(({ path }) => ({ command: `git add -f ${word(path)}`, what: REMARKS.track })),
    ...addable.map((path) => ({ command: `git add ${word(path)}`, what: REMARKS.add })),
    ...(outside ? [{ command: `${person.program} fix ${word(each.source)}`, what: REMARKS.outside }] : []),
    ...(each.ways.length + each.submoduleSteps.length === 0
      ? [{ command: `${person.program} explain ${word(each.source)}`, what: REMARKS.explain }]
      : []),
  ];
}
