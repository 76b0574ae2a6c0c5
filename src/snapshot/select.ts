// Selects the file pairs of a full check, with or without those that git knows to be equal.

import { mapInBatches } from '../git/batches.js';
import { joinPath, type RepoPath } from '../git/path.js';
import { type Binding, pathOf } from '../manifest/sides.js';
import type { Side } from '../manifest/types.js';
import type { FilePair, Rule, Rules } from '../rules/types.js';
import { addInstance, PairSet } from './instance-pairs.js';
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
  return (await readUnlikePairs(rules, change, () => true)).pairs;
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

/** What is read of one instance. */
interface Part {
  readonly pairs: readonly FilePair[];
  readonly count: InstanceCount;
}

/**
 * The file pairs in the manifest's order, without those below directories for which git has the
 * same tree. `lists`: true for a rule whose pairs are all listed.
 */
export async function readUnlikePairs(
  rules: Rules,
  change: Change,
  lists: (rule: Rule) => boolean = () => false,
): Promise<Unlike> {
  const parts = new Map<Rule, readonly Part[]>();
  const readRule = async (rule: Rule): Promise<void> => {
    const counts = canBeAlike(rules, rule) && !lists(rule);
    const bindings = await readInstances(snapshotsOf(change), rule);
    parts.set(rule, await mapInBatches(bindings, (binding) => readPart(rules, change.after, rule, binding, counts)));
  };
  const inside = rules.all.filter((rule) => !reachesOutside(rule));
  // Side by side, so that git is asked for many directories in one message. Outside places start
  // processes, and are read one after the other.
  await mapInBatches(inside, readRule);
  for (const rule of rules.all.filter(reachesOutside)) await readRule(rule);
  const all = rules.all.flatMap((rule) => parts.get(rule) ?? []);
  const found = new PairSet();
  for (const { pairs } of all) for (const pair of pairs) found.add(pair);
  return { pairs: found.all, instances: all.map(({ count }) => count) };
}

function reachesOutside({ a, b }: Rule): boolean {
  return a.outside || b.outside;
}

/** `counts`: the pairs of equal directories are counted and not listed. */
async function readPart(
  rules: Rules,
  snapshot: Snapshot,
  rule: Rule,
  binding: Binding,
  counts: boolean,
): Promise<Part> {
  const found = new PairSet();
  const instance = { rule, binding, rest: '' as RepoPath };
  const [a, b] = [pathOf(rule.a, binding), pathOf(rule.b, binding)];
  const trees = new AlikeTrees(snapshot, a, b);
  if (!counts) await addInstance(rules, snapshot, instance, found);
  else if (!(await trees.isAlike('' as RepoPath))) {
    const opens = async (_: Side, rest: RepoPath) => !(await trees.isAlike(rest));
    await addInstance(rules, snapshot, instance, found, { wants: () => true, opens });
  }
  return { pairs: found.all, count: { rule, a, b, alike: trees.files } };
}

/** True if directories of this rule with the same tree have nothing out of sync. */
export function canBeAlike(rules: Rules, rule: Rule): boolean {
  return !reachesOutside(rule) && rules.pairsByNameAlone(rule);
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

export function snapshotsOf({ after, before }: Change): readonly Snapshot[] {
  return before ? [after, before] : [after];
}
