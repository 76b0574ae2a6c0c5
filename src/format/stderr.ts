// The output of hooks: complete lines on stderr, because git uses a hook's stdout.

import { writeLines } from './streams.js';

const STDERR = 2;

export function sayOnStderr(lines: readonly string[]): void {
  if (lines.length > 0) writeLines(STDERR, lines);
}
