// Caches written by a full check so that later commits can skip work: the guard, and the manifest
// in a form for lookups.

import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { deferSignals } from '../src/disk/at-end.js';
import { canBelieve } from '../src/disk/owner.js';
import { renameOver } from '../src/disk/rename.js';
import type { Oid } from '../src/git/oid.js';
import type { Repository } from '../src/git/repository.js';
import type { Git } from '../src/git/run.js';
import { readSharedWith, readSharing, type Sharing, sharedMode } from '../src/git/sharing.js';
import { MANIFEST_NAME, type Manifest } from '../src/manifest/types.js';
import { CachedManifest, formatCachedManifest } from '../src/rules/cached-manifest.js';
import { buildCover } from '../src/rules/cover.js';
import type { Rule } from '../src/rules/types.js';

/**
 * Writes `dos-sync/guard` (build, manifest, pathspecs) for the hooks' sh, and `dos-sync/compiled`,
 * unless they exist. Both are valid on every branch, and a failure here costs only time.
 */
export function writeCaches(repository: Repository, blob: Oid, manifest: Manifest, rules: readonly Rule[]): void {
  const head = headOf(blob);
  // An unbuilt program has no build id.
  if (head === undefined) return;
  writeCache(repository, placeOf(repository.gitDir, 'compiled'), head, () => formatCachedManifest(manifest));
  writeCache(repository, placeOf(repository.gitDir, 'guard'), head, () => {
    const cover = buildCover(rules);
    // The last line shows that the file is complete.
    return cover && ['--', ...cover, `:(top,literal)${MANIFEST_NAME}`, ''].join('\n');
  });
  for (const name of ['compiled', 'guard'])
    freshen(placeOf(repository.gitDir, name), join(repository.top, MANIFEST_NAME));
}

/** Marks the cache as newer than the working tree's manifest, which has been compared. */
function freshen(path: string, file: string): void {
  if (!isNewer(file, path)) return;
  const time = new Date(Math.max(Date.now(), Math.ceil(statSync(file).mtimeMs)));
  unlessRefused(() => utimesSync(path, time, time));
}

/** True if both exist and the file is newer than the other. */
function isNewer(file: string, other: string): boolean {
  const [one, two] = [file, other].map((path) => statSync(path, { throwIfNoEntry: false, bigint: true })?.mtimeNs);
  return one !== undefined && two !== undefined && one > two;
}

/**
 * The cached manifest of this blob; undefined if this build has not cached it, or if the working
 * tree's manifest is newer: only the full check reports on that. @throws as {@link CachedManifest}.
 */
export function readCachedManifest(git: Git, top: string, gitDir: string, blob: Oid): CachedManifest | undefined {
  const head = headOf(blob);
  const place = placeOf(gitDir, 'compiled');
  // safeguard foreign-cache (T23): another user's cache is not read (e2e/foreign-files: a compiled)
  if (isNewer(join(top, MANIFEST_NAME), place) || !isOurs(git, gitDir, place)) return undefined;
  return head !== undefined && beginsWith(place, head)
    ? new CachedManifest(readFileSync(place).subarray(head.length))
    : undefined;
}

function isOurs(git: Git, gitDir: string, path: string): boolean {
  return canBelieve(path, () => readSharedWith(git, gitDir));
}

function placeOf(gitDir: string, name: string): string {
  return join(gitDir, 'dos-sync', name);
}

function headOf(blob: Oid): string | undefined {
  const build = unlessRefused(() => readFileSync(new URL('./build.txt', import.meta.url), 'latin1'));
  return build === undefined ? undefined : `${build.trimEnd()}\n${blob}\n`;
}

/**
 * Undefined if the system refuses: a cache that cannot be read or written costs time, never a
 * check.
 */
function unlessRefused<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    return undefined;
  }
}

/** False also for a directory or an unreadable file. */
function beginsWith(path: string, head: string): boolean {
  const bytes = Buffer.alloc(head.length);
  unlessRefused(() => {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      readSync(file, bytes, 0, bytes.length, 0);
    } finally {
      closeSync(file);
    }
  });
  return bytes.toString('latin1') === head;
}

function writeCache({ git, gitDir }: Repository, path: string, head: string, format: () => string | undefined): void {
  // Somebody else's is replaced by ours.
  if (isOurs(git, gitDir, path) && beginsWith(path, head)) return;
  const text = format();
  if (text === undefined) return;
  const temporary = `${path}.${process.pid}`;
  deferSignals();
  unlessRefused(() => {
    const sharing = readSharing(git);
    makeDirectory(dirname(path), sharing);
    try {
      writeToDisk(temporary, Buffer.from(head + text, 'latin1'), sharing);
      renameOver(temporary, path);
    } finally {
      rmSync(temporary, { force: true });
    }
  });
}

function makeDirectory(path: string, sharing: Sharing): void {
  const made = mkdirSync(path, { recursive: true });
  if (made !== undefined && sharing !== 0) chmodSync(path, sharedMode(sharing, statSync(path).mode, 'directory'));
}

// Half a list would let drift pass, so the content is synced before the rename; without fsync there
// is no cache.
function writeToDisk(path: string, bytes: Buffer, sharing: Sharing): void {
  const file = openSync(path, 'w', 0o644);
  try {
    if (sharing !== 0) fchmodSync(file, sharedMode(sharing, fstatSync(file).mode, 'file'));
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
