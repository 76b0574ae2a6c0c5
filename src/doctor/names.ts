// Names that are distinct or valid only on some systems. Pure.

import { foldName } from '../git/same-name.js';

/** The groups of different names that fold to one, in the given order. */
export function findFolding(names: readonly string[]): readonly (readonly string[])[] {
  const groups = new Map<string, Set<string>>();
  for (const name of names) {
    const folded = foldName(name);
    groups.set(folded, (groups.get(folded) ?? new Set()).add(name));
  }
  return [...groups.values()].filter((group) => group.size > 1).map((group) => [...group]);
}

// https://learn.microsoft.com/windows/win32/fileio/naming-a-file#naming-conventions
const DEVICE = /^(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(?:\.|$)/i;
const NOT_ALLOWED = /[\u0000-\u001f<>:"|?*\\]|[ .]$/;

/**
 * True if Windows cannot have a file of that name. `path` is separated by slashes; a leading `~` is
 * a home directory.
 */
export function isReservedOnWindows(path: string): boolean {
  return path.split('/').some((segment) => DEVICE.test(segment) || NOT_ALLOWED.test(segment));
}
