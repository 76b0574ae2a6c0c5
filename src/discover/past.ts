// What history adds, newest commit first: which files of today were equal once, and which ones moved together.

import type { Commit } from '../git/history.js';
import type { Oid } from '../git/oid.js';
import { isZero } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';
import { areTwinNames } from './noise.js';
import type { CopyTree } from './tree.js';
import type { Candidate, Twins } from './types.js';

/** More holders of one content say nothing about any two of them. */
const MOST_HOLDERS = 50;

/** Candidates that one commit changed alike. */
export interface Together {
  readonly commit: number;
  readonly files: readonly Candidate[];
}

export class Past {
  readonly #tree: CopyTree;
  /** What each candidate held, at the point that the walk has come to. */
  readonly #held = new Map<RepoPath, Oid>();
  /** Of most contents there is one holder, for which a set would be waste. */
  readonly #holders = new Map<Oid, RepoPath | Set<RepoPath>>();
  readonly #onceEqual = new Map<string, Twins>();
  readonly together: Together[] = [];
  commits = 0;

  constructor(tree: CopyTree) {
    this.#tree = tree;
    for (const { path, oid } of tree.candidates.values()) this.#hold(path, oid);
  }

  get onceEqual(): Iterable<Twins> {
    return this.#onceEqual.values();
  }

  wereEqual(one: RepoPath, other: RepoPath): boolean {
    return this.#onceEqual.has(keyOf(one, other));
  }

  /** Goes back behind the commit. */
  take({ changes }: Commit): void {
    this.commits += 1;
    const moved = new Map<string, Candidate[]>();
    const changed: Candidate[] = [];
    for (const { path, before, after } of changes) {
      const candidate = this.#tree.candidates.get(path);
      if (!candidate) continue;
      // A path that no longer is what the walk knows of it stood on another line of history.
      this.#drop(path);
      if (isZero(before.oid) || !before.mode.startsWith('100')) continue;
      this.#hold(path, before.oid);
      changed.push(candidate);
      if (isZero(after.oid)) continue;
      const key = `${before.oid}${after.oid}`;
      const files = moved.get(key);
      if (files) files.push(candidate);
      else moved.set(key, [candidate]);
    }
    for (const files of moved.values()) if (files.length > 1) this.together.push({ commit: this.commits, files });
    for (const candidate of changed) this.#compare(candidate);
  }

  #compare(candidate: Candidate): void {
    const holders = this.#holders.get(this.#held.get(candidate.path) as Oid);
    if (!(holders instanceof Set) || holders.size > MOST_HOLDERS) return;
    for (const path of holders) {
      const other = this.#tree.candidates.get(path);
      if (!other || path === candidate.path || other.oid === candidate.oid || !alike(candidate, other)) continue;
      this.#onceEqual.set(keyOf(path, candidate.path), [candidate, other]);
    }
  }

  #hold(path: RepoPath, oid: Oid): void {
    this.#held.set(path, oid);
    const holders = this.#holders.get(oid);
    if (holders instanceof Set) holders.add(path);
    else this.#holders.set(oid, holders === undefined ? path : new Set([holders, path]));
  }

  #drop(path: RepoPath): void {
    const oid = this.#held.get(path);
    if (oid === undefined) return;
    this.#held.delete(path);
    const holders = this.#holders.get(oid);
    if (holders instanceof Set) holders.delete(path);
    if (!(holders instanceof Set) || holders.size === 0) this.#holders.delete(oid);
  }
}

function keyOf(one: RepoPath, other: RepoPath): string {
  return one < other ? `${one}\0${other}` : `${other}\0${one}`;
}

/** Files of different names that were equal for a moment are no copies of each other. */
function alike(one: Candidate, other: Candidate): boolean {
  const [a = '', b = ''] = [one.segments.at(-1), other.segments.at(-1)];
  return a === b || areTwinNames(a, b);
}
