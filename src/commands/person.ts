// The user's directory, the paths of their arguments, and the form of printed commands.

import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Person } from '../format/person.js';
import { readHome } from '../git/home.js';
import { readInvocation } from '../git/invocation.js';
import { requireNameable } from '../git/locate.js';
import { asTyped, below, joinPath, pathFromText, type RepoPath } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { outsideRepository } from '../messages/check.js';
import { pathsOf } from '../rules/identity.js';
import type { FilePair } from '../rules/types.js';
import type { Opened } from './scope.js';

/**
 * Typed arguments as paths of the manifest: in the repository, or as `~/…` below the user's
 * home. @throws Fault `usage` for any other path.
 */
export async function pathsOfArguments(
  { top, git }: Pick<Repository, 'top' | 'git'>,
  cwd: string,
  words: readonly string[],
): Promise<readonly RepoPath[]> {
  const paths: RepoPath[] = [];
  for (const word of words) {
    const path = pathBelow(top, resolve(cwd, word)) ?? pathAtHome(await readHome(git), word);
    if (path === undefined) throw outsideRepository(word, top);
    paths.push(path);
  }
  return paths;
}

/** The shell has expanded the tilde; a relative path does not count. */
function pathAtHome(home: string, word: string): RepoPath | undefined {
  const path = isAbsolute(word) ? pathBelow(home, word) : undefined;
  return path === undefined ? undefined : joinPath('~' as RepoPath, path);
}

function pathBelow(top: string, place: string): RepoPath | undefined {
  const inside = relative(top, place);
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return undefined;
  return pathFromText(inside.split(sep).join('/'));
}

/** True if the pair has a path at or below one of these, or if there are none. */
export function isMeant(pair: FilePair, paths: readonly RepoPath[]): boolean {
  const ends = pathsOf(pair).map(asTyped);
  return paths.length === 0 || paths.some((path) => ends.some((end) => below(end, path) !== undefined));
}

/**
 * The user's directory: git runs an alias at the top level and sets GIT_PREFIX to where it was
 * typed.
 */
export function directoryOfPerson(environment: NodeJS.ProcessEnv): string {
  const here = process.cwd();
  requireNameable(here);
  return resolve(here, environment['GIT_PREFIX'] ?? '');
}

/** The program name and directory of the user, for printed commands. */
export async function readPerson({ place }: Pick<Opened, 'place'>, cwd: string): Promise<Person> {
  const { git, top } = place.repository;
  return { program: await readInvocation(git), directory: relative(top, cwd).split(sep).join('/') };
}
