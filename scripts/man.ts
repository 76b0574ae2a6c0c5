// Builds the manual page from the command line's grammar.

import { readGrammar } from '../src/commands/grammar.js';
import { buildProgram } from '../src/commands/program.js';
import { formatMan } from '../src/format/man.js';

/** The text of git-dos-sync.1. */
export async function buildManPage(version: string): Promise<string> {
  const program = await buildProgram([], () => undefined);
  return `${formatMan(readGrammar(program), version).join('\n')}\n`;
}
