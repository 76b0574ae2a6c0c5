// The only place where a change is judged: which pairs, by which rules, and what is inherited.

import type { RepoPath } from '../git/path.js';
import { MANIFEST_PATH } from '../manifest/types.js';
import type { FilePair, Rules } from '../rules/types.js';
import { type Change, readAllPairs } from '../snapshot/select.js';
import { readTouchedPairs } from '../snapshot/touched-pairs.js';
import type { Inheritance } from './inheritance.js';
import { check, judge, judgeEach } from './judge-pairs.js';
import type { Policy } from './policies.js';
import { isOutOfSync, type Verdict } from './types.js';

/** A change, and everything that its verdicts depend on. */
export interface JudgedChange {
  /** The two snapshots. */
  readonly change: Change;
  /** The paths that differ between the snapshots; without it every pair is judged. */
  readonly touched?: ReadonlySet<RepoPath>;
  /** The rules of the result's manifest; undefined if there is none. */
  readonly rules: Rules | undefined;
  /** The rules of the manifest before: the same object as `rules` if it has not changed. */
  readonly oldRules: Rules | undefined;
  /** Decides which verdicts the change has inherited. */
  readonly isInherited?: Inheritance;
}

export interface ChangeVerdicts {
  /** The verdicts that count: one that is out of sync blocks the change. */
  readonly verdicts: readonly Verdict[];
  /** Out of sync in the same way in a merged state. */
  readonly inherited: readonly Verdict[];
  /** Verdicts by the old rules on pairs that the new rules drop or judge more widely. */
  readonly loosened: readonly Verdict[];
  /** Untouched pairs that are out of sync by the old rules, and in sync by the new ones. */
  readonly widened: readonly Verdict[];
}

/**
 * The verdicts on a change. Reads as little as possible, because a commit waits for it.
 * @throws Fault if a pair cannot be compared.
 */
export async function judgeChange(judged: JudgedChange, policy: Policy): Promise<ChangeVerdicts> {
  const { rules, change, touched } = judged;
  const usual = rules ? await check(rules, { ...change, ...(touched && { touched }) }) : [];
  const before = policy.newRules === 'whole' ? await readPairsBefore(judged) : undefined;
  const byNewRules = rules && before ? await judgeNewRules(judged, rules, before) : [];
  const all = withoutRepeats([...usual, ...byNewRules]);
  const loosened = policy.oldRules === 'ignored' ? [] : await judgeByOldRules(judged, policy, all);
  const inherited = policy.inherited === 'judged' ? NOTHING : await findInherited(judged, all, new Set(byNewRules));
  // If the old rules count, their verdict on the pair replaces the new one.
  const replaced = new Set(policy.oldRules === 'judged' ? loosened.map(pathsKeyOf) : []);
  const left = all.filter((each) => !inherited.has(each) && !replaced.has(pathsKeyOf(each)));
  const widened = policy.oldRules === 'said' && before ? await judgeWidened(judged, byNewRules, before) : [];
  return { verdicts: left, inherited: [...inherited], loosened, widened: widened.filter(isUntouchedBy(loosened)) };
}

function isUntouchedBy(loosened: readonly Verdict[]): (verdict: Verdict) => boolean {
  const known = new Set(loosened.map(pathsKeyOf));
  return (verdict) => !known.has(pathsKeyOf(verdict));
}

const NOTHING: ReadonlySet<Verdict> = new Set();

/** The pairs of the old manifest, if the change has another one; none without an old one. */
async function readPairsBefore(judged: JudgedChange): Promise<readonly FilePair[] | undefined> {
  const { rules, oldRules, change, touched } = judged;
  if (!rules || rules === oldRules || !touched?.has(MANIFEST_PATH)) return undefined;
  return oldRules ? readAllPairs(oldRules, change) : [];
}

/** Every pair that the old manifest lacks, or had under another rule. */
async function judgeNewRules(
  { oldRules, change }: JudgedChange,
  rules: Rules,
  before: readonly FilePair[],
): Promise<readonly Verdict[]> {
  const known = new Set(oldRules ? before.map((pair) => ruleOf(oldRules, pair)) : []);
  const pairs = (await readAllPairs(rules, change)).filter((pair) => !known.has(ruleOf(rules, pair)));
  return judge(rules, change, pairs);
}

/** The touched pairs by the old rules, except those on which the new rules are as strict. */
async function judgeByOldRules(
  judged: JudgedChange,
  policy: Policy,
  verdicts: readonly Verdict[],
): Promise<readonly Verdict[]> {
  const { rules, oldRules, change, touched } = judged;
  // safeguard first-manifest: a first manifest is judged whole (unit/judge/judge-change)
  if (!oldRules || oldRules === rules || !touched) return [];
  const pairs = await readTouchedPairs(oldRules, change, touched);
  // A verdict that is only mentioned must not stop a commit that repairs an invalid pair of the old
  // manifest.
  const before =
    policy.oldRules === 'said'
      ? [...(await judgeEach(oldRules, change, pairs)).verdicts.values()]
      : await judge(oldRules, change, pairs);
  const now = new Map<string, boolean>();
  for (const each of verdicts) now.set(pathsKeyOf(each), now.get(pathsKeyOf(each)) || isOutOfSync(each));
  return before.filter((each) => {
    const known = now.get(pathsKeyOf(each));
    return known === undefined || (isOutOfSync(each) && !known);
  });
}

/** The verdicts of the old rules on pairs that a changed rule brings in sync. */
async function judgeWidened(
  { oldRules, change }: JudgedChange,
  byNewRules: readonly Verdict[],
  before: readonly FilePair[],
): Promise<readonly Verdict[]> {
  if (!oldRules) return [];
  // An exception says for itself that the two differ.
  const inSync = new Set(byNewRules.filter(({ status }) => status === 'SYNCED').map(pathsKeyOf));
  const pairs = before.filter((pair) => inSync.has(pathsKeyOf({ pair })));
  return [...(await judgeEach(oldRules, change, pairs)).verdicts.values()].filter(isOutOfSync);
}

async function findInherited(
  { isInherited }: JudgedChange,
  verdicts: readonly Verdict[],
  byNewRules: ReadonlySet<Verdict>,
): Promise<ReadonlySet<Verdict>> {
  const inherited = new Set<Verdict>();
  if (!isInherited) return inherited;
  for (const verdict of verdicts.filter(isOutOfSync)) {
    // safeguard inherited (R9): drift of a merged branch is that branch's (unit/judge/judge-change)
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

/** The two paths in sorted order, whatever rule pairs them. */
function pathsKeyOf({ pair }: Pick<Verdict, 'pair'>): string {
  return [pair.a ?? '', pair.b ?? ''].sort().join('\0');
}

/** Everything that decides the verdict on two given files. */
function ruleOf(rules: Rules, { rule, a, b, exception, equality }: FilePair): string {
  const waived = [a !== null && rules.waivesMissing('a', a), b !== null && rules.waivesMissing('b', b)];
  const texts = equality.kind === 'identical' ? null : equality.rule.declared;
  return JSON.stringify([a, b, rule.shape === 'fanout', exception ?? null, texts, waived]);
}
