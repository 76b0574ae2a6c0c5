// The pre-commit hook: judges the index that git hands it, and blocks the commit that would leave a pair out of sync.

import { readFileSync } from 'node:fs';
import { passesAtAGlance } from '../src/glance.js';
import { sayOnStderr } from '../src/report/stderr.js';

/** Says that the hook's sh hands over, on standard input, what it has seen staged. */
const HANDED_OVER = '--staged-on-stdin';

/** The hook's exit code: 0, or 1 to block. @throws Fault for exit code 2. */
export async function run(args: readonly string[] = []): Promise<number> {
  const [cwd, environment] = [process.cwd(), process.env];
  const seen = args[0] === HANDED_OVER ? { seen: readFileSync(0, 'latin1') } : {};
  if (await passesAtAGlance({ cwd, environment, ...seen })) return 0;
  const { gate } = await import('../src/gate.js');
  return gate({ cwd, what: 'commit', environment, say: sayOnStderr });
}
