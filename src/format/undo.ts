// Formats what was or can be restored.

import type { Recovered } from '../fix/recover.js';
import type { PastFix, Undone } from '../fix/undo.js';
import { type RepoPath, textOf } from '../git/path.js';
import {
  NOTHING_TO_UNDO,
  sayBackup,
  sayEditedSince,
  sayKept,
  sayPutBack,
  sayRecovered,
  sayTakenAway,
  sayUnstaged,
} from '../messages/writing.js';

/** The lines for stderr; empty if nothing was interrupted. */
export function formatRecovered(all: readonly Recovered[]): string[] {
  return all.flatMap(({ files, left, backup }) => [
    sayRecovered(files),
    ...left.map((path) => sayKept(textOf(path), backup)),
  ]);
}

/** What was undone of one fix, in each of its repositories. */
export function formatUndone(all: readonly Undone[]): string[] {
  const lines = all.flatMap(formatPart);
  return lines.length > 0 ? lines : [NOTHING_TO_UNDO];
}

function formatPart({ files, entries, refused, outside }: Undone): string[] {
  const written = new Set(files.map(({ path }) => path));
  const name = (path: RepoPath) => nameOf(path, outside);
  return [
    ...files.map(({ path, removed }) => (removed ? sayTakenAway(name(path)) : sayPutBack(name(path)))),
    ...entries.filter((path) => !written.has(path)).map((path) => sayUnstaged(textOf(path))),
    ...refused.map((path) => sayEditedSince(name(path))),
  ];
}

/** A file of a fix, named as in its place. */
export function nameOf(path: RepoPath, outside: string | undefined): string {
  return outside === undefined ? textOf(path) : `${outside}/${textOf(path)}`;
}

export function formatPastFixes(fixes: readonly PastFix[]): string[] {
  return fixes.map((fix) => {
    const outside = fix.outside === undefined ? [] : [fix.outside];
    return sayBackup({ ...fix, inside: [...fix.submodules.map(textOf), ...outside] });
  });
}
