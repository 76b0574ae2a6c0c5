// The files of one tree as discovery needs them: by content, by path, by directory.

import type { Oid } from '../git/oid.js';
import { baseOf, type RepoPath } from '../git/path.js';
import type { TreeFile } from '../git/tree-files.js';
import { isDeclarable, isLockFile, isVendored } from './noise.js';
import type { Candidate } from './types.js';

export class CopyTree {
  readonly candidates: ReadonlyMap<RepoPath, Candidate>;
  /** Two or more candidates of one content. */
  readonly groups: readonly (readonly Candidate[])[];
  readonly files: ReadonlyMap<RepoPath, TreeFile>;
  readonly #sortedFiles: readonly RepoPath[];
  readonly #sortedCandidates: readonly RepoPath[];
  readonly #counts = new Map<RepoPath, number>();

  /** `chosen`: those of the files that are candidates by name. `sizes` may learn more later on. */
  constructor(files: readonly TreeFile[], chosen: readonly TreeFile[], sizes: ReadonlyMap<Oid, number>) {
    this.files = new Map(files.map((file) => [file.path, file]));
    const filled = chosen.filter(({ oid }) => sizes.get(oid) !== 0);
    this.candidates = new Map(filled.map((file) => [file.path, new SizedCandidate(file, sizes)]));
    const byOid = new Map<Oid, Candidate[]>();
    for (const each of this.candidates.values()) {
      const group = byOid.get(each.oid);
      if (group) group.push(each);
      else byOid.set(each.oid, [each]);
    }
    this.groups = [...byOid.values()].filter((group) => group.length > 1);
    this.#sortedFiles = [...this.files.keys()].sort();
    this.#sortedCandidates = [...this.candidates.keys()].sort();
  }

  /** The files below a directory, relative to it. */
  namesBelow(directory: RepoPath): readonly RepoPath[] {
    const [start, end] = rangeBelow(this.#sortedFiles, directory);
    return this.#sortedFiles.slice(start, end).map((path) => path.slice(directory.length + 1) as RepoPath);
  }

  /** How many candidates there are below a directory. */
  countBelow(directory: RepoPath): number {
    const known = this.#counts.get(directory);
    if (known !== undefined) return known;
    const [start, end] = rangeBelow(this.#sortedCandidates, directory);
    this.#counts.set(directory, end - start);
    return end - start;
  }

  /** How many candidates have the same name relative to both directories. */
  countCommon(a: RepoPath, b: RepoPath): number {
    const [from, to] = this.countBelow(a) <= this.countBelow(b) ? [a, b] : [b, a];
    const [start, end] = rangeBelow(this.#sortedCandidates, from);
    let common = 0;
    for (let at = start; at < end; at += 1) {
      const rest = this.#sortedCandidates[at]?.slice(from.length) ?? '';
      if (this.candidates.has(`${to}${rest}` as RepoPath)) common += 1;
    }
    return common;
  }
}

/** Of many files little is ever asked, so that what can be told later takes no room before. */
class SizedCandidate implements Candidate {
  readonly path: RepoPath;
  readonly oid: Oid;
  readonly #sizes: ReadonlyMap<Oid, number>;
  #segments: readonly string[] | undefined;

  constructor({ path, oid }: TreeFile, sizes: ReadonlyMap<Oid, number>) {
    this.path = path;
    this.oid = oid;
    this.#sizes = sizes;
  }

  get segments(): readonly string[] {
    this.#segments ??= this.path.split('/');
    return this.#segments;
  }

  get size(): number {
    return this.#sizes.get(this.oid) ?? Number.POSITIVE_INFINITY;
  }
}

/** Regular files that a manifest could name, and that belong to the people here. */
export function isCandidate({ path, mode }: TreeFile): boolean {
  if (!mode.startsWith('100') || isLockFile(baseOf(path)) || isVendored(path.split('/'))) return false;
  return isDeclarable(path);
}

/** Sorted by code units, `0` comes right after `/`. */
function rangeBelow(sorted: readonly RepoPath[], directory: RepoPath): [number, number] {
  return [firstAtOrAfter(sorted, `${directory}/`), firstAtOrAfter(sorted, `${directory}0`)];
}

function firstAtOrAfter(sorted: readonly string[], wanted: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
