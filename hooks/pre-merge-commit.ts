// The pre-merge-commit hook: judges the merged index; drift that one parent has just as it is does not block.

import { gate } from '../src/gate.js';
import { sayOnStderr } from '../src/report/stderr.js';

/** The hook's exit code: 0, or 1 to block. @throws Fault for exit code 2. */
export function run(): Promise<number> {
  return gate({ cwd: process.cwd(), what: 'merge', environment: process.env, say: sayOnStderr });
}
