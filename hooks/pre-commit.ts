// The pre-commit hook: judges the index that git passes, and blocks a commit that would leave a
// pair out of sync.

import { readFileSync } from 'node:fs';
import { sayOnStderr } from '../src/format/stderr.js';
import { parseOid } from '../src/git/oid.js';
import { passesFastPath, type SeenBySh } from './fast-path.js';

/**
 * The hook's sh passes the staged changes that it has seen on standard input, and as the next
 * argument the blob of HEAD's manifest.
 */
const HANDED_OVER = '--staged-on-stdin';

/** The hook's exit code: 0, or 1 to block. @throws Fault for exit code 2. */
export async function run(args: readonly string[] = []): Promise<number> {
  const [cwd, environment] = [process.cwd(), process.env];
  const seen = args[0] === HANDED_OVER ? readHandedOver(args[1]) : undefined;
  if (await passesFastPath({ cwd, environment, seen })) return 0;
  const { checkCommit } = await import('./commit.js');
  return checkCommit({ cwd, what: 'commit', environment, say: sayOnStderr });
}

/** Undefined if the end is missing: half of the staged changes would let the other half pass. */
function readHandedOver(manifest: string | undefined): SeenBySh | undefined {
  const text = readFileSync(0, 'latin1');
  const end = text.lastIndexOf('\nend\n');
  if (end < 0 || end + 5 !== text.length) return undefined;
  return { changes: text.slice(0, end), manifest: manifest === undefined ? undefined : parseOid(manifest) };
}
