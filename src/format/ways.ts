// Formats the ways to resolve a finding as commands, each with its effect and the change that it
// discards.

import { type RepoPath, textOf } from '../git/path.js';
import { shellWord } from '../messages/show.js';
import { type Command, sayWay, type WayText } from '../messages/ways.js';
import type { Finding } from '../resolve/findings.js';
import { leavesMarkers, type Way } from '../resolve/ways.js';
import { type Person, wordFor } from './person.js';

/** Where the commands are typed, and what goes around them. */
export interface CommandSetting {
  readonly writes: 'index' | 'worktree';
  /** A command before the one that writes: restores the index to the judged state. */
  readonly before?: (each: Finding) => string;
  /** A command after it: what to do with the written files. */
  readonly after?: (each: Finding, way: Way) => string;
  /** The command that stages the gitlink of a written submodule; `git add` if absent. */
  readonly stage?: (each: Finding, gitlink: RepoPath) => string;
  /** False if no exception can be written now. */
  readonly accepts: boolean;
}

/** The commands of the finding, best first. */
export function commandsOf(each: Finding, person: Person, setting: CommandSetting): readonly Command[] {
  const ways = each.ways.filter(({ kind }) => kind !== 'accept' || setting.accepts);
  return ways.map((way) => ({
    command: lineOf(each, way, person, setting),
    what: sayWay(textOfWay(each, way)),
  }));
}

function lineOf(each: Finding, way: Way, person: Person, setting: CommandSetting): string {
  const command = commandOf(each, way, person, setting);
  if (way.kind === 'diff') return command;
  return `${setting.before?.(each) ?? ''}${command}${setting.after?.(each, way) ?? ''}`;
}

function commandOf(each: Finding, way: Way, person: Person, { writes }: CommandSetting): string {
  const word = wordFor(person);
  const names = way.names.map(word).join(' ');
  const flags = writes === 'index' ? ['--staged'] : [];
  const verb = (name: string, ...words: string[]) => [person.program, name, ...flags, ...words].join(' ');
  switch (way.kind) {
    case 'fix':
      return each.kind === 'renamed' ? renaming(each, word, verb) : verb('fix', names);
    case 'force':
      return verb('fix', '--force', names);
    case 'merge':
      return verb('fix', '--merge', names);
    case 'use':
      return verb('fix', '--from', way.side ?? 'a', names);
    case 'delete':
      return verb('fix', '--delete', names);
    case 'restore':
      return `git restore ${writes === 'index' ? '--staged --worktree ' : ''}-- ${names}`;
    case 'diff':
      return verb('diff', names);
    case 'accept':
      return verb('accept', names, '--reason', shellWord(reasonOf(each) ?? 'why they differ'));
    case 'add':
      return `git add ${names}`;
  }
}

function renaming(
  { renamedFrom, renamedSide, recased, source }: Finding,
  word: (path: RepoPath) => string,
  verb: (name: string, ...words: string[]) => string,
): string {
  const old = renamedFrom === undefined ? '' : word(renamedFrom);
  if (!renamedSide || recased) return verb('fix', '--delete', old, word(source));
  return `${verb('fix', '--delete', old)} && ${verb('fix', '--from', renamedSide, word(source))}`;
}

function reasonOf({ verdicts }: Finding): string | undefined {
  return verdicts.find(({ pair }) => pair.exception)?.pair.exception?.reason;
}

function kindOfText({ kind, renamedSide }: Finding, way: Way): WayText['kind'] {
  if (kind === 'renamed') return renamedSide === undefined ? 'rename' : 'rename-source';
  if (kind === 'replaced') return 'replace';
  return kind === 'agreed' && way.kind === 'accept' ? 'agree' : way.kind;
}

export function textOfWay(each: Finding, way: Way): WayText {
  const { steps } = way.plan;
  const [first] = steps;
  return {
    kind: kindOfText(each, way),
    from: textOf(first?.from ?? each.source),
    to: [...new Set(steps.map(({ path }) => textOf(path)))],
    discards: [...new Set(steps.filter(({ discards }) => discards).map(({ path }) => textOf(path)))],
    conflicts: leavesMarkers(way),
  };
}
