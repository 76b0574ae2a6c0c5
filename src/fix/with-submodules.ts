// This repository and those submodules that have a backup store.

import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathFromText, type RepoPath } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { listSubmodules } from '../git/submodule-list.js';
import { storesOf } from './store.js';

export interface Member {
  /** The submodule's path; empty for this repository. */
  readonly at: RepoPath;
  readonly repository: Repository;
}

/**
 * This repository first. @throws Fault as {@link listSubmodules}, but only if a submodule has
 * backups.
 */
export async function withSubmodules(repository: Repository): Promise<readonly Member[]> {
  const own = { at: '' as RepoPath, repository };
  const homes = new Set([repository.gitDir, repository.commonDir]);
  if (![...homes].some((home) => haveStores(join(home, 'modules')))) return [own];
  const members: Member[] = [own];
  for (const { at, found } of await listSubmodules(repository)) {
    if (found.kind !== 'ready' || !existsSync(storesOf(found.repository))) continue;
    members.push({ at: pathFromText(at), repository: found.repository });
  }
  return members;
}

/**
 * True if a git directory below this one has backups. Does not start git, since every check asks.
 */
function haveStores(directory: string): boolean {
  if (!lstatSync(directory, { throwIfNoEntry: false })?.isDirectory()) return false;
  return readdirSync(directory, { withFileTypes: true }).some((entry) => {
    const place = join(directory, entry.name);
    if (!entry.isDirectory()) return false;
    if (!existsSync(join(place, 'HEAD'))) return haveStores(place);
    return existsSync(storesOf({ commonDir: place })) || haveStores(join(place, 'modules'));
  });
}
