// The pre-push hook: judges what is about to leave, ref by ref.

import { gatePush } from '../src/gate-push.js';
import { sayOnStderr } from '../src/report/stderr.js';

/** The hook's exit code: 0, or 1 to block. `args`: the remote's name and URL. @throws Fault for exit code 2. */
export function run(args: readonly string[]): Promise<number> {
  return gatePush({
    cwd: process.cwd(),
    remote: args[0] ?? '',
    input: process.stdin,
    environment: process.env,
    say: sayOnStderr,
  });
}
