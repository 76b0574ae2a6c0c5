// Lays out what a commit in a submodule would do to the superproject's pairs.

import { relative, sep } from 'node:path';
import { below, type RepoPath, textOf } from '../git/path.js';
import type { Verdict } from '../judge/types.js';
import { shellPath } from '../messages/show.js';
import { SUPERPROJECT_SEE, saySuperproject, saySuperprojectPair } from '../messages/submodules.js';
import { type Command, sayCommands } from '../messages/ways.js';
import type { Finding } from '../resolve/findings.js';
import { commandsOf } from './ways.js';

/** Who commits, and where the superproject is from there. */
interface SuperprojectPerson {
  /** `git dos-sync`, or what works instead. */
  readonly program: string;
  /** The superproject's top level, absolute. */
  readonly top: string;
  /** Where the person stands, absolute. */
  readonly cwd: string;
}

/**
 * The verdicts in sentences, and the commands that resolve them. `cases`: what the superproject's
 * working tree makes of them. `at`: the submodule, seen from the superproject.
 */
export function formatSuperproject(
  verdicts: readonly Verdict[],
  findings: readonly Finding[],
  at: RepoPath,
  person: SuperprojectPerson,
): string[] {
  const there = `cd ${shellPath(relative(person.cwd, person.top).split(sep).join('/'))}`;
  const lines = verdicts.flatMap((verdict) => {
    const { pair } = verdict;
    const inside = pair.a !== null && below(pair.a, at) !== undefined;
    const [here, partner] = inside ? [pair.a, pair.b] : [pair.b, pair.a];
    const said = saySuperprojectPair(
      textOf(here ?? at),
      partner === null ? undefined : textOf(partner),
      verdict.status,
    );
    const see = [person.program, 'check', shellPath(textOf(here ?? at))].join(' ');
    const commands = [...waysOut(verdict, findings, person), { what: SUPERPROJECT_SEE, command: see }];
    return [said, ...sayCommands(commands.map(({ command, what }) => ({ command: `${there} && ${command}`, what })))];
  });
  return [saySuperproject(verdicts.length), ...lines];
}

/** The ways of the verdict's case, as they are typed at the superproject's top level. */
function waysOut({ pair }: Verdict, findings: readonly Finding[], { program }: SuperprojectPerson): readonly Command[] {
  const found = findings.find(({ verdicts }) =>
    verdicts.some((each) => each.pair.a === pair.a && each.pair.b === pair.b),
  );
  // What a submodule deleted is not in the superproject's index, so nothing here can bring it back.
  if (!found || found.ways.some(({ kind }) => kind === 'restore')) return [];
  return commandsOf(found, { program, directory: '' }, { writes: 'worktree', accepts: true });
}
