// Opens the terminal that a person sits at; git gives hooks no usable standard input.

import { closeSync, constants, openSync, readFileSync, readSync } from 'node:fs';
import { ReadStream, WriteStream } from 'node:tty';

/** An open terminal, for one question or one output. */
export interface Terminal {
  readonly input: ReadStream;
  readonly output: WriteStream;
}

/** True unless the kernel says that another process group has the terminal; reading it would stop
 * us for ever. */
function isInForeground(): boolean {
  if (process.platform !== 'linux') return true;
  // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: pid (comm) state ppid pgrp session
  // tty_nr tpgid
  const stat = readFileSync('/proc/self/stat', 'latin1');
  const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return group === foreground;
}

/** True if there is a terminal, and nobody else has it at the moment. */
export function hasTerminal(): boolean {
  const file = openOrNothing();
  if (file === undefined) return false;
  closeSync(file);
  return isInForeground();
}

/**
 * Opens the terminal anew for the work, since a prompt ends the streams that it was given, and
 * throws away what was typed so far: it was not meant for us.
 */
export async function withTerminal<Result>(work: (terminal: Terminal) => Promise<Result>): Promise<Result> {
  const input = new ReadStream(openSync('/dev/tty', constants.O_RDONLY));
  const output = new WriteStream(openSync('/dev/tty', constants.O_WRONLY));
  try {
    discardTypedAhead(input);
    return await work({ input, output });
  } finally {
    input.destroy();
    output.destroy();
  }
}

// Only opening it tells: /dev/tty can look readable where there is no terminal.
function openOrNothing(): number | undefined {
  try {
    return openSync('/dev/tty', constants.O_RDWR | constants.O_NONBLOCK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENXIO' || code === 'ENOENT' || code === 'EACCES' || code === 'ENODEV' || code === 'EIO')
      return undefined;
    throw error;
  }
}

// In raw mode a half-typed line can be read too.
function discardTypedAhead(input: ReadStream): void {
  const file = openSync('/dev/tty', constants.O_RDONLY | constants.O_NONBLOCK);
  const buffer = Buffer.alloc(1024);
  input.setRawMode(true);
  while (readPending(file, buffer) > 0);
  input.setRawMode(false);
  closeSync(file);
}

function readPending(file: number, buffer: Buffer): number {
  try {
    return readSync(file, buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  }
}
