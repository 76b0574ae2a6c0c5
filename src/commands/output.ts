// The output of the commands.

import { sayOnStderr } from '../format/stderr.js';
import { writeAll, writeLines } from '../format/streams.js';

const STDOUT = 1;

export interface Output {
  /** Whole lines for stdout. */
  print(lines: readonly string[]): void;
  /** Raw bytes for stdout. */
  write(bytes: Uint8Array): void;
  /** Whole lines for stderr. */
  complain(lines: readonly string[]): void;
  /** The same, but without stdout: for reports that must stay machine-readable. */
  quiet(): Output;
}

function printOnStdout(lines: readonly string[]): void {
  writeLines(STDOUT, lines);
}

function writeOnStdout(bytes: Uint8Array): void {
  writeAll(STDOUT, bytes);
}

const QUIET: Output = { print: () => undefined, write: () => undefined, complain: sayOnStderr, quiet: () => QUIET };

export const STANDARD_OUTPUT: Output = {
  print: printOnStdout,
  write: writeOnStdout,
  complain: sayOnStderr,
  quiet: () => QUIET,
};
