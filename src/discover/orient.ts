// Chooses the source among copies: the declared one, else the top-level one, else the one that the
// others followed, else the shallowest; a derived place only if there is no other.

import type { RepoPath } from '../git/path.js';
import { isDerived } from './places.js';
import type { SourceBasis } from './types.js';

/** The sides that the manifest already declares. */
export interface KnownSides {
  /** The first segments of the declared sides. */
  readonly a: ReadonlySet<string>;
  readonly b: ReadonlySet<string>;
  /** True if fixes copy from a to b; otherwise a fan-out would have many sources. */
  readonly forward: boolean;
}

export interface Source {
  readonly path: RepoPath;
  readonly basis: SourceBasis;
}

/**
 * For each place: the edits that it had before the others, minus those that it had after them.
 * `born`: age counts.
 */
export type Leads = (places: readonly RepoPath[], born: boolean) => readonly number[];

/**
 * `places`: at least one. `isFile`: they are files, whose base name says nothing about the place.
 */
export function chooseSource(places: readonly RepoPath[], isFile: boolean, known: KnownSides, leads: Leads): Source {
  const steps: readonly [SourceBasis, (left: readonly RepoPath[]) => readonly RepoPath[]][] = [
    ['declared', (left) => declaredAmong(left, known)],
    ['place', (left) => left.filter((path) => !isDerived(isFile ? directoryOf(path) : path))],
    ['depth', (left) => (isFile ? left.filter((path) => !path.includes('/')) : [])],
    ['history', (left) => leaderAmong(left, leads(left, false))],
    ['depth', shallowestAmong],
    ['history', (left) => leaderAmong(left, leads(left, true))],
  ];
  let left = places;
  for (const [basis, choose] of steps) {
    const chosen = choose(left);
    if (chosen.length > 0) left = chosen;
    const [path] = left;
    if (left.length === 1 && path !== undefined) return { path, basis };
  }
  return { path: [...left].sort()[0] as RepoPath, basis: 'name' };
}

function directoryOf(path: RepoPath): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function declaredAmong(places: readonly RepoPath[], { a, b }: KnownSides): readonly RepoPath[] {
  const first = (path: RepoPath) => path.split('/')[0] ?? '';
  const sources = places.filter((path) => a.has(first(path)) && !b.has(first(path)));
  const copies = places.filter((path) => b.has(first(path)) && !a.has(first(path)));
  return sources.length > 0 && copies.length > 0 ? sources : [];
}

/** The place that led the others the most, if any did. */
function leaderAmong(places: readonly RepoPath[], leads: readonly number[]): readonly RepoPath[] {
  const most = Math.max(...leads);
  return most > 0 ? places.filter((_, at) => leads[at] === most) : [];
}

function shallowestAmong(places: readonly RepoPath[]): readonly RepoPath[] {
  const depths = places.map((path) => path.split('/').length);
  const least = Math.min(...depths);
  return places.filter((_, at) => depths[at] === least);
}
