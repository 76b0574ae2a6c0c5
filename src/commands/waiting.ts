// Shows on a terminal that work is in progress if it takes over a second, and clears that line
// afterwards.

import { writeSync } from 'node:fs';
import { sayComparing } from '../messages/check.js';

const STDERR = 2;
const INTERVAL = 1000;
const CLEAR_LINE = '\r\u001b[K';

/** Runs the work, which must not print. */
export async function whileWaiting<Result>(work: () => Promise<Result>): Promise<Result> {
  if (!process.stderr.isTTY || process.env['TERM'] === 'dumb') return work();
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += 1;
    writeSync(STDERR, `${CLEAR_LINE}${sayComparing(seconds)}`);
  }, INTERVAL);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (seconds > 0) writeSync(STDERR, CLEAR_LINE);
  }
}
