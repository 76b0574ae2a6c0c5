// `hook <name>`: runs a hook; the installed hooks call it.

import type { Command } from 'commander';
import { sayOnStderr } from '../format/stderr.js';
import { sayHookSkipped } from '../messages/hook.js';
import { noSuchHook } from '../messages/options.js';
import { VERSION } from './version.js';

export function addHook(program: Command): void {
  program
    .command('hook <name>')
    .description('run a hook (the installed hooks call this): pre-commit, pre-merge-commit, pre-push, pre-receive');
}

/** The hooks that DOS_SYNC=0 skips: client-side ones. A server hook and every command ignore it. */
const SKIPPED_BY_VARIABLE: readonly string[] = ['pre-commit', 'pre-merge-commit', 'pre-push', 'lint-staged'];

/** The hook's exit code. @throws Fault `usage` for an unknown hook. */
export async function runHook(name: string, args: readonly string[]): Promise<number> {
  if (SKIPPED_BY_VARIABLE.includes(name) && process.env['DOS_SYNC'] === '0') {
    // safeguard said-skipped (T24): a hook that is skipped says so (e2e/foreign-files: DOS_SYNC=0)
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
      // safeguard unknown-hook: an unknown hook is an error (e2e/bad-input: an unknown)
      throw noSuchHook(name);
  }
}

/** Answers doctor's probe: the node that a hook runs this program with. */
function answer(): number {
  const found = { 'dos-sync': VERSION, node: process.execPath, version: process.version };
  process.stdout.write(`${JSON.stringify(found)}\n`);
  return 0;
}
