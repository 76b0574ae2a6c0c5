// The pre-merge-commit hook: judges the merged index. Drift taken unchanged from a parent does not
// block.

import { sayOnStderr } from '../src/format/stderr.js';
import { checkCommit } from './commit.js';

/** The hook's exit code: 0, or 1 to block. @throws Fault for exit code 2. */
export function run(): Promise<number> {
  return checkCommit({ cwd: process.cwd(), what: 'merge', environment: process.env, say: sayOnStderr });
}
