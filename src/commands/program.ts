// The command line, put together: verbs, help, version.

import { Command, CommanderError } from 'commander';
import { STANDARD_OUTPUT } from './output.js';
import { directoryOfPerson } from './person.js';
import type { Stage } from './verb.js';
import { loadVerbs } from './verbs.js';
import { VERSION } from './version.js';

/** Runs one command. The result is its exit code. @throws Fault for exit code 2. */
export async function runProgram(words: readonly string[]): Promise<number> {
  let code = 0;
  const program = await buildProgram(words, (result) => {
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

/** The grammar that these words need, or all of it without any; `finish` takes the exit code of the
 * command that ran. */
export async function buildProgram(words: readonly string[], finish: (code: number) => void): Promise<Command> {
  const stage: Stage = { cwd: directoryOfPerson(process.env), output: STANDARD_OUTPUT, finish };
  const program = new Command('dos-sync')
    .description('Keeps identical copies of files in a git repository in sync.')
    .version(VERSION)
    .showSuggestionAfterError()
    .exitOverride();
  for (const add of await loadVerbs(words)) add(program, stage);
  return program;
}
