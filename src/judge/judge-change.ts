// The one place where a change is judged: which pairs, by whose rules, and what a merge is not
// blamed for.

import type { RepoPath } from '../git/path.js';
import { MANIFEST_PATH } from '../manifest/types.js';
import type { FilePair, Rules } from '../rules/types.js';
import { type Change, readAllPairs, readTouchedPairs } from '../snapshot/select.js';
import type { Inheritance } from './inheritance.js';
import { check, judge, judgeEach } from './judge-pairs.js';
import type { Policy } from './policies.js';
import { isOutOfSync, type Verdict } from './types.js';

/** A change and all that its verdicts depend on. */
export interface JudgedChange {
  /** The two snapshots. */
  readonly change: Change;
  /** The paths that differ between them; without it every pair is judged. */
  readonly touched?: ReadonlySet<RepoPath>;
  /** What the manifest of the result declares; undefined if there is none. */
  readonly rules: Rules | undefined;
  /** What the manifest before declared: the same object as `rules` if that has not changed. */
  readonly oldRules: Rules | undefined;
  /** Says what the change is not to blame for. */
  readonly isInherited?: Inheritance;
}

export interface ChangeVerdicts {
  /** What counts: a verdict that is out of sync stops the change. */
  readonly verdicts: readonly Verdict[];
  /** Out of sync as in a state that is merged. */
  readonly inherited: readonly Verdict[];
  /** By the old rules: pairs that the new ones no longer have, or judge more widely. */
  readonly loosened: readonly Verdict[];
}

/**
 * The verdicts on a change. Without a single read more than they need: a commit waits for them.
 * @throws Fault for whatever keeps a pair from being compared.
 */
export async function judgeChange(judged: JudgedChange, policy: Policy): Promise<ChangeVerdicts> {
  const { rules, change, touched } = judged;
  const usual = rules ? await check(rules, { ...change, ...(touched && { touched }) }) : [];
  const byNewRules = policy.newRules === 'whole' ? await judgeNewRules(judged) : [];
  const all = withoutRepeats([...usual, ...byNewRules]);
  const loosened = policy.oldRules === 'ignored' ? [] : await judgeByOldRules(judged, policy, all);
  const inherited = policy.inherited === 'judged' ? NOTHING : await findInherited(judged, all, new Set(byNewRules));
  // Where the old rules count, theirs is the verdict on the pair.
  const replaced = new Set(policy.oldRules === 'judged' ? loosened.map(pathsKeyOf) : []);
  const left = all.filter((each) => !inherited.has(each) && !replaced.has(pathsKeyOf(each)));
  return { verdicts: left, inherited: [...inherited], loosened };
}

const NOTHING: ReadonlySet<Verdict> = new Set();

/** Every pair that the old manifest did not have, or had under another rule. */
async function judgeNewRules({ rules, oldRules, change, touched }: JudgedChange): Promise<readonly Verdict[]> {
  if (!rules || rules === oldRules || !touched?.has(MANIFEST_PATH)) return [];
  const known = new Set(oldRules ? (await readAllPairs(oldRules, change)).map((pair) => ruleOf(oldRules, pair)) : []);
  const pairs = (await readAllPairs(rules, change)).filter((pair) => !known.has(ruleOf(rules, pair)));
  return judge(rules, change, pairs);
}

/** The touched pairs by the old rules, without those on which the new ones say the same, or as
 * much. */
async function judgeByOldRules(
  { rules, oldRules, change, touched }: JudgedChange,
  policy: Policy,
  verdicts: readonly Verdict[],
): Promise<readonly Verdict[]> {
  if (!oldRules || oldRules === rules || !touched) return [];
  const pairs = await readTouchedPairs(oldRules, change, touched);
  // What is only said must not stop a commit that mends what the old manifest could not mean.
  const judged =
    policy.oldRules === 'said'
      ? [...(await judgeEach(oldRules, change, pairs)).verdicts.values()]
      : await judge(oldRules, change, pairs);
  const now = new Map<string, boolean>();
  for (const each of verdicts) now.set(pathsKeyOf(each), now.get(pathsKeyOf(each)) || isOutOfSync(each));
  return judged.filter((each) => {
    const known = now.get(pathsKeyOf(each));
    return known === undefined || (isOutOfSync(each) && !known);
  });
}

async function findInherited(
  { isInherited }: JudgedChange,
  verdicts: readonly Verdict[],
  byNewRules: ReadonlySet<Verdict>,
): Promise<ReadonlySet<Verdict>> {
  const inherited = new Set<Verdict>();
  if (!isInherited) return inherited;
  for (const verdict of verdicts.filter(isOutOfSync)) {
    if (await isInherited(verdict, byNewRules.has(verdict))) inherited.add(verdict);
  }
  return inherited;
}

function keyOf({ rule, a, b }: FilePair): string {
  return `${rule.key}\0${a ?? ''}\0${b ?? ''}`;
}

function withoutRepeats(verdicts: readonly Verdict[]): readonly Verdict[] {
  return [...new Map(verdicts.map((each) => [keyOf(each.pair), each])).values()];
}

/** The two paths, whatever rule pairs them and in whatever order. */
function pathsKeyOf({ pair }: Verdict): string {
  return [pair.a ?? '', pair.b ?? ''].sort().join('\0');
}

/** Everything that decides the verdict on two given files. */
function ruleOf(rules: Rules, { rule, a, b, exception }: FilePair): string {
  const waived = [a !== null && rules.waivesMissing('a', a), b !== null && rules.waivesMissing('b', b)];
  return JSON.stringify([a, b, rule.shape === 'fanout', exception ?? null, waived]);
}
