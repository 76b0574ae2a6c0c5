// The contents in a backup: a file for each, or an archive for those of many files, which is synced
// once.

import { closeSync, existsSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { isMany } from '../disk/barrier.js';
import { type ByteRange, copyInto, openNewFor, openToRead, syncDirectory, withFile, writeAt } from '../disk/durable.js';
import { syncFile } from '../disk/sync.js';
import type { Oid } from '../git/oid.js';

const FILES = 'files';
const BLOBS = 'blobs';
const ARCHIVE = 'archive';

/** The directories of a backup. */
export const DIRECTORIES = ['', FILES, BLOBS] as const;

/** Where in the archive each content is, by its name in the backup. */
export type ArchivedRanges = Readonly<Record<string, ByteRange>>;

/** A backup that can be read. */
export interface Backup {
  readonly path: string;
  readonly archived?: ArchivedRanges;
}

/** A content in a backup: a file, or a part of one. */
export interface KeptContent {
  readonly path: string;
  readonly range?: ByteRange;
}

/** The name of a working file in a backup. */
export function nameOfFile(kept: string): string {
  return `${FILES}/${kept}`;
}

/** The name of an index entry's blob in a backup. */
export function nameOfBlob(oid: Oid): string {
  return `${BLOBS}/${oid}`;
}

/** Where the content with that name is; the file need not exist. */
export function keptIn({ path, archived }: Backup, name: string): KeptContent {
  const range = archived?.[name];
  return range ? { path: join(path, ARCHIVE), range } : { path: join(path, name) };
}

/** Reads a part of an archive into memory. */
export function readArchived(path: string, [start, end]: ByteRange): Buffer {
  const bytes = Buffer.alloc(end - start);
  withFile(openToRead(path), (file) => readSync(file, bytes, 0, bytes.length, start));
  return bytes;
}

/** Writes the contents of a new backup. */
export class Keeper {
  readonly #backup: string;
  readonly #mode: number;
  readonly #archive: number | undefined;
  readonly #archived: Record<string, ByteRange> = {};
  #end = 0;

  /** `count`: of the contents, roughly. */
  constructor(backup: string, mode: number, count: number) {
    this.#backup = backup;
    this.#mode = mode;
    this.#archive = isMany(count) ? openNewFor(join(backup, ARCHIVE), mode) : undefined;
  }

  /** Copies an open file. @returns its sha256. */
  copy(name: string, source: number): string {
    if (this.#archive === undefined) return this.#write(name, (file) => copyInto(source, file).sha256);
    const { sha256, size } = copyInto(source, this.#archive, this.#end);
    this.#add(name, size);
    return sha256;
  }

  keep(name: string, bytes: Uint8Array): void {
    if (this.#archive === undefined) {
      this.#write(name, (file) => writeAt(file, bytes, 0));
      return;
    }
    writeAt(this.#archive, bytes, this.#end);
    this.#add(name, bytes.length);
  }

  /** Keeps a large content in a file: `write` lets another program write it. */
  keepLarge(name: string, write: (file: number) => unknown): void {
    this.#write(name, write);
  }

  /** Makes everything durable. @returns what is in the archive, if there is one. */
  finish(): ArchivedRanges | undefined {
    if (this.#archive !== undefined) syncFile(this.#archive);
    for (const name of [FILES, BLOBS, '', '..']) syncDirectory(join(this.#backup, name));
    return this.#archive === undefined ? undefined : this.#archived;
  }

  close(): void {
    if (this.#archive !== undefined) closeSync(this.#archive);
  }

  #write<Result>(name: string, write: (file: number) => Result): Result {
    return withFile(openNewFor(join(this.#backup, name), this.#mode), (file) => {
      const result = write(file);
      syncFile(file);
      return result;
    });
  }

  #add(name: string, size: number): void {
    this.#archived[name] = [this.#end, this.#end + size];
    this.#end += size;
  }
}

/** Copies one content out of the archive into a file, so that people can read it. */
export function extract(backup: Backup, name: string, mode: number): void {
  const { path, range } = keptIn(backup, name);
  const own = join(backup.path, name);
  if (range === undefined || existsSync(own)) return;
  withFile(openNewFor(own, mode), (file) => {
    withFile(openToRead(path), (source) => copyInto(source, file, 0, range));
    syncFile(file);
  });
}
