// Writes to our streams synchronously, so that nothing is lost when the process ends.

import { fstatSync, writeSync } from 'node:fs';
import { styleText } from 'node:util';
import { errorCode } from '../disk/error-code.js';

/** Writes whole lines; at a terminal in colour, unless the user wants none. */
export function writeLines(file: number, lines: readonly string[]): void {
  const shown = isColoured(file) ? lines.map(paint) : lines;
  writeAll(file, Buffer.from(shown.map((line) => `${line}\n`).join('')));
}

// https://no-color.org, https://force-color.org
function isColoured(file: number): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  return FORCE_COLOR ? FORCE_COLOR !== '0' : TERM !== 'dumb' && isTerminal(file);
}

// node:tty would load node:net, for every start. /dev/null counts too, where colour does no harm.
function isTerminal(file: number): boolean {
  try {
    return fstatSync(file).isCharacterDevice();
  } catch {
    return false;
  }
}

/** A command stands out, its remark stays back, and the first line says who speaks. */
function paint(line: string): string {
  const [, command, remark = ''] = /^ {2}> (.*?)( {3}# .*)?$/.exec(line) ?? [];
  if (command !== undefined) return `  > ${styleText('bold', command)}${styleText('dim', remark)}`;
  return line.startsWith('dos-sync: ') ? styleText('bold', line) : line;
}

/** Writes all bytes; drops them if the reader has gone. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let rest = bytes; rest.length > 0; ) rest = rest.subarray(writeSome(file, rest));
}

// Handles a full pipe and a closed one (`| head`).
function writeSome(file: number, bytes: Uint8Array): number {
  try {
    return writeSync(file, bytes);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EAGAIN') return 0;
    if (code === 'EPIPE') return bytes.length;
    throw error;
  }
}
