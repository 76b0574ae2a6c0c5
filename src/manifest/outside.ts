// What of a manifest reaches outside the repository: the roots, and everything that decides what is
// read or written there.

import { createHash } from 'node:crypto';
import type { RepoPath } from '../git/path.js';
import { sidesOf } from './direction.js';
import { placeOf } from './sides.js';
import { PlaceTrie } from './trie.js';
import type { DeclaredAlias, DeclaredPair, DeclaredSide, Manifest } from './types.js';

/** The part of a manifest that a consent is bound to. */
export interface OutsideRoots {
  /** The places outside, as `~/…`: each side up to its first `{Name}`. Empty if nothing reaches
   * outside. */
  readonly roots: readonly RepoPath[];
  /** Those of them that a fix would write. */
  readonly written: readonly RepoPath[];
  /** The sha256 of both sides, direction, aliases, exclude and one-sided lists of all that is
   * connected to them. */
  readonly digest: string;
}

/** True for a path outside the repository. No path inside begins so: see path-rules.ts. */
export function isOutside(path: string): boolean {
  return path === '~' || path.startsWith('~/');
}

/** Pure: what the manifest reaches. */
export function outsideRootsOf(manifest: Manifest): OutsideRoots {
  const { copy } = sidesOf(manifest.fixDirection);
  const declared = [...manifest.pairs, ...manifest.aliases];
  const roots = new Set(declared.flatMap(({ a, b }) => [a, b].filter(({ outside }) => outside).map(rootOf)));
  const written = new Set(declared.flatMap((each) => (each[copy].outside ? [rootOf(each[copy])] : [])));
  const connected = roots.size === 0 ? [] : connectedTo(declared);
  const text = JSON.stringify([
    manifest.fixDirection,
    connected.map((each) => [each.a.text, each.b.text, 'exclude' in each ? each.exclude : (each.exception ?? null)]),
    manifest.liveOnly,
    manifest.submoduleOnly,
  ]);
  return { roots: [...roots], written: [...written], digest: createHash('sha256').update(text).digest('hex') };
}

function rootOf(side: DeclaredSide): RepoPath {
  const end = side.segments.findIndex((segment) => typeof segment !== 'string');
  return ['~', ...side.segments.slice(0, end < 0 ? undefined : end)].join('/') as RepoPath;
}

/** What has a side outside, and whatever overlaps with that: a chain carries content on. In the
 * manifest's order. */
function connectedTo(declared: readonly (DeclaredPair | DeclaredAlias)[]): readonly (DeclaredPair | DeclaredAlias)[] {
  const places = new PlaceTrie<DeclaredPair | DeclaredAlias>();
  for (const each of declared) for (const side of [each.a, each.b]) places.add(placeOf(side), each);
  const found = new Set(declared.filter(({ a, b }) => a.outside || b.outside));
  for (const each of found) {
    for (const side of [each.a, each.b]) for (const next of places.overlapping(placeOf(side))) found.add(next);
  }
  return declared.filter((each) => found.has(each));
}
