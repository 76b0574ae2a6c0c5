// Whose git knows a path: the repository's own, or that of the submodule that the path lies in.

import { below, type RepoPath } from '../git/path.js';
import type { Partner, Snapshot } from './types.js';

/** The path as its own git names it; `here` where it is in no submodule. */
export async function partnerIn(
  homes: Pick<Snapshot, 'readHome'> | undefined,
  path: RepoPath,
  here: Partner,
): Promise<Partner> {
  const home = await homes?.readHome(path);
  return home ? { git: home.repository.git, path: below(path, home.at) ?? path } : here;
}
