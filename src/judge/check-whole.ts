// The check of every pair, without opening directories for which git has the same tree.

import type { Rule, Rules } from '../rules/types.js';
import { type Change, type InstanceCount, readUnlikePairs } from '../snapshot/select.js';
import { judge } from './judge-pairs.js';
import type { Verdict } from './types.js';

/** Result of a full check that counts identical pairs instead of listing them. */
export interface Differences {
  /** The pairs in directories that are not identical. */
  readonly verdicts: readonly Verdict[];
  /** The number of further synced file pairs, by the pair's key. */
  readonly alike: ReadonlyMap<string, number>;
}

/** Result of a full check that counts the pairs of equal directories by instance. */
export interface UnlikeVerdicts {
  /** In the order of `check`. */
  readonly verdicts: readonly Verdict[];
  readonly instances: readonly InstanceCount[];
}

/** As `check` of every pair, but counts those of directories with the same tree. */
export async function checkUnlike(
  rules: Rules,
  change: Change,
  lists?: (rule: Rule) => boolean,
): Promise<UnlikeVerdicts> {
  const { pairs, instances } = await readUnlikePairs(rules, change, lists);
  return { verdicts: await judge(rules, change, pairs), instances };
}

/** As {@link checkUnlike}, with the counts by key. */
export async function checkDifferences(rules: Rules, change: Change): Promise<Differences> {
  const { verdicts, instances } = await checkUnlike(rules, change);
  return { verdicts, alike: alikeByKey(instances) };
}

/** The number of synced pairs without a verdict, by their key. */
export function alikeByKey(instances: readonly InstanceCount[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, alike } of instances) if (alike > 0) counts.set(rule.key, (counts.get(rule.key) ?? 0) + alike);
  return counts;
}
