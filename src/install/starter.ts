// The program in git's configuration, <common git directory>/dos-sync/start: finds Node, and our
// program if it is safe to run.

import { join } from 'node:path';
import type { Checkout } from '../git/porcelain.js';
import { buildStarter } from './block.js';
import { readFoundFile, writeChange, writeDirectory } from './disk.js';
import { readTemplate } from './templates.js';
import type { Recorded } from './types.js';

const FIND = 'f="$(git rev-parse --git-common-dir)/dos-sync/start"';

/** A sh command line that sources the starter for a hook, or for `git dos-sync`. */
export function startLine(hook: string, again: string): string {
  const gone = `echo "dos-sync: $f does not exist. Install the hooks again: ${again}" >&2; exit 2;`;
  return `${FIND}; [ -r "$f" ] || { ${gone} }; _dos_sync_hook=${hook}; . "$f"`;
}

/** Writes the starter, unless it exists. */
export function writeStarter({ commonDir }: Checkout, recorded: Recorded): void {
  const path = join(commonDir, 'dos-sync', 'start');
  const before = readFoundFile(path);
  const text = buildStarter(readTemplate('hook-block.sh'), recorded);
  if (before.kind === 'file' && before.text === text) return;
  writeDirectory(join(commonDir, 'dos-sync'));
  writeChange({ step: 'write', path, before, text, mode: 0o644, what: 'changed' });
}
