// Lays out what a commit in a submodule would do to the superproject's pairs.

import { relative, sep } from 'node:path';
import type { Judgement } from '../drift/types.js';
import { below, type RepoPath, textOf } from '../git/path.js';
import type { FixDirection } from '../manifest/types.js';
import { shellPath } from '../messages/show.js';
import { SUPERPROJECT_SEE, saySuperproject, saySuperprojectPair } from '../messages/submodules.js';
import { sayCommands, sayWay } from '../messages/ways.js';

/** Who commits, and where the superproject is from there. */
interface Outside {
  /** `git dos-sync`, or what works instead. */
  readonly program: string;
  /** The superproject's top level, absolute. */
  readonly top: string;
  /** Where the person stands, absolute. */
  readonly cwd: string;
}

/** The findings in sentences, and the commands that resolve them. `at`: the submodule, seen from the superproject. */
export function layOutSuperproject(
  findings: readonly Judgement[],
  direction: FixDirection,
  at: RepoPath,
  person: Outside,
): string[] {
  const there = `cd ${shellPath(relative(person.cwd, person.top).split(sep).join('/'))}`;
  const lines = findings.flatMap((finding) => {
    const { pair } = finding;
    const side = pair.a !== null && below(pair.a, at) !== undefined ? 'a' : 'b';
    const [here, partner] = side === 'a' ? [pair.a, pair.b] : [pair.b, pair.a];
    const said = saySuperprojectPair(
      textOf(here ?? at),
      partner === null ? undefined : textOf(partner),
      finding.status,
    );
    const source = direction === 'live_to_submodule' ? 'a' : 'b';
    const flags = side === source ? [] : ['--from', side];
    const word = shellPath(textOf(here ?? at));
    const text = { from: textOf(here ?? at), to: [textOf(partner ?? at)], discards: [], conflicts: false };
    const command = [there, '&&', person.program, 'fix', ...flags, word].join(' ');
    const use = { what: sayWay({ kind: 'use', ...text }), command };
    const see = { what: SUPERPROJECT_SEE, command: [there, '&&', person.program, 'check', word].join(' ') };
    return [said, ...sayCommands(finding.status === 'DRIFT' ? [use, see] : [see])];
  });
  return [saySuperproject(findings.length), ...lines];
}
