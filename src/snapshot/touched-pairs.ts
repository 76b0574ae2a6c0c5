// Selects the file pairs that changed paths touch, and those that a change creates.

import type { RepoPath } from '../git/path.js';
import { agree, type Binding } from '../manifest/sides.js';
import type { FilePair, Membership, Rule, Rules } from '../rules/types.js';
import { addInstance, PairSet, type RuleInstance } from './instance-pairs.js';
import { isCopy, isLive, readInstances } from './instances.js';
import { type Change, snapshotsOf } from './select.js';
import type { Snapshot } from './types.js';

/**
 * The file pairs of these changed paths, and the pairs that the change creates. `leavesOut`: true
 * for a file of a rule whose pair is not wanted.
 */
export async function readTouchedPairs(
  rules: Rules,
  change: Change,
  touched: Iterable<RepoPath>,
  leavesOut?: (membership: Membership) => Promise<boolean>,
): Promise<readonly FilePair[]> {
  const found = new PairSet();
  const instances = new InstanceCache(rules, change, found);
  const pending = [...touched];
  for (const path of pending) {
    const beneath = rules.below(path);
    const covering = rules.lookUp(path);
    const memberships = leavesOut ? await without(covering, leavesOut) : covering;
    const moved = beneath.length + memberships.length > 0 ? await readMovedBelow(change, path) : undefined;
    for (const membership of memberships) await addTouched(rules, change, membership, instances, found);
    // The appended paths are walked too: nothing else below the gitlink has changed.
    if (moved) {
      for (const each of moved) pending.push(each);
      continue;
    }
    if (beneath.length === 0 || !(await leadsElsewhere(change, path))) continue;
    for (const { rule, binding } of beneath) await instances.addRule(rule, binding);
  }
  return found.all;
}

async function without(
  memberships: readonly Membership[],
  leavesOut: (membership: Membership) => Promise<boolean>,
): Promise<readonly Membership[]> {
  const kept: Membership[] = [];
  for (const each of memberships) if (!(await leavesOut(each))) kept.push(each);
  return kept;
}

/** True if a link or a gitlink is or was above a side: every path of that side leads through it. */
async function leadsElsewhere({ before, after }: Change, path: RepoPath): Promise<boolean> {
  const kinds = [await after.readEntry(path), await before?.readEntry(path)].map((node) => node?.kind);
  return kinds.some((kind) => kind === 'link' || kind === 'gitlink');
}

/** The paths that differ between the two commits of a moved gitlink, if both are in the store. */
async function readMovedBelow({ before, after }: Change, path: RepoPath): Promise<readonly RepoPath[] | undefined> {
  const now = await after.readEntry(path);
  if (now.kind !== 'gitlink') return undefined;
  const earlier = await before?.readEntry(path);
  return earlier?.kind === 'gitlink' ? after.readMoved?.(path, earlier.oid, now.oid) : undefined;
}

/**
 * Caches the instances of each rule, so that they are read once for any number of changed files.
 */
class InstanceCache {
  readonly #bindings = new Map<Rule, Promise<Binding[]>>();
  readonly #rules: Rules;
  readonly #change: Change;
  readonly #found: PairSet;

  constructor(rules: Rules, change: Change, found: PairSet) {
    this.#rules = rules;
    this.#change = change;
    this.#found = found;
  }

  bindings(rule: Rule): Promise<Binding[]> {
    const known = this.#bindings.get(rule) ?? readInstances(snapshotsOf(this.#change), rule);
    this.#bindings.set(rule, known);
    return known;
  }

  /** The instances with these known names. */
  async addRule(rule: Rule, known: Binding): Promise<void> {
    for (const binding of await this.bindings(rule)) {
      if (agree(known, binding)) await this.addWhole({ rule, binding, rest: '' as RepoPath });
    }
  }

  async addWhole(instance: RuleInstance): Promise<void> {
    await addInstance(this.#rules, this.#change.after, instance, this.#found);
  }
}

async function addTouched(
  rules: Rules,
  change: Change,
  membership: Membership,
  instances: InstanceCache,
  found: PairSet,
): Promise<void> {
  const { rule, side, binding, rest } = membership;
  if (rule.shape === 'fanout' && side === 'a') {
    for (const copy of await instances.bindings(rule)) {
      await addOne(rules, change, { ...membership, binding: copy }, instances, found);
    }
    return;
  }
  const [before, after] = [
    change.before && (await isPaired(change.before, membership)),
    await isPaired(change.after, membership),
  ];
  const whole = { rule, binding, rest: '' as RepoPath };
  if (rule.shape === 'fanout' && !after) return;
  // If the change adds the name or the copy, its whole pair counts as changed.
  if (rule.shape !== 'plain' && !before) return after ? instances.addWhole(whole) : undefined;
  await addOne(rules, change, { rule, side, binding, rest }, instances, found);
}

function isPaired(snapshot: Snapshot, { rule, binding }: Membership): Promise<boolean> {
  return rule.shape === 'fanout' ? isCopy(snapshot, rule, binding) : isLive(snapshot, rule, binding);
}

/**
 * The pair of a changed path; if one side is a link or deleted and the other a directory, the pairs
 * of its files.
 */
async function addOne(
  rules: Rules,
  change: Change,
  membership: Membership,
  instances: InstanceCache,
  found: PairSet,
): Promise<void> {
  const { after } = change;
  const pair = rules.pairOf(membership);
  if (!pair) return;
  found.add(pair);
  const { rule, side, binding, rest } = membership;
  const [own, partner] = side === 'a' ? [pair.a, pair.b] : [pair.b, pair.a];
  const outside = rule.a.outside || rule.b.outside;
  if (own === null || partner === null || outside) return;
  if ((await after.readEntry(partner)).kind !== 'directory') return;
  const here = (await after.readEntry(own)).kind;
  const whole =
    here === 'gitlink' ? (await readMovedBelow(change, own)) === undefined : here === 'link' || here === 'absent';
  if (whole) await instances.addWhole({ rule, binding, rest });
}
