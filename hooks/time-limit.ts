// The time limit of pre-receive.

import { Worker } from 'node:worker_threads';
import { formatFault } from '../src/format/fault.js';
import { stopGit } from '../src/git/run.js';
import { Fault } from '../src/messages/fault.js';
import { RECEIVE_LIMIT_HINT, sayReceiveLimit } from '../src/messages/push.js';

/** Time after the limit for an orderly end. */
const GRACE = 1000;
/** Runs the work. @throws Fault `usage` after the time limit, which also ends every running git. */
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

// A busy thread fires no timer, for example while it parses a manifest of many megabytes; this one
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
