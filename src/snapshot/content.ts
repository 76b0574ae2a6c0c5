// Reads the content of an entry from git's store, or from the disk if it is not stored yet.

import { lstatSync, readFileSync } from 'node:fs';
import type { Entry } from '../git/entry.js';
import type { ObjectReader } from '../git/objects.js';
import { hashObject } from '../git/oid.js';
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
  if (!lstatSync(absolutePath(top, path), { throwIfNoEntry: false })?.isFile()) return undefined;
  const content = readFileSync(absolutePath(top, path));
  return hashObject(format, 'blob', content) === entry.oid ? content : undefined;
}

/** Its size in bytes; the working file's size if the blob is not stored. */
export async function readSize(place: Place, path: RepoPath | null, entry: Entry): Promise<number | undefined> {
  if (path === null || (entry.kind !== 'file' && entry.kind !== 'link')) return undefined;
  const known = await place.objects.info(entry.oid);
  return known?.size ?? lstatSync(absolutePath(place.repository.top, path), { throwIfNoEntry: false })?.size;
}
