// What is said about a path that no pair has.

import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { type RepoPath, textOf } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { isOutside } from '../manifest/outside.js';
import { noPairAt, noSuchFile } from '../messages/check.js';
import type { Fault } from '../messages/fault.js';
import { nearestPath } from './nearest-path.js';

/** A Fault `usage`: the first path that does not exist, else that no pair has them. */
export async function refusePaths(repository: Repository, paths: readonly RepoPath[]): Promise<Fault> {
  const missing = paths.find((path) => !isOutside(path) && !exists(repository, path));
  if (missing === undefined) return noPairAt(paths.map(textOf));
  return noSuchFile(textOf(missing), await nearestPath(repository, missing));
}

function exists({ top }: Repository, path: RepoPath): boolean {
  return lstatSync(join(top, textOf(path)), { throwIfNoEntry: false }) !== undefined;
}
