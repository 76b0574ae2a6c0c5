// `hook <name>`: what the installed hooks call.

import { sayOnStderr } from '../format/stderr.js';
import { Fault } from '../messages/fault.js';
import { sayHookSkipped } from '../messages/hook.js';
import { VERSION } from './version.js';

/** What DOS_SYNC=0 skips: what a client starts. A server's hook and every command ignore it. */
const SKIPPED_BY_VARIABLE: readonly string[] = ['pre-commit', 'pre-merge-commit', 'pre-push', 'lint-staged'];

/** The hook's exit code. @throws Fault `usage` for a hook that dos-sync does not have. */
export async function runHook(name: string, args: readonly string[]): Promise<number> {
  if (SKIPPED_BY_VARIABLE.includes(name) && process.env['DOS_SYNC'] === '0') {
    sayOnStderr([sayHookSkipped(name)]);
    return 0;
  }
  switch (name) {
    case 'pre-commit':
      return (await import('../../hooks/pre-commit.js')).run(args);
    case 'pre-merge-commit':
      return (await import('../../hooks/pre-merge-commit.js')).run();
    case 'pre-push':
      return (await import('../../hooks/pre-push.js')).run(args);
    case 'lint-staged':
      return (await import('../../hooks/after-lint-staged.js')).run();
    case 'probe':
      return answer();
    case 'pre-receive':
      return (await import('../../hooks/pre-receive.js')).run();
    default:
      throw new Fault(
        'usage',
        `There is no hook ${name}.`,
        'the hooks are: pre-commit, pre-merge-commit, pre-push, pre-receive',
      );
  }
}

/** What doctor asks of a hook's way to this program: which node it came by. */
function answer(): number {
  const found = { 'dos-sync': VERSION, node: process.execPath, version: process.version };
  process.stdout.write(`${JSON.stringify(found)}\n`);
  return 0;
}
