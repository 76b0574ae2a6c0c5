// `init` at a terminal: after the manifest, the copies that are there, a baseline, and the hooks.
// Each step is asked about, and each leaves a repository that works.

import { realpathSync } from 'node:fs';
import { relative } from 'node:path';
import { withTerminal } from '../ask/terminal.js';
import { readCommitId } from '../git/repository.js';
import { readLacksPrepare } from '../install/index.js';
import { check } from '../judge/judge-pairs.js';
import { isOutOfSync } from '../judge/types.js';
import * as say from '../messages/guided-init.js';
import { runAccept } from './accept.js';
import { declareAtTerminal } from './discover.js';
import { runInstall } from './install.js';
import type { Output } from './output.js';
import { readPerson } from './person.js';
import { openScope, withRepository } from './scope.js';

/** 0, or 1 if a step could not be finished. Ctrl-C ends it after the steps that are done. */
export async function guide(cwd: string, output: Output): Promise<number> {
  const { program, hasCommit } = await readStart(cwd);
  output.print(say.sayGuide(program));
  if (hasCommit) {
    output.print([say.LOOKING]);
    if (!(await declareAtTerminal(cwd, output))) return 0;
  }
  const { pairs, differing } = await countPairs(cwd);
  if (pairs === 0) output.print([say.sayNoPairs(program)]);
  if (differing > 0) {
    const answer = await ask(say.sayBaselineQuestion(differing), say.BASELINE_CHOICES);
    if (answer === undefined) return 0;
    if (answer === 'yes') await runAccept({ cwd, path: undefined, reason: say.BASELINE_REASON, staged: false }, output);
  }
  const answer = await ask(say.HOOKS_QUESTION, say.HOOKS_CHOICES);
  if (answer !== 'yes') {
    output.print(say.sayEnd(program));
    return 0;
  }
  const { code, mode, written } = await runInstall(cwd, { recurse: false }, output);
  const here = realpathSync(cwd);
  if (mode === 'native' && (await readLacksPrepare(cwd))) output.print(say.sayPrepare());
  output.print(
    say.sayEnd(
      program,
      written.map((path) => relative(here, path)),
    ),
  );
  return code;
}

function readStart(cwd: string): Promise<{ readonly program: string; readonly hasCommit: boolean }> {
  return withRepository(cwd, async (place) => {
    const { program } = await readPerson({ place }, cwd);
    return { program, hasCommit: (await readCommitId(place.repository.git, 'HEAD')) !== undefined };
  });
}

/** The declared pairs, and the file pairs that are out of sync in the working tree. */
function countPairs(cwd: string): Promise<{ readonly pairs: number; readonly differing: number }> {
  return withRepository(cwd, async (place) => {
    const { rules, change } = await openScope(place, { kind: 'worktree' });
    const verdicts = await check(rules, change);
    return { pairs: rules.all.length, differing: verdicts.filter(isOutOfSync).length };
  });
}

/** Undefined for Ctrl-C. */
async function ask(question: string, names: Readonly<Record<'yes' | 'no', string>>): Promise<'yes' | 'no' | undefined> {
  const { askAt } = await import('../ask/prompt.js');
  const choices = (['yes', 'no'] as const).map((value) => ({ value, name: names[value] }));
  return withTerminal((terminal) => askAt(terminal, question, choices));
}
