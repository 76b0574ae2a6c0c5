// `completion <shell>`: prints the shell completions.

import type { Command } from 'commander';
import { formatCompletion, SHELLS, type Shell } from '../format/completion.js';
import { readGrammar } from './grammar.js';
import type { Stage } from './verb.js';

export function addCompletion(program: Command, { output, finish }: Stage): void {
  program
    .command('completion')
    .addArgument(program.createArgument('<shell>').choices(SHELLS))
    .description('print the completions for bash, zsh or fish')
    .action((shell: Shell) => {
      output.print(formatCompletion(shell, readGrammar(program)));
      finish(0);
    });
}
