// Durable file writes: the bytes are on the disk when a call returns. Synchronous, one system call
// at a time.

import { createHash } from 'node:crypto';
import { closeSync, constants, fchmodSync, openSync, type PathLike, readSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { deferSignals } from './at-end.js';
import { renameOver } from './rename.js';
import { syncFile } from './sync.js';
import { syncsDirectories } from './system.js';

const PRIVATE = 0o600;
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** Opens a file for reading. Never follows a link, and never blocks on a FIFO. */
export function openToRead(path: PathLike): number {
  return openSync(path, READ);
}

/** Creates a file and opens it; fails if it exists. */
export function openNew(path: PathLike, mode: number): number {
  return openSync(path, CREATE, mode);
}

/** As {@link openNew}, with exactly this mode, whatever the umask is. */
export function openNewFor(path: PathLike, mode: number): number {
  const file = openNew(path, PRIVATE);
  // safeguard shared-modes (R23): a shared file has the shared mode (e2e/shared)
  if (mode !== PRIVATE) fchmodSync(file, mode);
  return file;
}

/** Runs the work on an open file, then closes the file. */
export function withFile<Result>(file: number, work: (file: number) => Result): Result {
  try {
    return work(file);
  } finally {
    closeSync(file);
  }
}

/** A part of a file: its first byte, and the one after its last. */
export type ByteRange = readonly [start: number, end: number];

const WHOLE: ByteRange = [0, Number.POSITIVE_INFINITY];
const CHUNK = 1024 * 1024;
let buffer: Buffer | undefined;

/** Yields the chunks of an open file in order; each is overwritten by the next. */
function* chunksOf(file: number, [start, end]: ByteRange): Generator<Buffer> {
  buffer ??= Buffer.allocUnsafe(CHUNK);
  for (let at = start; at < end; ) {
    const length = readSync(file, buffer, 0, Math.min(CHUNK, end - at), at);
    if (length === 0) return;
    yield buffer.subarray(0, length);
    at += length;
  }
}

/**
 * Writes all bytes at a position of an open file; the position identifies the system call to fault
 * injection.
 */
export function writeAt(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
  }
}

/** The sha256 of an open file, in hex. */
export function digestOf(file: number): string {
  const hash = createHash('sha256');
  for (const chunk of chunksOf(file, WHOLE)) hash.update(chunk);
  return hash.digest('hex');
}

/** What a copy wrote: the sha256 of the content in hex, and its bytes. */
interface Copied {
  readonly sha256: string;
  readonly size: number;
}

/** Copies one open file, or a part of it, into another, from this position on. */
export function copyInto(source: number, target: number, position = 0, range = WHOLE): Copied {
  const hash = createHash('sha256');
  let size = 0;
  for (const chunk of chunksOf(source, range)) {
    hash.update(chunk);
    writeAt(target, chunk, position + size);
    size += chunk.length;
  }
  return { sha256: hash.digest('hex'), size };
}

/**
 * Replaces a file by a new text atomically: after a crash the file has the old text or the new one.
 */
export function replaceDurably(path: string, text: string, mode: number, temporary = `${path}.new`): void {
  deferSignals();
  // An interrupted write may have left one; no process uses it.
  rmSync(temporary, { force: true });
  try {
    withFile(openNewFor(temporary, mode), (file) => {
      writeAt(file, Buffer.from(text, 'utf8'), 0);
      syncFile(file);
    });
    renameOver(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  // safeguard synced-name (R11): a name is on the disk (system/faults: one fix)
  syncDirectory(dirname(path));
}

/** Syncs a directory, so that the names in it are as durable as the files. */
export function syncDirectory(directory: PathLike): void {
  if (!syncsDirectories()) return;
  withFile(openSync(directory, constants.O_RDONLY), syncFile);
}
