// The copies that a template leaves out: an exclude that begins with a place of b names a copy, not
// a file below one.

import { pathFromText, type RepoPath } from '../git/path.js';
import { compileGlob } from './glob.js';
import type { DeclaredPair, DeclaredSide } from './types.js';

/** Pure: true for a path of side b that the pair's exclude keeps out by its place. */
export function compileKeptOut({ b, exclude }: Pick<DeclaredPair, 'b' | 'exclude'>): (path: RepoPath) => boolean {
  const globs = exclude.filter((glob) => beginsWithPlace(glob, b)).map(compileGlob);
  return (path) => globs.some((matches) => matches(path));
}

/** The glob follows the template as far as its first name, for which it says something itself. */
function beginsWithPlace(glob: string, { segments, outside }: DeclaredSide): boolean {
  const first = segments.findIndex((segment) => typeof segment !== 'string');
  if (outside || first < 0) return false;
  const written = pathFromText(glob).replace(/^\.\//, '').split('/');
  const named = written[first];
  if (named === undefined || named === '' || named === '**') return false;
  return segments.slice(0, first).every((segment, at) => segment === written[at]);
}
