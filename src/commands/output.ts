// Where the commands speak.

import { writeSync } from 'node:fs';
import { sayOnStderr } from '../report/stderr.js';

const STDOUT = 1;

export interface Output {
  /** Whole lines for stdout. */
  print(lines: readonly string[]): void;
  /** Bytes for stdout, as they are. */
  write(bytes: Uint8Array): void;
  /** Whole lines for stderr. */
  complain(lines: readonly string[]): void;
  /** The same, with nothing on stdout: for reports that must stay machine-readable. */
  quiet(): Output;
}

function printOnStdout(lines: readonly string[]): void {
  writeOnStdout(Buffer.from(lines.map((line) => `${line}\n`).join('')));
}

function writeOnStdout(bytes: Uint8Array): void {
  for (let rest = bytes; rest.length > 0; ) rest = rest.subarray(writeSome(rest));
}

// A pipe that is full, or one that nobody reads any more (`| head`).
function writeSome(bytes: Uint8Array): number {
  try {
    return writeSync(STDOUT, bytes);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EAGAIN') return 0;
    if (code === 'EPIPE') return bytes.length;
    throw error;
  }
}

const QUIET: Output = { print: () => undefined, write: () => undefined, complain: sayOnStderr, quiet: () => QUIET };

export const STANDARD_OUTPUT: Output = {
  print: printOnStdout,
  write: writeOnStdout,
  complain: sayOnStderr,
  quiet: () => QUIET,
};
