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

/** Which paths of an instance are listed, below each side. */
export interface Narrowing {
  readonly wants: (side: Side, rest: RepoPath) => boolean;
  /** Asked for wanted directories; false for one that is not opened. */
  readonly opens?: (side: Side, rest: RepoPath) => Promise<boolean>;
}

const WHOLE: Narrowing = { wants: () => true };

/** One side of an instance, and what is wanted of it. */
interface SideListing {
  readonly rules: Rules;
  readonly snapshot: Snapshot;
  readonly side: Side;
  readonly instance: RuleInstance;
  readonly root: RepoPath;
  readonly narrowing: Narrowing;
}

/** Adds the pairs of all files at or below the instance on either side, or of the wanted ones. */
export async function addInstance(
  rules: Rules,
  snapshot: Snapshot,
  instance: RuleInstance,
  found: PairSet,
  narrowing: Narrowing = WHOLE,
): Promise<void> {
  const { rule, binding, rest } = instance;
  let some = false;
  for (const side of ['a', 'b'] as const) {
    const listing = { rules, snapshot, side, instance, root: pathOf(rule[side], binding), narrowing };
    some = (rule[side].outside ? await addOutside(listing, found) : await addInside(listing, found)) || some;
  }
  // Nothing found on either side: still report the pair, as UNCHECKED.
  if (!some) found.add(rules.pairOf({ rule, side: 'a', binding, rest }));
}

/** @returns whether there is any file. */
async function addOutside(listing: SideListing, found: PairSet): Promise<boolean> {
  const { snapshot, side, instance, root } = listing;
  const files = (await snapshot.outside?.readFiles(joinPath(root, instance.rest))) ?? [];
  const pairs = files.filter((file) => isWanted(listing, file)).map((file) => pairOfFile(listing, file));
  for (const pair of await withoutIgnored(snapshot, pairs, side)) found.add(pair);
  return files.length > 0;
}

/** @returns whether there is any wanted file. */
async function addInside(listing: SideListing, found: PairSet): Promise<boolean> {
  const { snapshot, side, instance, root, narrowing } = listing;
  const opens = narrowing.opens ?? (() => Promise.resolve(true));
  const enters = async (directory: RepoPath) => isWanted(listing, directory) && opens(side, restOf(directory, root));
  const listed = await snapshot.readFiles(joinPath(root, instance.rest), enters);
  const pending = listed.filter((file) => isWanted(listing, file));
  for (const file of pending) {
    const pair = pairOfFile(listing, file);
    found.add(pair);
    if (!pair || (await snapshot.readEntry(file)).kind !== 'gitlink') continue;
    // A submodule beside a directory is paired by file; a gitlink beside a gitlink is compared as
    // such.
    const partner = side === 'a' ? pair.b : pair.a;
    if (!(await standsForFiles(snapshot, pair, file === root, partner))) continue;
    for (const each of await snapshot.readFilesInside(file, enters)) if (isWanted(listing, each)) pending.push(each);
  }
  return pending.length > 0;
}

function restOf(path: RepoPath, root: RepoPath): RepoPath {
  return below(path, root) as RepoPath;
}

function isWanted({ narrowing, side, root }: SideListing, path: RepoPath): boolean {
  return narrowing.wants(side, restOf(path, root));
}

function pairOfFile({ rules, side, instance: { rule, binding }, root }: SideListing, file: RepoPath) {
  return rules.pairOf({ rule, side, binding, rest: restOf(file, root) });
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
