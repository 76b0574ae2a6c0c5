// Selects the file pairs to judge: all, or those that changed paths touch.

import { below, joinPath, type RepoPath } from '../git/path.js';
import { isOutside } from '../manifest/outside.js';
import { type Binding, pathOf } from '../manifest/sides.js';
import type { Side } from '../manifest/types.js';
import type { FilePair, Membership, Rule, Rules } from '../rules/types.js';
import { isCopy, isLive, readInstances } from './instances.js';
import type { Snapshot } from './types.js';

/** The two snapshots of a change. `before` is missing if there is nothing to compare with. */
export interface Change {
  readonly after: Snapshot;
  readonly before?: Snapshot | undefined;
  /** What the commit changed, if its names should not count: `before` is missing then. */
  readonly parent?: Snapshot | undefined;
}

/** A set of file pairs. */
class PairSet {
  readonly #pairs = new Map<string, FilePair>();

  add(pair: FilePair | undefined): void {
    if (pair) this.#pairs.set(`${pair.rule.id}\0${pair.a ?? ''}\0${pair.b ?? ''}`, pair);
  }

  get all(): readonly FilePair[] {
    return [...this.#pairs.values()];
  }
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
    const inside = !rule.a.outside && !rule.b.outside && rules.pairsByNameAlone(rule);
    for (const binding of await readInstances(snapshotsOf(change), rule)) {
      const instance = { rule, binding, rest: '' as RepoPath };
      if (inside) await addDiffering(rules, change.after, instance, found, alike);
      else await addInstance(rules, change.after, instance, found);
    }
  }
  return { pairs: found.all, alike };
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

function snapshotsOf({ after, before }: Change): readonly Snapshot[] {
  return before ? [after, before] : [after];
}

/** The file pairs of these changed paths, and the pairs that the change creates. */
export async function readTouchedPairs(
  rules: Rules,
  change: Change,
  touched: Iterable<RepoPath>,
): Promise<readonly FilePair[]> {
  const found = new PairSet();
  const instances = new InstanceCache(rules, change, found);
  const pending = [...touched];
  for (const path of pending) {
    const beneath = rules.below(path);
    const memberships = rules.lookUp(path);
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
      const agrees = [...known].every(([name, value]) => binding.get(name) === value);
      if (agrees) await this.addWhole({ rule, binding, rest: '' as RepoPath });
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

interface RuleInstance {
  readonly rule: Rule;
  readonly binding: Binding;
  /** Only what is at or below this path of the instance. */
  readonly rest: RepoPath;
}

async function addInstance(rules: Rules, snapshot: Snapshot, instance: RuleInstance, found: PairSet): Promise<void> {
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
