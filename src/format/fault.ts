// Formats a Fault: what, where, what to type next. Only a bug shows its stack.

import { errorCode } from '../disk/error-code.js';
import { Fault, type FaultKind } from '../messages/fault.js';
import { show } from '../messages/show.js';

const EVERY_LINE = /\n/;

/** What the kind says about the state; a wrong command line says nothing about it. */
const OUTCOMES: { readonly [Kind in FaultKind]?: string } = { busy: 'nothing was changed. ', usage: '' };

/** The lines for stderr. */
export function formatFault(error: unknown): string[] {
  if (!Fault.is(error) || error.kind === 'bug') return formatBug(error);
  const [first = '', ...rest] = error.message.split(EVERY_LINE).map(show);
  const hint = error.hint === undefined ? [] : [`  ${error.hint}`];
  return [`dos-sync: ${OUTCOMES[error.kind] ?? 'could not check. '}${first}`, ...rest, ...hint];
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
