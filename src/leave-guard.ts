// Leaves the guard in the git directory: what the hook's sh needs to see that a commit touches no pair, without Node.

import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Oid } from './git/oid.js';
import type { Repository } from './git/repository.js';
import { MANIFEST_NAME } from './manifest/types.js';
import { buildCover } from './pairs/cover.js';
import type { Rule } from './pairs/types.js';

/**
 * Writes `dos-sync/guard` of this worktree's git directory, unless it is there already: our build, the manifest's blob id, and pathspecs. It
 * follows from these two alone, so that it holds on every branch; the sh compares both. What goes wrong costs time, never a check.
 */
export function leaveGuard({ gitDir }: Pick<Repository, 'gitDir'>, manifest: Oid, rules: readonly Rule[]): void {
  const build = readIfThere(new URL('./build.txt', import.meta.url));
  const place = join(gitDir, 'dos-sync', 'guard');
  const head = `${build?.trimEnd()}\n${manifest}\n`;
  // A program that was not built has no number of its own.
  if (build === undefined || readIfThere(place)?.startsWith(head)) return;
  const cover = buildCover(rules);
  if (!cover) return;
  const lines = ['--', `:(top,literal)${MANIFEST_NAME}`, ...cover];
  const temporary = `${place}.${process.pid}`;
  try {
    mkdirSync(join(gitDir, 'dos-sync'), { recursive: true });
    writeToDisk(temporary, `${head}${lines.join('\n')}\n`);
    renameSync(temporary, place);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    rmSync(temporary, { force: true });
  }
}

function readIfThere(path: string | URL): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

// Half a list would let a drift pass, so the content is on the disk before the name is.
function writeToDisk(path: string, text: string): void {
  const file = openSync(path, 'w', 0o644);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A git directory that cannot be written to, or a full disk: the commit is still checked, by the long way. */
function isRefusal(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
}
