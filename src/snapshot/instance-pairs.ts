// The file pairs of one instance of a rule: what is on either side of it.

import { below, joinPath, type RepoPath } from '../git/path.js';
import { isOutside } from '../manifest/outside.js';
import { type Binding, pathOf } from '../manifest/sides.js';
import type { Side } from '../manifest/types.js';
import type { FilePair, Rule, Rules } from '../rules/types.js';
import type { Snapshot } from './types.js';

/** A set of file pairs. */
export class PairSet {
  readonly #pairs = new Map<string, FilePair>();

  add(pair: FilePair | undefined): void {
    if (pair) this.#pairs.set(`${pair.rule.id}\0${pair.a ?? ''}\0${pair.b ?? ''}`, pair);
  }

  get all(): readonly FilePair[] {
    return [...this.#pairs.values()];
  }
}

export interface RuleInstance {
  readonly rule: Rule;
  readonly binding: Binding;
  /** Only what is at or below this path of the instance. */
  readonly rest: RepoPath;
}

export async function addInstance(
  rules: Rules,
  snapshot: Snapshot,
  instance: RuleInstance,
  found: PairSet,
): Promise<void> {
  const { rule, binding, rest } = instance;
  let some = false;
  for (const side of ['a', 'b'] as const) {
    const declared = rule[side];
    const root = pathOf(declared, binding);
    if (declared.outside) {
      const files = (await snapshot.outside?.readFiles(joinPath(root, rest))) ?? [];
      some ||= files.length > 0;
      const pairs = files.map((file) => rules.pairOf({ rule, side, binding, rest: below(file, root) as RepoPath }));
      for (const pair of await withoutIgnored(snapshot, pairs, side)) found.add(pair);
      continue;
    }
    const add = (file: RepoPath): FilePair | undefined => {
      some = true;
      const pair = rules.pairOf({ rule, side, binding, rest: below(file, root) as RepoPath });
      found.add(pair);
      return pair;
    };
    const pending = [...(await snapshot.readFiles(joinPath(root, rest)))];
    for (const file of pending) {
      const pair = add(file);
      if (!pair || (await snapshot.readEntry(file)).kind !== 'gitlink') continue;
      // A submodule beside a directory is paired by file; a gitlink beside a gitlink is compared as
      // such.
      const partner = side === 'a' ? pair.b : pair.a;
      if (await standsForFiles(snapshot, pair, file === root, partner)) {
        for (const each of await snapshot.readFilesInside(file)) pending.push(each);
      }
    }
  }
  // Nothing found on either side: still report the pair, as UNCHECKED.
  if (!some) found.add(rules.pairOf({ rule, side: 'a', binding, rest }));
}

/**
 * Files that git ignores are not forgotten copies: caches and similar, which exist in both places.
 */
async function withoutIgnored(
  { outside }: Snapshot,
  pairs: readonly (FilePair | undefined)[],
  side: Side,
): Promise<readonly (FilePair | undefined)[]> {
  const partnerIn = (pair: FilePair | undefined) => (side === 'a' ? pair?.b : pair?.a) ?? undefined;
  const partners = pairs.map(partnerIn).filter((path) => path !== undefined && !isOutside(path));
  const ignored = await outside?.readIgnored(partners as RepoPath[]);
  return pairs.filter((pair) => !ignored?.has(partnerIn(pair) ?? ('' as RepoPath)));
}

/** True if a gitlink's partner is a directory. */
async function standsForFiles(
  snapshot: Snapshot,
  { rule }: FilePair,
  isRoot: boolean,
  partner: RepoPath | null,
): Promise<boolean> {
  if (isRoot && (rule.a.outside || rule.b.outside)) return true;
  const beside = partner === null ? undefined : (await snapshot.readEntry(partner)).kind;
  return beside === 'directory' || (isRoot && beside === 'absent' && rule.shape !== 'fanout');
}
