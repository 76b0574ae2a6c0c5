// The outside part of a manifest: the roots, and everything that decides what is read or written
// there.

import { createHash } from 'node:crypto';
import type { RepoPath } from '../git/path.js';
import { sidesOf } from './direction.js';
import { placeOf } from './sides.js';
import { PlaceTrie } from './trie.js';
import type { DeclaredAlias, DeclaredPair, DeclaredSide, Manifest } from './types.js';

/** The part of a manifest that a consent covers. */
export interface OutsideRoots {
  /** The outside places as `~/…`: each side up to its first `{Name}`. Empty if there are none. */
  readonly roots: readonly RepoPath[];
  /** The roots that a fix would write. */
  readonly written: readonly RepoPath[];
  /**
   * The sha256 of sides, direction, aliases, exclude, text rules and one-sided lists of every
   * declaration that is connected to the roots.
   */
  readonly digest: string;
}

/**
 * True for a path outside the repository. An inside path never begins like this: see path-rules.ts.
 */
export function isOutside(path: string): boolean {
  return path === '~' || path.startsWith('~/');
}

/** Pure. The outside roots of a manifest. */
export function outsideRootsOf(manifest: Manifest): OutsideRoots {
  const { copy } = sidesOf(manifest.fixDirection);
  const declared = [...manifest.pairs, ...manifest.aliases];
  const roots = new Set(declared.flatMap(({ a, b }) => [a, b].filter(({ outside }) => outside).map(rootOf)));
  const written = new Set(declared.flatMap((each) => (each[copy].outside ? [rootOf(each[copy])] : [])));
  const connected = roots.size === 0 ? [] : connectedTo(declared);
  const text = JSON.stringify([
    manifest.fixDirection,
    connected.map((each) => [
      each.a.text,
      each.b.text,
      'exclude' in each ? each.exclude : (each.exception ?? null),
      ...(each.textRule ? [each.textRule] : []),
    ]),
    manifest.liveOnly,
    manifest.submoduleOnly,
  ]);
  return { roots: [...roots], written: [...written], digest: createHash('sha256').update(text).digest('hex') };
}

function rootOf(side: DeclaredSide): RepoPath {
  const end = side.segments.findIndex((segment) => typeof segment !== 'string');
  return ['~', ...side.segments.slice(0, end < 0 ? undefined : end)].join('/') as RepoPath;
}

/**
 * The declarations with an outside side, and those that overlap with them, since a chain copies
 * further. In the manifest's order.
 */
function connectedTo(declared: readonly (DeclaredPair | DeclaredAlias)[]): readonly (DeclaredPair | DeclaredAlias)[] {
  const places = new PlaceTrie<DeclaredPair | DeclaredAlias>();
  for (const each of declared) for (const side of [each.a, each.b]) places.add(placeOf(side), each);
  const found = new Set(declared.filter(({ a, b }) => a.outside || b.outside));
  for (const each of found) {
    for (const side of [each.a, each.b]) for (const next of places.overlapping(placeOf(side))) found.add(next);
  }
  return declared.filter((each) => found.has(each));
}
