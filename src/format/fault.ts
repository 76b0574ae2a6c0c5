// Formats a Fault: what, where, what to type next. Only a bug shows its stack.

import { errorCode } from '../disk/error-code.js';
import { Fault } from '../messages/fault.js';
import { show } from '../messages/show.js';

const EVERY_LINE = /\n/;

/** The lines for stderr. */
export function formatFault(error: unknown): string[] {
  if (!Fault.is(error) || error.kind === 'bug') return formatBug(error);
  const [first = '', ...rest] = error.message.split(EVERY_LINE).map(show);
  const hint = error.hint === undefined ? [] : [`  ${error.hint}`];
  const outcome = error.kind === 'busy' ? 'nothing was changed' : 'could not check';
  return [`dos-sync: ${outcome}. ${first}`, ...rest, ...hint];
}

function formatBug(error: unknown): string[] {
  const code = errorCode(error);
  const syscall = (error as NodeJS.ErrnoException | undefined)?.syscall;
  if (error instanceof Error && code !== undefined && syscall !== undefined) {
    return [`dos-sync: could not check. ${show(error.message)}`];
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return ['dos-sync: this is a bug in dos-sync; please report it.', ...stack.split(EVERY_LINE).map(show)];
}
