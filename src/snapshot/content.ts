// Reads the content of an entry from git's store, or from the disk if it is not stored yet.

import { lstatSync, readFileSync } from 'node:fs';
import { LARGEST_TEXT } from '../differences/text-rule.js';
import type { Entry } from '../git/entry.js';
import type { ObjectReader } from '../git/objects.js';
import { hashObject, type ObjectFormat, type Oid } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { absolutePath } from './disk.js';

interface Place {
  readonly repository: Repository;
  readonly objects: ObjectReader;
}

/** The blob's bytes; undefined if neither the store nor the unconverted working file has them. */
export async function readContent(place: Place, path: RepoPath, entry: Entry): Promise<Buffer | undefined> {
  if (entry.kind !== 'file' && entry.kind !== 'link') return undefined;
  const blob = await place.objects.contents(entry.oid);
  if (blob) return blob.content;
  const { top, format } = place.repository;
  return readFromDisk(absolutePath(top, path), format, entry.oid);
}

/** The blob's bytes, or its size if that is over 1 MiB; undefined if it is not here. */
export async function readStored(objects: ObjectReader, oid: Oid): Promise<Buffer | number | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  const object = await objects.stream(oid, (chunk) => {
    length += chunk.length;
    if (length <= LARGEST_TEXT) chunks.push(chunk);
  });
  return object && (length > LARGEST_TEXT ? length : Buffer.concat(chunks));
}

/**
 * The working file's content as git would store it; undefined if that blob is not its plain content
 * or the one with LF at the ends of lines.
 */
export function readFromDisk(path: Buffer, format: ObjectFormat, oid: Oid): Buffer | undefined {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
  return asStored(readFileSync(path), format, oid);
}

/** The content, or the content without CR at the ends of lines, if it has this id. */
export function asStored(content: Buffer, format: ObjectFormat, oid: Oid): Buffer | undefined {
  if (hashObject(format, 'blob', content) === oid) return content;
  const converted = Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  return hashObject(format, 'blob', converted) === oid ? converted : undefined;
}

/** Its size in bytes; the working file's size if the blob is not stored. */
export async function readSize(place: Place, path: RepoPath | null, entry: Entry): Promise<number | undefined> {
  if (path === null || (entry.kind !== 'file' && entry.kind !== 'link')) return undefined;
  const known = await place.objects.info(entry.oid);
  return known?.size ?? lstatSync(absolutePath(place.repository.top, path), { throwIfNoEntry: false })?.size;
}
