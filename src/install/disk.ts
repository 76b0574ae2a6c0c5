// Reads files and carries out planned changes; never follows a symbolic link.

import {
  closeSync,
  existsSync,
  fchmodSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { deferSignals } from '../disk/at-end.js';
import { syncDirectory } from '../disk/durable.js';
import { errorCode } from '../disk/error-code.js';
import { renameOver } from '../disk/rename.js';
import { syncFile } from '../disk/sync.js';
import { changedSince, symbolicLink } from '../messages/install.js';
import type { Action, FileStep, FoundFile } from './types.js';

/** The file at the path, without following a link. */
export function readFoundFile(path: string): FoundFile {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return { kind: 'absent' };
  if (stat.isSymbolicLink()) return { kind: 'link' };
  if (!stat.isFile()) return { kind: 'other' };
  return { kind: 'file', text: readFileSync(path, 'latin1'), mode: stat.mode & 0o7777, links: stat.nlink };
}

/**
 * Refuses a symbolic link at or above the path, up to `base`, which is above it and not checked.
 * @throws Fault `disk`.
 */
export function requireNoLinks(base: string, path: string, what: 'hooks' | 'file'): void {
  let place = base;
  for (const name of relative(base, path).split(sep)) {
    place = join(place, name);
    // safeguard hooks-links (T7): no hook is written through a link (git/install/husky)
    if (lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink()) throw symbolicLink(place, what);
  }
}

/** Makes the directory and its missing parents. @returns the new ones, outermost first. */
export function writeDirectory(path: string): string[] {
  const first = mkdirSync(path, { recursive: true });
  if (first === undefined) return [];
  const below = relative(first, path);
  const names = below === '' ? [] : below.split(sep);
  return [first, ...names.map((_, index) => join(first, ...names.slice(0, index + 1)))];
}

export function removeIfEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(code)) throw error;
  }
}

/** Removes the starter, and the caches of the hooks in the git directory of every worktree. */
export function removeLeavings(commonDir: string): void {
  const worktrees = join(commonDir, 'worktrees');
  rmSync(join(commonDir, 'dos-sync', 'start'), { force: true });
  const linked = existsSync(worktrees) ? readdirSync(worktrees).map((name) => join(worktrees, name)) : [];
  for (const gitDir of [commonDir, ...linked]) {
    for (const name of ['guard', 'compiled']) rmSync(join(gitDir, 'dos-sync', name), { force: true });
    removeIfEmpty(join(gitDir, 'dos-sync'));
  }
}

/** Carries out one change atomically: after a crash the file has the old bytes or the new ones. */
export function writeChange(change: FileStep): Action {
  const { path } = change;
  switch (change.step) {
    case 'keep':
      return { what: 'unchanged', path };
    case 'write':
      replace(change, change.text, change.mode);
      return { what: change.what, path };
    case 'remove':
      requireUnchanged(change);
      unlinkSync(path);
      syncDirectory(dirname(path));
      return { what: 'removed', path };
    case 'chain':
      replace(change, change.text, 0o755, change.chained);
      return { what: 'changed', path };
    case 'unchain':
      requireUnchanged(change);
      renameOver(change.chained, path);
      syncDirectory(dirname(path));
      return { what: 'restored', path };
  }
}

type PlannedWrite = Exclude<FileStep, { readonly step: 'keep' }>;

/** @throws Fault `busy` if the file has changed since it was read. */
function requireUnchanged({ path, before }: PlannedWrite): void {
  const now = readFoundFile(path);
  const text = (found: FoundFile) => (found.kind === 'file' ? `${found.mode} ${found.text}` : '');
  // safeguard hooks-changed (R4): a hook written meanwhile stays (git/install/changed)
  if (now.kind !== before.kind || text(now) !== text(before)) throw changedSince(path);
}

/** Writes a file atomically; the old file is first renamed to `kept`, if that is given. */
function replace(change: PlannedWrite, text: string, mode: number, kept?: string): void {
  const { path } = change;
  const temporary = `${path}.dos-sync-${process.pid}`;
  deferSignals();
  try {
    writeNew(temporary, text, mode);
    requireUnchanged(change);
    if (kept !== undefined) renameOver(path, kept);
    renameOver(temporary, path);
  } catch (error) {
    undo(path, temporary, kept);
    throw error;
  }
  syncDirectory(dirname(path));
}

function undo(path: string, temporary: string, kept: string | undefined): void {
  if (lstatSync(temporary, { throwIfNoEntry: false }) !== undefined) unlinkSync(temporary);
  const moved = kept !== undefined && lstatSync(path, { throwIfNoEntry: false }) === undefined;
  if (moved && lstatSync(kept, { throwIfNoEntry: false }) !== undefined) renameOver(kept, path);
}

function writeNew(path: string, text: string, mode: number): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    const bytes = Buffer.from(text, 'latin1');
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    fchmodSync(file, mode);
    syncFile(file);
  } finally {
    closeSync(file);
  }
}
