// The end of each program: the exit code of its work, or a fault said in full.

import { formatFault } from '../format/fault.js';
import { sayOnStderr } from '../format/stderr.js';
import { NO_VERDICT } from '../messages/check.js';
import { Fault } from '../messages/fault.js';

/** Ends with the work's exit code. Work that can never finish, since nothing is left to wait for,
 * ends with 2. */
export function exitWith(work: Promise<number>): void {
  const sayNoVerdict = () => sayOnStderr([NO_VERDICT]);
  process.once('beforeExit', sayNoVerdict);
  process.on('uncaughtException', (error) => {
    sayOnStderr(formatFault(error));
    process.exit(2);
  });
  work
    .catch((error: unknown) => {
      sayOnStderr(formatFault(error));
      return Fault.exitCodeOf(error);
    })
    .then(async (code) => {
      await takeSignals();
      process.off('beforeExit', sayNoVerdict);
      process.exitCode = code;
    });
}

/** A signal that arrived while the main thread was busy is seen when the event loop polls, so after
 * the turn that goes on. */
function takeSignals(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
