// Finds the superproject of a submodule.

import { sep } from 'node:path';
import { type Repository, readRepository } from './repository.js';
import { locateElsewhere, readGit } from './run.js';

/**
 * True for a git directory that can be a submodule's: git keeps those in the superproject's git
 * directory.
 */
export function canBeSubmodule({ gitDir }: Pick<Repository, 'gitDir'>): boolean {
  return gitDir.split(/[\\/]/).includes('modules');
}

/**
 * The repository with a gitlink for this one in its index; undefined if there is none. @throws
 * Fault `git`.
 */
export async function openSuperproject(repository: Repository): Promise<Repository | undefined> {
  if (!canBeSubmodule(repository)) return undefined;
  const answer = await readGit(repository.git, ['rev-parse', '--show-superproject-working-tree']);
  const top = answer.toString('utf8').replace(/\n$/, '');
  if (top === '') return undefined;
  const outer = await readRepository(await locateElsewhere(repository.git, top));
  // A checkout that only happens to be at another repository's gitlink is not its submodule.
  return [outer.gitDir, outer.commonDir].some((home) => repository.gitDir.startsWith(`${home}${sep}modules${sep}`))
    ? outer
    : undefined;
}
