// Formats the effect of a submodule's commit on the superproject's pairs.

import { relative, sep } from 'node:path';
import { below, type RepoPath, textOf } from '../git/path.js';
import type { Verdict } from '../judge/types.js';
import { shellPath } from '../messages/show.js';
import { SUPERPROJECT_SEE, saySuperproject, saySuperprojectPair } from '../messages/submodules.js';
import { type Command, sayCommands } from '../messages/ways.js';
import type { Finding } from '../resolve/findings.js';
import { commandsOf } from './ways.js';

/** The committing user, and the superproject's place from there. */
interface SuperprojectPerson {
  /** `git dos-sync`, or the command that works instead. */
  readonly program: string;
  /** The superproject's top level, absolute. */
  readonly top: string;
  /** The user's directory, absolute. */
  readonly cwd: string;
}

/**
 * The verdicts in sentences, and the commands that resolve them. `findings`: those of the
 * superproject's working tree. `at`: the submodule's path in the superproject.
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

/** The ways of the verdict's finding, as typed at the superproject's top level. */
function waysOut({ pair }: Verdict, findings: readonly Finding[], { program }: SuperprojectPerson): readonly Command[] {
  const found = findings.find(({ verdicts }) =>
    verdicts.some((each) => each.pair.a === pair.a && each.pair.b === pair.b),
  );
  // The superproject's index does not have what the submodule deleted, so no command here restores
  // it.
  if (!found || found.ways.some(({ kind }) => kind === 'restore')) return [];
  return commandsOf(found, { program, directory: '' }, { writes: 'worktree', accepts: true });
}
