// The copies that a template leaves out: an exclude that begins with a place of b means a copy, not
// a file below one.

import { pathFromText, type RepoPath } from '../git/path.js';
import { compileGlob } from './glob.js';
import type { DeclaredPair, DeclaredSide } from './types.js';

/** Pure. True for a path of side b that the pair's exclude leaves out by its place. */
export function compileKeptOut({ b, exclude }: Pick<DeclaredPair, 'b' | 'exclude'>): (path: RepoPath) => boolean {
  const globs = exclude.filter((glob) => beginsWithPlace(glob, b)).map(compileGlob);
  return (path) => globs.some((matches) => matches(path));
}

/**
 * True if the glob matches the template's segments up to its first name, and says something in
 * place of that name.
 */
function beginsWithPlace(glob: string, { segments, outside }: DeclaredSide): boolean {
  const first = segments.findIndex((segment) => typeof segment !== 'string');
  if (outside || first < 0) return false;
  const written = pathFromText(glob).replace(/^\.\//, '').split('/');
  const named = written[first];
  if (named === undefined || named === '' || named === '**') return false;
  return segments.slice(0, first).every((segment, at) => segment === written[at]);
}
