// Blobs as a checkout would write them, many per git process: one process per file would be far too
// slow.

import { randomBytes } from 'node:crypto';
import { missingHere } from '../messages/trees.js';
import type { Oid } from './oid.js';
import { bytesOf, type RepoPath } from './path.js';
import { type Git, gitFailed, runGitSync } from './run.js';

/** A blob, and the path whose attributes apply to its checkout. */
export interface CheckOut {
  readonly oid: Oid;
  readonly path: RepoPath;
}

/** Bytes of each blob that is in the store. */
export function readSizes(git: Git, oids: readonly Oid[]): ReadonlyMap<Oid, number> {
  if (oids.length === 0) return new Map();
  const args = ['cat-file', '--batch-check'];
  const result = runGitSync(git, args, { input: Buffer.from(oids.map((oid) => `${oid}\n`).join('')) });
  if (result.code !== 0) throw gitFailed(args, result);
  const lines = result.stdout.toString('latin1').split('\n');
  const sizes = oids.map((oid, at) => [oid, Number(lines[at]?.split(' ')[2] ?? Number.NaN)] as const);
  return new Map(sizes.filter(([, size]) => Number.isInteger(size)));
}

/** As {@link readBlobs}, with end-of-line, encoding and filters applied. */
export function readCheckedOut(git: Git, wanted: readonly CheckOut[]): readonly Buffer[] {
  const names = wanted.map(({ oid, path }) => Buffer.concat([Buffer.from(`${oid} `), bytesOf(path)]));
  return readBatch(git, ['--filters'], names);
}

/** The contents in order. @throws Fault `git` if a blob is not in the store. */
export function readBlobs(git: Git, oids: readonly Oid[]): readonly Buffer[] {
  const names = oids.map((oid) => Buffer.from(oid));
  return readBatch(git, [], names);
}

// With --filters git reports the unfiltered size, so a random header marks the start of each
// content.
function readBatch(git: Git, flags: readonly string[], names: readonly Buffer[]): readonly Buffer[] {
  const start = Buffer.from(`start-${randomBytes(20).toString('hex')}\n`);
  const input = Buffer.concat(names.flatMap((name) => [name, Buffer.from('\0')]));
  const args = ['cat-file', `--batch=${start.toString().trim()}`, ...flags, '-z'];
  const result = runGitSync(git, args, { input });
  if (result.code !== 0) throw gitFailed(args, result);
  const { stdout } = result;
  const contents: Buffer[] = [];
  for (let at = stdout.indexOf(start); at >= 0; ) {
    const next = stdout.indexOf(start, at + start.length);
    // A newline follows each content.
    contents.push(stdout.subarray(at + start.length, next < 0 ? -1 : next - 1));
    at = next;
  }
  // The line about a blob that is missing would be in the content before it.
  if (contents.length !== names.length) throw missingHere('A content that is copied');
  return contents;
}

const MOST_AT_ONCE = 5000;
/** Bytes. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Bytes. Larger blobs are streamed by a separate git process. */
export const LARGEST = 1024 * 1024;

/** Groups blobs that are fetched together, to save processes and limit memory. */
export function* groupBySize<Blob extends { readonly size: number }>(blobs: readonly Blob[]): Generator<Blob[]> {
  let group: Blob[] = [];
  let bytes = 0;
  for (const blob of blobs) {
    if (group.length > 0 && (group.length === MOST_AT_ONCE || bytes + blob.size > MOST_BYTES)) {
      yield group;
      [group, bytes] = [[], 0];
    }
    group.push(blob);
    bytes += blob.size;
  }
  if (group.length > 0) yield group;
}
