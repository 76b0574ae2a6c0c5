// The command line's grammar, put together: verbs, options, help.

import { Command, CommanderError } from 'commander';
import { addEverydayVerbs } from './everyday.js';
import { STANDARD_OUTPUT } from './output.js';
import { addOverviewVerbs } from './overview.js';
import { directoryOfPerson } from './scope.js';
import { addSetUpVerbs } from './set-up.js';
import type { Stage } from './stage.js';
import { VERSION } from './version.js';

/** Runs one command. The result is its exit code. @throws Fault for exit code 2. */
export async function runProgram(words: readonly string[]): Promise<number> {
  let code = 0;
  const program = buildProgram((result) => {
    code = result;
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has said what is wrong; asking for help or the version is not an error.
    return error.exitCode === 0 ? 0 : 2;
  }
  return code;
}

/** The whole grammar; `finish` takes the exit code of the command that ran. */
export function buildProgram(finish: (code: number) => void): Command {
  const stage: Stage = { cwd: directoryOfPerson(process.env), output: STANDARD_OUTPUT, finish };
  const program = new Command('dos-sync')
    .description('Keeps files that must be equal in several places of a git repository in step.')
    .version(VERSION)
    .showSuggestionAfterError()
    .exitOverride();

  addEverydayVerbs(program, stage);
  addOverviewVerbs(program, stage);
  addSetUpVerbs(program, stage);
  return program;
}
