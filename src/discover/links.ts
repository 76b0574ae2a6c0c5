// Which paths are already linked, by declared pairs or earlier proposals.

import type { RepoPath } from '../git/path.js';

/** Union-find over paths. */
export class Links {
  readonly #parents = new Map<RepoPath, RepoPath>();

  /** The representative of all paths that are linked to this one. */
  find(path: RepoPath): RepoPath {
    let root = path;
    for (let next = this.#parents.get(root); next !== undefined; next = this.#parents.get(root)) root = next;
    for (let at = path; at !== root; ) {
      const next = this.#parents.get(at) ?? root;
      this.#parents.set(at, root);
      at = next;
    }
    return root;
  }

  areLinked(one: RepoPath, other: RepoPath): boolean {
    return this.find(one) === this.find(other);
  }

  /** True if the two were not linked before. */
  link(one: RepoPath, other: RepoPath): boolean {
    const [a, b] = [this.find(one), this.find(other)];
    if (a === b) return false;
    this.#parents.set(a, b);
    return true;
  }

  /** Links all of these if at least this share of the links is new; otherwise false. */
  linkIfNew(mapped: readonly (readonly [RepoPath, RepoPath])[], share: number): boolean {
    const fresh = mapped.filter(([one, other]) => !this.areLinked(one, other)).length;
    if (fresh === 0 || fresh < share * mapped.length) return false;
    for (const [one, other] of mapped) this.link(one, other);
    return true;
  }
}
