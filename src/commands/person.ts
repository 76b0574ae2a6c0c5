// Where the person is, what paths the arguments mean, and how commands are printed for them.

// there.

import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Person } from '../format/person.js';
import { readHome } from '../git/home.js';
import { readInvocation } from '../git/invocation.js';
import { requireNameable } from '../git/locate.js';
import { asTyped, below, joinPath, pathFromText, type RepoPath } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { Fault } from '../messages/fault.js';
import { pathsOf } from '../rules/identity.js';
import type { FilePair } from '../rules/types.js';
import type { Opened } from './scope.js';

/**
 * The paths, as a manifest names them, of arguments that a person typed where they stand: in the
 * repository, or as `~/…` below their home. @throws Fault `usage` for one that is in neither.
 */
export async function pathsOfArguments(
  { top, git }: Pick<Repository, 'top' | 'git'>,
  cwd: string,
  words: readonly string[],
): Promise<readonly RepoPath[]> {
  const paths: RepoPath[] = [];
  for (const word of words) {
    const path = pathBelow(top, resolve(cwd, word)) ?? pathAtHome(await readHome(git), word);
    if (path === undefined) {
      throw new Fault('usage', `${word} is outside the repository ${top}.`, 'name paths inside it, or as ~/…');
    }
    paths.push(path);
  }
  return paths;
}

/** The shell has put the home directory in place of the tilde; a relative path was not meant so. */
function pathAtHome(home: string, word: string): RepoPath | undefined {
  const path = isAbsolute(word) ? pathBelow(home, word) : undefined;
  return path === undefined ? undefined : joinPath('~' as RepoPath, path);
}

function pathBelow(top: string, place: string): RepoPath | undefined {
  const inside = relative(top, place);
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return undefined;
  return pathFromText(inside.split(sep).join('/'));
}

/** True if the pair has a path at or below one of these; without any, every pair is meant. */
export function isMeant(pair: FilePair, paths: readonly RepoPath[]): boolean {
  const ends = pathsOf(pair).map(asTyped);
  return paths.length === 0 || paths.some((path) => ends.some((end) => below(end, path) !== undefined));
}

/** Where the person stands: git runs an alias from the top level and says in GIT_PREFIX where it
 * was typed. */
export function directoryOfPerson(environment: NodeJS.ProcessEnv): string {
  const here = process.cwd();
  requireNameable(here);
  return resolve(here, environment['GIT_PREFIX'] ?? '');
}

/** How the person at this command line types commands and paths. */
export async function readPerson({ place }: Pick<Opened, 'place'>, cwd: string): Promise<Person> {
  const { git, top } = place.repository;
  return { program: await readInvocation(git), directory: relative(top, cwd).split(sep).join('/') };
}
