// Pairs of directories that a commit adds with the same tree on both sides: there is nothing to
// judge, only to count.

import { joinPath, parentOf, type RepoPath } from '../git/path.js';
import { pathOf } from '../manifest/sides.js';
import type { Membership, Rule, Rules } from '../rules/types.js';
import { readNode } from '../snapshot/node.js';
import { canBeAlike } from '../snapshot/select.js';
import type { Snapshot } from '../snapshot/types.js';

export class NewTrees {
  /** The number of file pairs in them. */
  pairs = 0;
  readonly #rules: Rules;
  readonly #before: Snapshot;
  readonly #after: Snapshot;
  /** By rule and directory below its sides. */
  readonly #known = new Map<Rule, Map<RepoPath, boolean>>();

  constructor(rules: Rules, before: Snapshot, after: Snapshot) {
    this.#rules = rules;
    this.#before = before;
    this.#after = after;
  }

  /** True if the file is in such a directory. */
  async hold({ rule, rest }: Membership): Promise<boolean> {
    if (rest === '' || rule.shape !== 'plain' || !canBeAlike(this.#rules, rule)) return false;
    const known = this.#known.get(rule) ?? new Map<RepoPath, boolean>();
    this.#known.set(rule, known);
    return this.#isNew(rule, parentOf(rest), known);
  }

  async #isNew(rule: Rule, directory: RepoPath, known: Map<RepoPath, boolean>): Promise<boolean> {
    const before = known.get(directory);
    if (before !== undefined) return before;
    const above = directory !== '' && (await this.#isNew(rule, parentOf(directory), known));
    const isNew = above || (await this.#count(rule, directory));
    known.set(directory, isNew);
    return isNew;
  }

  async #count(rule: Rule, directory: RepoPath): Promise<boolean> {
    const [a, b] = [joinPath(pathOf(rule.a), directory), joinPath(pathOf(rule.b), directory)];
    for (const path of [a, b]) {
      const node = await readNode(this.#before, path);
      if (node.kind !== 'absent' || node.underFile !== undefined) return false;
    }
    const files = (await this.#after.readAlike?.(a, b)) ?? 0;
    this.pairs += files;
    return files > 0;
  }
}
