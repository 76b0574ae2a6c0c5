// The pre-push hook: judges the pushed commits, ref by ref.

import { sayOnStderr } from '../src/format/stderr.js';
import { checkPush } from './push.js';

/** The hook's exit code: 0, or 1 to block. `args`: the remote's name and URL. @throws Fault for
 * exit code 2. */
export function run(args: readonly string[]): Promise<number> {
  return checkPush({
    cwd: process.cwd(),
    remote: args[0] ?? '',
    input: process.stdin,
    environment: process.env,
    say: sayOnStderr,
  });
}
