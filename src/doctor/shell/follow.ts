// Follows a hook to dos-sync and, if dos-sync fails, on to the hook's exit code. Takes every way
// through the script and runs no command of it. Pure.

import { type ShellWay, startWays } from './state.js';
import { readScript, type ShellCommand } from './tree.js';
import { Walk } from './walk.js';

/** What happens to the exit code with which dos-sync blocks. */
export type Followed =
  /** The hook always returns it. */
  | 'reached'
  /** The hook returns 0 instead. */
  | 'swallowed'
  /** dos-sync is never started. */
  | 'not reached'
  /** On some ways the hook returns 0, without dos-sync or despite it. */
  | 'sometimes'
  | 'cannot follow';

/** What is known before the first line. */
export interface Script {
  readonly text: string;
  /** True for the words of the command that starts dos-sync, without quotes. */
  readonly isOurs: (words: readonly string[], variables: ReadonlyMap<string, string | undefined>) => boolean;
  readonly variables?: Readonly<Record<string, string>>;
  /** Run with `sh -e`. */
  readonly errexit?: boolean;
}

export function followScript(script: Script): Followed {
  const errexit = (script.errexit ?? false) || /^#![^\n]*\s-[a-z]*e/.test(script.text);
  const tree = readScript(script.text);
  // safeguard unread-shell: sh that is not understood is not judged (unit/doctor/follow)
  if (tree === undefined) return 'cannot follow';
  const steps = new Walk(script.isOurs);
  const ended = follow(steps, tree, startWays(script.variables ?? {}, errexit));
  return steps.isLost ? 'cannot follow' : judge(ended);
}

function follow(steps: Walk, tree: ShellCommand, start: readonly ShellWay[]): readonly ShellWay[] {
  return steps.run(tree, start, false).flatMap((way) => steps.end(way));
}

function judge(ways: readonly ShellWay[]): Followed {
  const lost = ways.some(({ flow }) => flow === 'lost');
  const ended = ways.filter(({ flow }) => flow !== 'lost');
  const reached = ended.filter((way) => way.reached);
  const swallowed = reached.filter(({ status }) => status === '0');
  // safeguard swallowed (R9): an exit code that the hook drops is reported (unit/doctor/follow)
  if (swallowed.some(({ guessed }) => !guessed)) return 'swallowed';
  if (reached.length > 0 && swallowed.length === reached.length && !lost) return 'swallowed';
  if (lost) return 'cannot follow';
  // safeguard not-reached (R9): a check that is not reached is reported (unit/doctor/follow)
  if (reached.length === 0) return 'not reached';
  return ended.every(({ status }) => status !== '0') ? 'reached' : 'sometimes';
}
