// `hook <name>`: what the installed hooks call.

import { Fault } from '../messages/fault.js';

/** The hook's exit code. @throws Fault `usage` for a hook that dos-sync does not have. */
export async function runHook(name: string, args: readonly string[]): Promise<number> {
  switch (name) {
    case 'pre-commit':
      return (await import('../../hooks/pre-commit.js')).run();
    case 'pre-merge-commit':
      return (await import('../../hooks/pre-merge-commit.js')).run();
    case 'pre-push':
      return (await import('../../hooks/pre-push.js')).run(args);
    default:
      throw new Fault('usage', `There is no hook ${name}.`, 'there are: pre-commit, pre-merge-commit, pre-push');
  }
}
