// What a check leaves in the git directory of the worktree for the next ones: the guard, and the manifest laid out for looking up.

import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Oid } from './git/oid.js';
import { MANIFEST_NAME, type Manifest } from './manifest/types.js';
import { Compiled, layOutCompiled } from './pairs/compiled.js';
import { buildCover } from './pairs/cover.js';
import type { Rule } from './pairs/types.js';

/**
 * Leaves `dos-sync/guard` for the hooks' sh (build, manifest, pathspecs) and `dos-sync/compiled`, unless they are there. Both follow from our
 * build and the manifest's blob alone, so that they hold on every branch; whoever reads them compares both. What goes wrong here
 * costs time, never a check.
 */
export function leaveForNext(gitDir: string, blob: Oid, manifest: Manifest, rules: readonly Rule[]): void {
  const head = headOf(blob);
  // A program that was not built has no number of its own.
  if (head === undefined) return;
  leave(placeOf(gitDir, 'compiled'), head, () => layOutCompiled(manifest));
  leave(placeOf(gitDir, 'guard'), head, () => {
    const cover = buildCover(rules);
    return cover && ['--', `:(top,literal)${MANIFEST_NAME}`, ...cover, ''].join('\n');
  });
}

/** The manifest of this blob as it was left; undefined if another build or no check has left it. @throws as {@link Compiled}. */
export function readCompiled(gitDir: string, blob: Oid): Compiled | undefined {
  const head = headOf(blob);
  const place = placeOf(gitDir, 'compiled');
  return head !== undefined && beginsWith(place, head)
    ? new Compiled(readFileSync(place).subarray(head.length))
    : undefined;
}

function placeOf(gitDir: string, name: string): string {
  return join(gitDir, 'dos-sync', name);
}

function headOf(blob: Oid): string | undefined {
  const build = ifThere(() => readFileSync(new URL('./build.txt', import.meta.url), 'latin1'));
  return build === undefined ? undefined : `${build.trimEnd()}\n${blob}\n`;
}

function ifThere<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function beginsWith(path: string, head: string): boolean {
  const file = ifThere(() => openSync(path, 'r'));
  if (file === undefined) return false;
  try {
    const bytes = Buffer.alloc(head.length);
    readSync(file, bytes, 0, bytes.length, 0);
    return bytes.toString('latin1') === head;
  } finally {
    closeSync(file);
  }
}

function leave(path: string, head: string, layOut: () => string | undefined): void {
  if (beginsWith(path, head)) return;
  const text = layOut();
  if (text === undefined) return;
  const temporary = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeToDisk(temporary, Buffer.from(head + text, 'latin1'));
    renameSync(temporary, path);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    rmSync(temporary, { force: true });
  }
}

// Half a list would let a drift pass, so the content is on the disk before the name is.
function writeToDisk(path: string, bytes: Buffer): void {
  const file = openSync(path, 'w', 0o644);
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A git directory that cannot be written to, or a full disk: the commit is still checked, by the long way. */
function isRefusal(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
}
