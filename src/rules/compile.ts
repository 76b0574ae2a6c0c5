// Compiles the declared pairs, and the aliases that are pairs by themselves, into rules.

import type { RepoPath } from '../git/path.js';
import { sidesOf } from '../manifest/direction.js';
import { compileGlob } from '../manifest/glob.js';
import { compileKeptOut } from '../manifest/kept-out.js';
import type { Rename } from '../manifest/renames.js';
import { isFanOut, keyOf, namesOf } from '../manifest/sides.js';
import type { DeclaredAlias, DeclaredPair, Manifest } from '../manifest/types.js';
import type { Rule } from './types.js';

type Sides = Pick<Rule, 'source' | 'copy'>;

/** The rules in the manifest's order: the pairs, then the aliases that rename inside no pair. */
export function compileRules(
  manifest: Manifest,
  renames: ReadonlyMap<DeclaredAlias, readonly Rename[]>,
): readonly Rule[] {
  const sides = sidesOf(manifest.fixDirection);
  const own = manifest.aliases.filter((alias) => renames.get(alias)?.length === 0);
  return [
    ...manifest.pairs.map((pair, id) => compilePair(pair, id, sides)),
    ...own.map((alias, at) => compileAlias(alias, manifest.pairs.length + at, manifest.aliases.indexOf(alias), sides)),
  ];
}

function compilePair(pair: DeclaredPair, id: number, sides: Sides): Rule {
  const globs = pair.exclude.map(compileGlob);
  return {
    id,
    key: keyOf(pair),
    declared: { list: 'pairs', at: id },
    a: pair.a,
    b: pair.b,
    ...sides,
    shape: namesOf(pair.b).length === 0 ? 'plain' : isFanOut(pair) ? 'fanout' : 'named',
    hasExcludes: globs.length > 0,
    excludes: globs.length === 0 ? () => false : (rest: RepoPath) => globs.some((matches) => matches(rest)),
    keepsOut: compileKeptOut(pair),
    ...declarationOf(pair),
  };
}

function compileAlias(alias: DeclaredAlias, id: number, at: number, sides: Sides): Rule {
  const { a, b, exception } = alias;
  const declared = { list: 'aliases', at } as const;
  return {
    id,
    key: keyOf(alias),
    declared,
    a,
    b,
    ...sides,
    shape: 'plain',
    hasExcludes: false,
    excludes: () => false,
    keepsOut: () => false,
    ...declarationOf(alias),
    ...(exception && { exception }),
  };
}

function declarationOf({
  textRule,
  name,
  note,
}: DeclaredPair | DeclaredAlias): Pick<Rule, 'textRule' | 'name' | 'note'> {
  return { ...(textRule && { textRule }), ...(name !== undefined && { name }), ...(note !== undefined && { note }) };
}
