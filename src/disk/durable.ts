// Bytes that are on the disk once the call returns. Everything runs on the main thread, one system
// call after the other.

import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  openSync,
  type PathLike,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { syncFile } from './sync.js';

const PRIVATE = 0o600;
const CHUNK = 1024 * 1024;
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** Opens a file for reading, never through a link, and never waiting for a FIFO's other end. */
export function openToRead(path: PathLike): number {
  return openSync(path, READ);
}

/** Opens a file that must not be there yet. */
export function openNew(path: PathLike, mode: number): number {
  return openSync(path, CREATE, mode);
}

/** As {@link openNew}, with this very mode, whatever the umask is. */
export function openNewFor(path: PathLike, mode: number): number {
  const file = openNew(path, PRIVATE);
  if (mode !== PRIVATE) fchmodSync(file, mode);
  return file;
}

/** Does the work with an open file, then closes it. */
export function withFile<Result>(file: number, work: (file: number) => Result): Result {
  try {
    return work(file);
  } finally {
    closeSync(file);
  }
}

/** Every chunk of an open file, in order. */
function* chunksOf(file: number): Generator<Buffer> {
  const buffer = Buffer.allocUnsafe(CHUNK);
  for (let at = 0; ; ) {
    const length = readSync(file, buffer, 0, CHUNK, at);
    if (length === 0) return;
    yield buffer.subarray(0, length);
    at += length;
  }
}

/** Writes all bytes at a position of an open file; the position names the system call that a fault
 * can be put at. */
export function writeAt(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
  }
}

/** The sha256 of an open file, in hex. */
export function digestOf(file: number): string {
  const hash = createHash('sha256');
  for (const chunk of chunksOf(file)) hash.update(chunk);
  return hash.digest('hex');
}

/** Copies one open file into another, to the disk; the sha256 of what was copied. */
export function copyInto(source: number, target: number): string {
  const hash = createHash('sha256');
  let at = 0;
  for (const chunk of chunksOf(source)) {
    hash.update(chunk);
    writeAt(target, chunk, at);
    at += chunk.length;
  }
  syncFile(target);
  return hash.digest('hex');
}

/** Puts a text in place of a file, whole: the old text or the new one is there, whatever
 * happens. */
export function replaceDurably(path: string, text: string, mode: number, temporary = `${path}.new`): void {
  // One that an interruption has left is nobody's.
  rmSync(temporary, { force: true });
  withFile(openNewFor(temporary, mode), (file) => {
    writeAt(file, Buffer.from(text, 'utf8'), 0);
    syncFile(file);
  });
  renameSync(temporary, path);
  syncDirectory(dirname(path));
}

/** Makes the names in a directory as durable as the files. */
export function syncDirectory(directory: PathLike): void {
  // Windows opens no directories.
  if (process.platform === 'win32') return;
  withFile(openSync(directory, constants.O_RDONLY), syncFile);
}
