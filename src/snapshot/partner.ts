// Which git knows a path: the repository's, or that of its submodule.

import { below, type RepoPath } from '../git/path.js';
import type { Partner, Snapshot } from './types.js';

/** The path in its git repository; `here` if it is in no submodule. */
export async function partnerIn(
  homes: Pick<Snapshot, 'readHome'> | undefined,
  path: RepoPath,
  here: Partner,
): Promise<Partner> {
  const home = await homes?.readHome(path);
  return home ? { git: home.repository.git, path: below(path, home.at) ?? path } : here;
}
