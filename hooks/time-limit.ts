// Bounds the time of a hook that others wait for.

import { Worker } from 'node:worker_threads';
import { formatFault } from '../src/format/fault.js';
import { stopGit } from '../src/git/run.js';
import { Fault } from '../src/messages/fault.js';
import { RECEIVE_LIMIT_HINT, sayReceiveLimit } from '../src/messages/push.js';

/** After the limit, for the orderly way out. */
const GRACE = 1000;
/** Does the work. @throws Fault `usage` once the time is over; every git that is still at work is
 * ended then. */
export async function withinLimit<Result>(seconds: number, work: () => Promise<Result>): Promise<Result> {
  const fault = new Fault('usage', sayReceiveLimit(seconds), RECEIVE_LIMIT_HINT);
  const guard = startGuard(seconds * 1000 + GRACE, formatFault(fault));
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(fault);
      stopGit();
    }, seconds * 1000);
  });
  try {
    return await Promise.race([work(), over]);
  } finally {
    clearTimeout(timer);
    await guard.terminate();
  }
}

// No timer fires on a thread that is busy, with a manifest of many megabytes for instance; this one
// is idle.
const GUARD = `
const { workerData } = require('node:worker_threads');
setTimeout(() => {
  require('node:fs').writeSync(2, workerData.words);
  process.kill(process.pid, 'SIGKILL');
}, workerData.milliseconds);
`;

function startGuard(milliseconds: number, lines: readonly string[]): Worker {
  const worker = new Worker(GUARD, { eval: true, workerData: { milliseconds, words: `${lines.join('\n')}\n` } });
  worker.unref();
  return worker;
}
