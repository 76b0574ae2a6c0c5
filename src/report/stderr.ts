// Where hooks speak: whole lines on stderr, since git keeps a hook's stdout for itself.

import { writeSync } from 'node:fs';

const STDERR = 2;

/** Writes at once, so that nothing is lost when the process ends. */
export function sayOnStderr(lines: readonly string[]): void {
  if (lines.length > 0) writeSync(STDERR, `${lines.join('\n')}\n`);
}
