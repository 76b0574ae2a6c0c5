// The pre-receive hook of a server repository: judges each ref before it moves; never writes, never
// asks.

import { sayOnStderr } from '../src/format/stderr.js';
import { checkReceived } from './receive.js';

/** The hook's exit code: 0, or 1 to refuse the push. @throws Fault for exit code 2. */
export function run(): Promise<number> {
  return checkReceived({ cwd: process.cwd(), input: process.stdin, say: sayOnStderr });
}
