// The command line: argv -> command -> exit code.

import module from 'node:module';
import { basename } from 'node:path';
import { exitWith } from './exit.js';

async function main(argv: readonly string[]): Promise<number> {
  const words = basename(process.argv[1] ?? '').startsWith('sync-check') ? ['check', ...argv] : argv;
  // The hooks are loaded without the command line's parser: a commit waits for them.
  if (words[0] === 'hook' && words.length > 1 && !words[1]?.startsWith('-')) {
    const { runHook } = await import('./commands/hook.js');
    return runHook(words[1] ?? '', words.slice(2));
  }
  keepCompiled();
  const { runProgram } = await import('./commands/program.js');
  return runProgram(words);
}

/** From Node 22.1 on compiled code is kept in the place for temporary files; a hook writes nothing there. */
function keepCompiled(): void {
  const { enableCompileCache } = module as { enableCompileCache?: () => unknown };
  enableCompileCache?.();
}

exitWith(main(process.argv.slice(2)));
