// Finds the existing path that a typo probably meant.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../disk/error-code.js';
import { pathFromText, type RepoPath, textOf } from '../git/path.js';
import { parsePaths } from '../git/records.js';
import type { Repository } from '../git/repository.js';
import { runGit } from '../git/run.js';
import { nearestOf } from '../manifest/nearest.js';
import type { DeclaredSide } from '../manifest/types.js';

/**
 * Segment by segment up to a template's first `{Name}`; else, for a plain path, the same name
 * anywhere in the repository.
 */
export async function nearestSide({ git, top }: Repository, { segments }: DeclaredSide): Promise<string | undefined> {
  const end = segments.findIndex((segment) => typeof segment !== 'string');
  const names = segments.map((each) => (typeof each === 'string' ? textOf(each as RepoPath) : `{${each.name}}`));
  const fixed = end < 0 ? names : names.slice(0, end);
  const found = walk(top, fixed);
  if (found) return [...found, ...names.slice(fixed.length)].join('/');
  return end < 0 ? findNamed(git, fixed.at(-1) ?? '') : undefined;
}

/** The same for a path without a `{Name}`. */
export function nearestPath(repository: Repository, path: RepoPath): Promise<string | undefined> {
  const segments = path.split('/') as RepoPath[];
  return nearestSide(repository, { text: textOf(path), outside: false, segments });
}

function walk(top: string, wanted: readonly string[]): readonly string[] | undefined {
  const found: string[] = [];
  for (const name of wanted) {
    const names = namesIn(join(top, ...found)).filter((each) => found.length > 0 || each !== '.git');
    const near = names.includes(name) ? name : nearestOf(name, names);
    if (near === undefined) return undefined;
    found.push(near);
  }
  return found;
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return [];
    throw error;
  }
}

/** The shortest path that ends in this name, tracked or not. */
async function findNamed(git: Repository['git'], base: string): Promise<string | undefined> {
  if (/[*?[\]\\]/.test(base)) return undefined;
  const specs = [`:(top,glob)**/${base}`, `:(top,glob)**/${base}/**`];
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', ...specs];
  const { code, stdout } = await runGit(git, args);
  if (code !== 0) return undefined;
  const name = pathFromText(base);
  const ends = parsePaths(stdout).map((path) => {
    const segments = path.split('/');
    return textOf(segments.slice(0, segments.indexOf(name) + 1).join('/') as RepoPath);
  });
  return ends.sort((one, other) => one.length - other.length)[0];
}
