// The pre-receive hook of a repository that is pushed to: judges each ref before it moves; never writes, never asks.

import { gateReceive } from '../src/gate-receive.js';
import { sayOnStderr } from '../src/report/stderr.js';

/** The hook's exit code: 0, or 1 to refuse the push. @throws Fault for exit code 2. */
export function run(): Promise<number> {
  return gateReceive({ cwd: process.cwd(), input: process.stdin, say: sayOnStderr });
}
