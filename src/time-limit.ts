// Bounds the time of a hook that others wait for.

import { Worker } from 'node:worker_threads';
import { readConfig } from './git/repository.js';
import { type Git, stopGit } from './git/run.js';
import { Fault } from './messages/fault.js';
import { RECEIVE_LIMIT_HINT, sayBadLimit, sayReceiveLimit } from './messages/push.js';
import { layOutFault } from './report/fault.js';

const DEFAULT_SECONDS = 60;
/** After the limit, for the orderly way out. */
const GRACE = 1000;
/** The longest that a timer takes. */
const LONGEST_SECONDS = 2_000_000;

/** dosSync.receiveTimeLimit, in seconds. @throws Fault `usage` if it is no number above 0. */
export async function readTimeLimit(git: Git): Promise<number> {
  const text = await readConfig(git, 'dosSync.receiveTimeLimit');
  if (text === undefined) return DEFAULT_SECONDS;
  const seconds = Number(text);
  if (/^[\d.]+$/.test(text) && seconds > 0 && seconds <= LONGEST_SECONDS) return seconds;
  throw new Fault('usage', sayBadLimit(text), `git config dosSync.receiveTimeLimit ${DEFAULT_SECONDS}   (seconds)`);
}

/** Does the work. @throws Fault `usage` once the time is over; every git that is still at work is ended then. */
export async function withinLimit<Result>(seconds: number, work: () => Promise<Result>): Promise<Result> {
  const fault = new Fault('usage', sayReceiveLimit(seconds), RECEIVE_LIMIT_HINT);
  const guard = startGuard(seconds * 1000 + GRACE, layOutFault(fault));
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

// No timer fires on a thread that is busy, with a manifest of many megabytes for instance; this one is idle.
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
