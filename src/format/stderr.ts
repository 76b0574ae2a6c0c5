// Where hooks speak: whole lines on stderr, since git keeps a hook's stdout for itself.

import { writeAll } from './streams.js';

const STDERR = 2;

export function sayOnStderr(lines: readonly string[]): void {
  if (lines.length > 0) writeAll(STDERR, Buffer.from(`${lines.join('\n')}\n`));
}
