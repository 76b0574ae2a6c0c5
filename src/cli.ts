// The command line: argv -> command -> exit code.

import './commands/closed.js';
import module from 'node:module';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { exitWith } from './commands/exit.js';
import { VERSION } from './commands/version.js';
import { writeLines } from './format/streams.js';

const STDOUT = 1;

async function main(argv: readonly string[]): Promise<number> {
  const words = basename(process.argv[1] ?? '').startsWith('sync-check') ? ['check', ...argv] : argv;
  // Half of a start is loading the command line.
  if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
    writeLines(STDOUT, [VERSION]);
    return 0;
  }
  // Hooks are loaded without the command line parser, because a commit waits for them.
  if (words[0] === 'hook' && words.length > 1 && !words[1]?.startsWith('-')) {
    const { runHook } = await import('./commands/hook.js');
    return runHook(words[1] ?? '', words.slice(2));
  }
  keepCompiled();
  const { runProgram } = await import('./commands/program.js');
  return runProgram(words);
}

/**
 * Node 22.1 and later cache compiled code: in a directory that only the user can write, not a
 * temporary one, and not for hooks.
 */
function keepCompiled(): void {
  const { enableCompileCache } = module as { enableCompileCache?: (directory: string) => unknown };
  enableCompileCache?.(join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'dos-sync'));
}

exitWith(main(process.argv.slice(2)));
