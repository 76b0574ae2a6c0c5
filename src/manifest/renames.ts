// Aliases with both ends in the same instance of a pair: they rename inside it, and are not a
// separate pair.

import { below, joinPath, type RepoPath } from '../git/path.js';
import { type Binding, matchSide, pathOf, placeOf } from './sides.js';
import { PlaceTrie } from './trie.js';
import type { DeclaredAlias, DeclaredPair } from './types.js';

/** A name difference inside one instance of a pair. */
export interface Rename {
  /** The pair's index in the manifest. */
  readonly pair: number;
  readonly binding: Binding;
  readonly restA: RepoPath;
  readonly restB: RepoPath;
  readonly alias: DeclaredAlias;
}

/** For each alias, the pairs that it renames inside; if there are none, it is a separate pair. */
export function findRenames(
  pairs: readonly DeclaredPair[],
  aliases: readonly DeclaredAlias[],
): ReadonlyMap<DeclaredAlias, readonly Rename[]> {
  const sides = new PlaceTrie<number>();
  for (const [at, pair] of pairs.entries()) sides.add(placeOf(pair.a), at);
  return new Map(
    aliases.map((alias) => {
      const covering = sides.covering(pathOf(alias.a).split('/'));
      const renames = covering.flatMap(({ value }) => renameInside(pairs[value], value, alias) ?? []);
      return [alias, renames];
    }),
  );
}

function renameInside(pair: DeclaredPair | undefined, at: number, alias: DeclaredAlias): Rename | undefined {
  const atA = pair && matchSide(pair.a, pathOf(alias.a));
  const atB = pair && matchSide(pair.b, pathOf(alias.b));
  if (!atA || !atB) return undefined;
  const agrees = [...atA.binding].every(([name, value]) => atB.binding.get(name) === value);
  return agrees ? { pair: at, binding: atB.binding, restA: atA.rest, restB: atB.rest, alias } : undefined;
}

/**
 * The counterpart of a path at or below one end of the rename; undefined if the path is not there.
 */
export function renamedRest(rename: Rename, side: 'a' | 'b', rest: RepoPath): RepoPath | undefined {
  const [from, to] = side === 'a' ? [rename.restA, rename.restB] : [rename.restB, rename.restA];
  const left = below(rest, from);
  return left === undefined ? undefined : joinPath(to, left);
}
