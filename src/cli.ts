// The command line: argv -> command -> exit code; the only place that sets process.exitCode.

import { basename } from 'node:path';
import { Fault } from './messages/fault.js';
import { layOutFault } from './report/fault.js';
import { sayOnStderr } from './report/stderr.js';

async function main(argv: readonly string[]): Promise<number> {
  const words = basename(process.argv[1] ?? '').startsWith('sync-check') ? ['check', ...argv] : argv;
  // The hooks are loaded without the command line's parser: a commit waits for them.
  if (words[0] === 'hook' && words.length > 1 && !words[1]?.startsWith('-')) {
    const { runHook } = await import('./commands/hook.js');
    return runHook(words[1] ?? '', words.slice(2));
  }
  const { runProgram } = await import('./commands/program.js');
  return runProgram(words);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    sayOnStderr(layOutFault(error));
    process.exitCode = Fault.exitCodeOf(error);
  },
);
