// Selects the file pairs of a full check, with or without those that git knows to be equal.

import { mapInBatches } from '../git/batches.js';
import { joinPath, type RepoPath } from '../git/path.js';
import { pathOf } from '../manifest/sides.js';
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
  const found = await readEachInstance(rules, change, async (instance) => ({
    pairs: await readInstance(rules, change.after, instance),
    alike: 0,
  }));
  return found.pairs;
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
  return readEachInstance(rules, change, async (instance) => {
    const { rule } = instance;
    if (!reachesOutside(rule) && rules.pairsByNameAlone(rule)) return readDiffering(rules, change.after, instance);
    return { pairs: await readInstance(rules, change.after, instance), alike: 0 };
  });
}

/** What is below one place: the pairs to compare, and how many more are equal. */
interface Part {
  readonly pairs: readonly FilePair[];
  readonly alike: number;
}

/**
 * Reads many instances at once, so that git is asked for many directories in one message. Outside
 * places start processes, and are read one after the other.
 */
async function readEachInstance(
  rules: Rules,
  change: Change,
  read: (instance: RuleInstance) => Promise<Part>,
): Promise<Differing> {
  const parts = new Map<Rule, readonly Part[]>();
  const readRule = async (rule: Rule): Promise<void> => {
    const bindings = await readInstances(snapshotsOf(change), rule);
    parts.set(rule, await mapInBatches(bindings, (binding) => read({ rule, binding, rest: '' as RepoPath })));
  };
  await mapInBatches(
    rules.all.filter((rule) => !reachesOutside(rule)),
    readRule,
  );
  for (const rule of rules.all.filter(reachesOutside)) await readRule(rule);
  return joined(rules, parts);
}

function reachesOutside({ a, b }: Rule): boolean {
  return a.outside || b.outside;
}

/** The parts in the order of the rules. */
function joined(rules: Rules, parts: ReadonlyMap<Rule, readonly Part[]>): Differing {
  const found = new PairSet();
  const alike = new Map<string, number>();
  for (const rule of rules.all) {
    for (const part of parts.get(rule) ?? []) {
      for (const pair of part.pairs) found.add(pair);
      if (part.alike > 0) alike.set(rule.key, (alike.get(rule.key) ?? 0) + part.alike);
    }
  }
  return { pairs: found.all, alike };
}

async function readInstance(rules: Rules, snapshot: Snapshot, instance: RuleInstance): Promise<readonly FilePair[]> {
  const found = new PairSet();
  await addInstance(rules, snapshot, instance, found);
  return found.all;
}

async function readDiffering(rules: Rules, snapshot: Snapshot, instance: RuleInstance): Promise<Part> {
  const { rule, binding, rest } = instance;
  const [a, b] = [joinPath(pathOf(rule.a, binding), rest), joinPath(pathOf(rule.b, binding), rest)];
  const alike = await snapshot.readAlike?.(a, b);
  if (alike !== undefined) return { pairs: [], alike };
  const kinds = await Promise.all([a, b].map(async (path) => (await snapshot.readEntry(path)).kind));
  if (kinds.some((kind) => kind !== 'directory')) {
    return { pairs: await readInstance(rules, snapshot, instance), alike: 0 };
  }
  const names = new Set([...(await snapshot.readNames(a)), ...(await snapshot.readNames(b))]);
  const below = (name: string) =>
    readDiffering(rules, snapshot, { ...instance, rest: joinPath(rest, name as RepoPath) });
  const parts = await Promise.all([...names].map(below));
  return { pairs: parts.flatMap(({ pairs }) => pairs), alike: parts.reduce((sum, part) => sum + part.alike, 0) };
}

export function snapshotsOf({ after, before }: Change): readonly Snapshot[] {
  return before ? [after, before] : [after];
}
