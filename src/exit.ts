// The end of each program: the exit code of its work, or a fault told in full; the only place that sets process.exitCode.

import { Fault } from './messages/fault.js';
import { layOutFault } from './report/fault.js';
import { sayOnStderr } from './report/stderr.js';

/** Ends with what the work comes to. */
export function exitWith(work: Promise<number>): void {
  work.then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      sayOnStderr(layOutFault(error));
      process.exitCode = Fault.exitCodeOf(error);
    },
  );
}
