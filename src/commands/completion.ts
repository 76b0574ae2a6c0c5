// `completion <shell>`: prints the shell completions.

import type { Command } from 'commander';
import { formatCompletion, type Shell } from '../format/completion.js';
import { readGrammar } from './grammar.js';
import type { Output } from './output.js';

export function runCompletion(program: Command, shell: Shell, output: Output): number {
  output.print(formatCompletion(shell, readGrammar(program)));
  return 0;
}
