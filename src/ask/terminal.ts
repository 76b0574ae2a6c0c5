// Opens the user's terminal, because git gives hooks no usable standard input.

import { closeSync, constants, openSync, readSync } from 'node:fs';
import { ReadStream, WriteStream } from 'node:tty';
import { errorCode } from '../disk/error-code.js';
import { readProcess } from '../disk/process-state.js';
import { terminalDevices } from '../disk/system.js';

const DEVICES = terminalDevices();

/** An open terminal, for one prompt or one output. */
export interface Terminal {
  readonly input: ReadStream;
  readonly output: WriteStream;
}

/** False if another process group has the terminal; a read would then stop us for ever. */
function isInForeground(): boolean {
  return readProcess(process.pid)?.foreground ?? true;
}

/** True if there is a terminal and we are in its foreground. */
export function hasTerminal(): boolean {
  const file = openOrNothing();
  if (file === undefined) return false;
  closeSync(file);
  return isInForeground();
}

/**
 * Opens the terminal for the work, because a prompt closes its streams. Discards what was typed so
 * far, because it was not meant for us.
 */
export async function withTerminal<Result>(work: (terminal: Terminal) => Promise<Result>): Promise<Result> {
  const input = new ReadStream(openSync(DEVICES.input, constants.O_RDONLY));
  const output = new WriteStream(openSync(DEVICES.output, constants.O_WRONLY));
  try {
    // safeguard typed-ahead (T13): what was typed before is no answer (e2e/prompt: what was typed)
    discardTypedAhead(input);
    return await work({ input, output });
  } finally {
    input.destroy();
    output.destroy();
  }
}

/** Reads the terminal's width and height again: Node does that for its own streams only. */
export function measureAgain(output: WriteStream): void {
  const fresh = new WriteStream(openSync(DEVICES.output, constants.O_WRONLY));
  output.columns = fresh.columns;
  output.rows = fresh.rows;
  fresh.destroy();
}

/** EINVAL and UNKNOWN are what Windows says of a process without a console. */
const NO_TERMINAL = ['ENXIO', 'ENOENT', 'EACCES', 'ENODEV', 'EIO', 'EINVAL', 'UNKNOWN'];

// Only opening it shows: /dev/tty can look readable without a terminal.
function openOrNothing(): number | undefined {
  try {
    return openSync(DEVICES.input, constants.O_RDWR | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = errorCode(error);
    if (NO_TERMINAL.includes(code ?? '')) return undefined;
    throw error;
  }
}

// In raw mode an unfinished line can be read too.
function discardTypedAhead(input: ReadStream): void {
  // Without a reading that does not wait, as on Windows, nothing can be discarded.
  if (constants.O_NONBLOCK === undefined) return;
  const file = openSync(DEVICES.input, constants.O_RDONLY | constants.O_NONBLOCK);
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
    if (errorCode(error) === 'EAGAIN') return 0;
    throw error;
  }
}
