// Lays out the ways to resolve a case as commands, each with what it does and whose change it
// discards.

import { type RepoPath, textOf } from '../git/path.js';
import { shellWord } from '../messages/show.js';
import { type Command, sayWay, type WayText } from '../messages/ways.js';
import type { Finding } from '../resolve/findings.js';
import { leavesMarkers, type Way } from '../resolve/ways.js';
import { type Person, wordFor } from './person.js';

/** Where the commands are typed, and what is typed around them. */
export interface CommandSetting {
  readonly writes: 'index' | 'worktree';
  /** Before the command that writes: what brings the index back to the state that was judged. */
  readonly before?: (each: Finding) => string;
  /** After it: what the files that it wrote are needed for. */
  readonly after?: (each: Finding, way: Way) => string;
  /** What takes the gitlink of a submodule that the fix wrote to into the commit; `git add` if
   * absent. */
  readonly stage?: (each: Finding, gitlink: RepoPath) => string;
  /** False where no exception can be written at the moment. */
  readonly accepts: boolean;
}

/** The commands of the case, the best first. */
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
  { renamedFrom, renamedSide, source }: Finding,
  word: (path: RepoPath) => string,
  verb: (name: string, ...words: string[]) => string,
): string {
  const old = renamedFrom === undefined ? '' : word(renamedFrom);
  if (!renamedSide) return verb('fix', '--delete', old, word(source));
  return `${verb('fix', '--delete', old)} && ${verb('fix', '--from', renamedSide, word(source))}`;
}

function reasonOf({ verdicts }: Finding): string | undefined {
  return verdicts.find(({ pair }) => pair.exception)?.pair.exception?.reason;
}

function kindOfText({ kind }: Finding, way: Way): WayText['kind'] {
  if (kind === 'renamed') return 'rename';
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
