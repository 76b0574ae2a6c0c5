// Lays out what a commit in a submodule would do to the superproject's pairs.

import { relative, sep } from 'node:path';
import { below, type RepoPath, textOf } from '../git/path.js';
import type { Judgement } from '../judge/types.js';
import { shellPath } from '../messages/show.js';
import { SUPERPROJECT_SEE, saySuperproject, saySuperprojectPair } from '../messages/submodules.js';
import { type Command, sayCommands } from '../messages/ways.js';
import type { Case } from '../resolve/findings.js';
import { commandsOf } from './ways.js';

/** Who commits, and where the superproject is from there. */
interface Outside {
  /** `git dos-sync`, or what works instead. */
  readonly program: string;
  /** The superproject's top level, absolute. */
  readonly top: string;
  /** Where the person stands, absolute. */
  readonly cwd: string;
}

/**
 * The findings in sentences, and the commands that resolve them. `cases`: what the superproject's working tree makes of
 * them. `at`: the submodule, seen from the superproject.
 */
export function layOutSuperproject(
  findings: readonly Judgement[],
  cases: readonly Case[],
  at: RepoPath,
  person: Outside,
): string[] {
  const there = `cd ${shellPath(relative(person.cwd, person.top).split(sep).join('/'))}`;
  const lines = findings.flatMap((finding) => {
    const { pair } = finding;
    const inside = pair.a !== null && below(pair.a, at) !== undefined;
    const [here, partner] = inside ? [pair.a, pair.b] : [pair.b, pair.a];
    const said = saySuperprojectPair(
      textOf(here ?? at),
      partner === null ? undefined : textOf(partner),
      finding.status,
    );
    const see = [person.program, 'check', shellPath(textOf(here ?? at))].join(' ');
    const commands = [...waysOut(finding, cases, person), { what: SUPERPROJECT_SEE, command: see }];
    return [said, ...sayCommands(commands.map(({ command, what }) => ({ command: `${there} && ${command}`, what })))];
  });
  return [saySuperproject(findings.length), ...lines];
}

/** The ways of the finding's case, as they are typed at the superproject's top level. */
function waysOut({ pair }: Judgement, cases: readonly Case[], { program }: Outside): readonly Command[] {
  const found = cases.find(({ findings }) => findings.some((each) => each.pair.a === pair.a && each.pair.b === pair.b));
  // What a submodule deleted is not in the superproject's index, so nothing here can bring it back.
  if (!found || found.ways.some(({ kind }) => kind === 'restore')) return [];
  return commandsOf(found, { program, directory: '' }, { writes: 'worktree', accepts: true });
}
