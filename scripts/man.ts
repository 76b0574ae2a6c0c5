// Builds the manual page from the command line's grammar.

import { readGrammar } from '../src/commands/grammar.js';
import { buildProgram } from '../src/commands/program.js';
import { formatMan } from '../src/format/man.js';

// https://reproducible-builds.org/docs/source-date-epoch/
function dayOfBuild(): string {
  const epoch = process.env['SOURCE_DATE_EPOCH'];
  return new Date(epoch === undefined ? Date.now() : Number(epoch) * 1000).toISOString().slice(0, 10);
}

/** The text of git-dos-sync.1. */
export async function buildManPage(version: string): Promise<string> {
  const program = await buildProgram([], () => undefined);
  return `${formatMan(readGrammar(program), version, dayOfBuild()).join('\n')}\n`;
}
