// The pre-commit hook: judges the index that git hands it, and blocks the commit that would leave a pair out of sync.

import { gate } from '../src/gate.js';
import { sayOnStderr } from '../src/report/stderr.js';

/** The hook's exit code: 0, or 1 to block. @throws Fault for exit code 2. */
export function run(): Promise<number> {
  return gate({ cwd: process.cwd(), what: 'commit', environment: process.env, say: sayOnStderr });
}
