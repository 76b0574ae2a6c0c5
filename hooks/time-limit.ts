// The time limit of pre-receive.

import { Worker } from 'node:worker_threads';
import { formatFault } from '../src/format/fault.js';
import { stopGit } from '../src/git/run.js';
import { Fault } from '../src/messages/fault.js';
import { RECEIVE_LIMIT_HINT, type ReceiveProgress, sayReceiveLimit } from '../src/messages/push.js';

/** How much of the work is done; the counts can be read by another thread. */
export class WorkDone {
  readonly counts = new Int32Array(new SharedArrayBuffer(8));
  #next = '';

  /** `next`: what is being done now. */
  set(done: number, all: number, next: string): void {
    this.counts.set([done, all]);
    this.#next = next;
  }

  say(): ReceiveProgress | undefined {
    const [done = 0, all = 0] = this.counts;
    return all === 0 ? undefined : { done: String(done), all: String(all), next: this.#next };
  }
}

/** Time after the limit for an orderly end. */
const GRACE = 1000;

/** Runs the work. @throws Fault `usage` after the time limit, which also ends every running git. */
export async function withinLimit<Result>(
  seconds: number,
  progress: WorkDone,
  work: () => Promise<Result>,
): Promise<Result> {
  const guard = startGuard(seconds, progress);
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      // safeguard time-limit (T18): a push has a time limit (e2e/pre-receive-limits: over the time)
      reject(limitFault(seconds, progress.say()));
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

function limitFault(seconds: number, progress: ReceiveProgress | undefined): Fault {
  return new Fault('usage', sayReceiveLimit(seconds, progress), RECEIVE_LIMIT_HINT);
}

// A busy thread fires no timer, for example while it parses a manifest of many megabytes; this one
// is idle.
const GUARD = `
const { workerData } = require('node:worker_threads');
setTimeout(() => {
  const [done, all] = workerData.counts;
  const words = all === 0 ? workerData.before : workerData.during.replace('@DONE', done).replace('@ALL', all);
  require('node:fs').writeSync(2, words);
  process.kill(process.pid, 'SIGKILL');
}, workerData.milliseconds);
`;

function startGuard(seconds: number, { counts }: WorkDone): Worker {
  const during: ReceiveProgress = { done: '@DONE', all: '@ALL', next: '' };
  const [before, later] = [undefined, during].map((each) => `${formatFault(limitFault(seconds, each)).join('\n')}\n`);
  const workerData = { milliseconds: seconds * 1000 + GRACE, counts, before, during: later };
  const worker = new Worker(GUARD, { eval: true, workerData });
  worker.unref();
  return worker;
}
