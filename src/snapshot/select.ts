// Selects the file pairs of a full check, with or without those that git knows to be equal.

import { joinPath, type RepoPath } from '../git/path.js';
import { pathOf } from '../manifest/sides.js';
import type { Side } from '../manifest/types.js';
import type { FilePair, Rule, Rules } from '../rules/types.js';
import { addInstance, PairSet, type RuleInstance } from './instance-pairs.js';
import { readInstances } from './instances.js';
import type { Snapshot } from './types.js';

/** The two snapshots of a change. `before` is missing if there is nothing to compare with. */
export interface Change {
  readonly after: Snapshot;
  readonly before?: Snapshot | undefined;
  /** What the commit changed, if its names should not count: `before` is missing then. */
  readonly parent?: Snapshot | undefined;
}

export async function readAllPairs(rules: Rules, change: Change): Promise<readonly FilePair[]> {
  const found = new PairSet();
  for (const rule of rules.all) {
    for (const binding of await readInstances(snapshotsOf(change), rule)) {
      await addInstance(rules, change.after, { rule, binding, rest: '' as RepoPath }, found);
    }
  }
  return found.all;
}

/**
 * The file pairs to compare, and for each key how many are known to be equal because whole
 * directories are.
 */
export interface Differing {
  readonly pairs: readonly FilePair[];
  readonly alike: ReadonlyMap<string, number>;
}

/** As {@link readAllPairs}, but skips directories for which git has the same tree. */
export async function readDifferingPairs(rules: Rules, change: Change): Promise<Differing> {
  const found = new PairSet();
  const alike = new Map<string, number>();
  for (const rule of rules.all) {
    const inside = canBeAlike(rules, rule);
    for (const binding of await readInstances(snapshotsOf(change), rule)) {
      const instance = { rule, binding, rest: '' as RepoPath };
      if (inside) await addDiffering(rules, change.after, instance, found, alike);
      else await addInstance(rules, change.after, instance, found);
    }
  }
  return { pairs: found.all, alike };
}

/** An instance of a rule, and how many of its file pairs are known to be equal. */
export interface InstanceCount {
  readonly rule: Rule;
  readonly a: RepoPath;
  readonly b: RepoPath;
  readonly alike: number;
}

/** The file pairs to compare, and every instance with the number of its other pairs. */
export interface Unlike {
  readonly pairs: readonly FilePair[];
  readonly instances: readonly InstanceCount[];
}

/**
 * As {@link readAllPairs} and in its order, but skips directories for which git has the same tree.
 * `lists`: true for a rule whose pairs are all listed.
 */
export async function readUnlikePairs(
  rules: Rules,
  change: Change,
  lists: (rule: Rule) => boolean = () => false,
): Promise<Unlike> {
  const found = new PairSet();
  const instances: InstanceCount[] = [];
  for (const rule of rules.all) {
    const counts = canBeAlike(rules, rule) && !lists(rule);
    for (const binding of await readInstances(snapshotsOf(change), rule)) {
      const instance = { rule, binding, rest: '' as RepoPath };
      const [a, b] = [pathOf(rule.a, binding), pathOf(rule.b, binding)];
      const trees = new AlikeTrees(change.after, a, b);
      if (!counts) await addInstance(rules, change.after, instance, found);
      else if (!(await trees.isAlike('' as RepoPath))) {
        const opens = async (_: Side, rest: RepoPath) => !(await trees.isAlike(rest));
        await addInstance(rules, change.after, instance, found, { wants: () => true, opens });
      }
      instances.push({ rule, a, b, alike: trees.files });
    }
  }
  return { pairs: found.all, instances };
}

/** True if directories of this rule with the same tree have nothing out of sync. */
export function canBeAlike(rules: Rules, rule: Rule): boolean {
  return !rule.a.outside && !rule.b.outside && rules.pairsByNameAlone(rule);
}

/** The directories of an instance that git has the same tree for, and the number of their files. */
class AlikeTrees {
  files = 0;
  readonly #snapshot: Snapshot;
  readonly #a: RepoPath;
  readonly #b: RepoPath;
  readonly #known = new Map<RepoPath, boolean>();

  constructor(snapshot: Snapshot, a: RepoPath, b: RepoPath) {
    this.#snapshot = snapshot;
    this.#a = a;
    this.#b = b;
  }

  async isAlike(rest: RepoPath): Promise<boolean> {
    const known = this.#known.get(rest);
    if (known !== undefined) return known;
    const files = (await this.#snapshot.readAlike?.(joinPath(this.#a, rest), joinPath(this.#b, rest))) ?? 0;
    this.#known.set(rest, files > 0);
    this.files += files;
    return files > 0;
  }
}

async function addDiffering(
  rules: Rules,
  snapshot: Snapshot,
  instance: RuleInstance,
  found: PairSet,
  alike: Map<string, number>,
): Promise<void> {
  const { rule, binding, rest } = instance;
  const [a, b] = [joinPath(pathOf(rule.a, binding), rest), joinPath(pathOf(rule.b, binding), rest)];
  const count = await snapshot.readAlike?.(a, b);
  if (count !== undefined) {
    alike.set(rule.key, (alike.get(rule.key) ?? 0) + count);
    return;
  }
  const kinds = await Promise.all([a, b].map(async (path) => (await snapshot.readEntry(path)).kind));
  if (kinds.some((kind) => kind !== 'directory')) return addInstance(rules, snapshot, instance, found);
  for (const name of new Set([...(await snapshot.readNames(a)), ...(await snapshot.readNames(b))])) {
    await addDiffering(rules, snapshot, { ...instance, rest: joinPath(rest, name as RepoPath) }, found, alike);
  }
}

export function snapshotsOf({ after, before }: Change): readonly Snapshot[] {
  return before ? [after, before] : [after];
}
