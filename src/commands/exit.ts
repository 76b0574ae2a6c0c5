// The end of each program: its exit code, or the message of a Fault.

import { foreignFiles } from '../disk/owner.js';
import { formatFault } from '../format/fault.js';
import { sayOnStderr } from '../format/stderr.js';
import { NO_VERDICT } from '../messages/check.js';
import { sayForeignFiles } from '../messages/disk.js';
import { Fault } from '../messages/fault.js';

/**
 * Exits with the work's exit code. Work that can never finish, because nothing is pending, exits
 * with 2.
 */
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
      const foreign = foreignFiles();
      if (foreign.length > 0) sayOnStderr([sayForeignFiles(foreign)]);
      await takeSignals();
      process.off('beforeExit', sayNoVerdict);
      process.exitCode = code;
    });
}

/**
 * A signal that arrived while the main thread was busy is handled when the event loop polls, after
 * this turn.
 */
function takeSignals(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
