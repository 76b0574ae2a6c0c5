// The files of one tree, indexed for discovery: by content, path and directory.

import { createHash } from 'node:crypto';
import type { Oid } from '../git/oid.js';
import { baseOf, joinPath, parentOf, type RepoPath, textOf } from '../git/path.js';
import type { TreeFile } from '../git/tree-files.js';
import { isDeclarable, isLockFile, isVendored } from './noise.js';
import { fits, type Pattern } from './patterns.js';
import { stateOf } from './state.js';
import type { Candidate, StateNumber } from './types.js';

export class CopyTree {
  readonly candidates: ReadonlyMap<RepoPath, Candidate>;
  /** Groups of at least two candidates with the same content and executable bit. */
  readonly groups: readonly (readonly Candidate[])[];
  readonly files: ReadonlyMap<RepoPath, TreeFile>;
  readonly #sortedFiles: readonly RepoPath[];
  readonly #sortedCandidates: readonly RepoPath[];
  readonly #counts = new Map<RepoPath, number>();
  #directories: readonly (readonly string[])[] | undefined;

  /** `chosen`: the files that are candidates by name. `sizes` may be filled later. */
  constructor(files: readonly TreeFile[], chosen: readonly TreeFile[], sizes: ReadonlyMap<Oid, number>) {
    this.files = new Map(files.map((file) => [file.path, file]));
    const filled = chosen.filter(({ oid }) => sizes.get(oid) !== 0);
    this.candidates = new Map(filled.map((file) => [file.path, new SizedCandidate(file, sizes)]));
    const byState = new Map<StateNumber, Candidate[]>();
    for (const each of this.candidates.values()) {
      const group = byState.get(each.state);
      if (group) group.push(each);
      else byState.set(each.state, [each]);
    }
    this.groups = [...byState.values()].filter((group) => group.length > 1);
    this.#sortedFiles = [...this.files.keys()].sort();
    this.#sortedCandidates = [...this.candidates.keys()].sort();
  }

  /** The files below a directory, as relative names. */
  namesBelow(directory: RepoPath): readonly RepoPath[] {
    const [start, end] = rangeBelow(this.#sortedFiles, directory);
    return this.#sortedFiles.slice(start, end).map((path) => path.slice(directory.length + 1) as RepoPath);
  }

  countBelow(directory: RepoPath): number {
    const known = this.#counts.get(directory);
    if (known !== undefined) return known;
    const [start, end] = rangeBelow(this.#sortedCandidates, directory);
    this.#counts.set(directory, end - start);
    return end - start;
  }

  /** The directories that match the pattern. */
  directoriesLike(pattern: Pattern): readonly RepoPath[] {
    this.#directories ??= this.#listDirectories();
    return this.#directories.filter((segments) => fits(pattern, segments)).map((each) => each.join('/') as RepoPath);
  }

  /** The same value exactly for directories with the same files under the same names. */
  sumOf(directory: RepoPath): string {
    const hash = createHash('sha1');
    for (const name of this.namesBelow(directory)) {
      const file = this.files.get(joinPath(directory, name));
      hash.update(`${file?.mode} ${file?.oid} ${name}\0`);
    }
    return hash.digest('base64');
  }

  has(path: RepoPath): boolean {
    const [start, end] = this.files.has(path) ? [0, 1] : rangeBelow(this.#sortedFiles, path);
    return end > start;
  }

  /** The names in a directory, as text. */
  childrenOf(directory: RepoPath): readonly string[] {
    const [start, end] = directory === '' ? [0, this.#sortedFiles.length] : rangeBelow(this.#sortedFiles, directory);
    const skip = directory === '' ? 0 : directory.length + 1;
    const first = (path: RepoPath) => path.slice(skip).split('/')[0] as RepoPath;
    return [...new Set(this.#sortedFiles.slice(start, end).map(first))].map(textOf);
  }

  #listDirectories(): readonly (readonly string[])[] {
    const found = new Set<RepoPath>();
    for (const path of this.#sortedFiles) {
      for (let above = parentOf(path); above !== '' && !found.has(above); above = parentOf(above)) found.add(above);
    }
    return [...found].map((path) => path.split('/'));
  }
}

/** Computed lazily to save memory: most files are never examined further. */
class SizedCandidate implements Candidate {
  readonly path: RepoPath;
  readonly oid: Oid;
  readonly state: StateNumber;
  readonly #sizes: ReadonlyMap<Oid, number>;
  #segments: readonly string[] | undefined;

  constructor(file: TreeFile, sizes: ReadonlyMap<Oid, number>) {
    this.path = file.path;
    this.oid = file.oid;
    this.state = stateOf(file) ?? Number.NaN;
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

/** Regular files that a manifest can name and that the project's people wrote. */
export function isCandidate({ path, mode }: TreeFile): boolean {
  if (!mode.startsWith('100') || isLockFile(baseOf(path)) || isVendored(path.split('/'))) return false;
  return isDeclarable(path);
}

/** In code unit order, `0` comes right after `/`. */
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
