// Names that are one name on a disk that ignores case.

import { type RepoPath, textOf } from './path.js';
import { parsePaths } from './records.js';
import { readConfig } from './repository.js';
import { type Git, readGit } from './run.js';

/**
 * The name as such a disk compares it: case, Unicode composition, ß and ss. Upper case first, since
 * several lower-case letters share one capital.
 */
export function foldName(name: string): string {
  return name.normalize('NFD').toUpperCase().toLowerCase().normalize('NFC');
}

export function foldPath(path: RepoPath): string {
  return foldName(textOf(path));
}

/** As git decided when it made the repository. */
export async function ignoresCase(git: Git): Promise<boolean> {
  return (await readConfig(git, 'core.ignoreCase')) === 'true';
}

/** For paths that git does not track: the tracked path that is the same name on this disk. */
export async function readSameNames(
  git: Git,
  untracked: readonly RepoPath[],
): Promise<ReadonlyMap<RepoPath, RepoPath>> {
  if (untracked.length === 0 || !(await ignoresCase(git))) return new Map();
  const tracked = new Map(parsePaths(await readGit(git, ['ls-files', '-z'])).map((path) => [foldPath(path), path]));
  return new Map(
    untracked.flatMap((path) => {
      const other = tracked.get(foldPath(path));
      return other === undefined || other === path ? [] : [[path, other] as const];
    }),
  );
}
