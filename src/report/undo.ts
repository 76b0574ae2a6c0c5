// What was put back, and what could be.

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

/** The lines for stderr; none if nothing was interrupted. */
export function layOutRecovered(recovered: Recovered | undefined): string[] {
  if (!recovered) return [];
  return [sayRecovered(recovered.files), ...recovered.left.map((path) => sayKept(textOf(path), recovered.backup))];
}

export function layOutUndone({ files, entries, refused, outside }: Undone): string[] {
  const written = new Set(files.map(({ path }) => path));
  const name = (path: RepoPath) => nameOf(path, outside);
  const lines = [
    ...files.map(({ path, removed }) => (removed ? sayTakenAway(name(path)) : sayPutBack(name(path)))),
    ...entries.filter((path) => !written.has(path)).map((path) => sayUnstaged(textOf(path))),
    ...refused.map((path) => sayEditedSince(name(path))),
  ];
  return lines.length > 0 ? lines : [NOTHING_TO_UNDO];
}

/** A file of a fix, as it is called where it stands. */
export function nameOf(path: RepoPath, outside: string | undefined): string {
  return outside === undefined ? textOf(path) : `${outside}/${textOf(path)}`;
}

export function layOutPastFixes(fixes: readonly PastFix[]): string[] {
  return fixes.map(({ id, command, files, undone, outside }) => sayBackup(id, command, files, undone, outside));
}
