// Writes to our streams synchronously, so that nothing is lost when the process ends.

import { writeSync } from 'node:fs';
import { errorCode } from '../disk/error-code.js';

/** Writes all bytes; drops them if the reader has gone. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let rest = bytes; rest.length > 0; ) rest = rest.subarray(writeSome(file, rest));
}

// Handles a full pipe and a closed one (`| head`).
function writeSome(file: number, bytes: Uint8Array): number {
  try {
    return writeSync(file, bytes);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EAGAIN') return 0;
    if (code === 'EPIPE') return bytes.length;
    throw error;
  }
}
