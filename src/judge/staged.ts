// The staged check: the pairs that this commit touches, by the manifest in the index, without
// inherited drift.

import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import { textOf } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { MANIFEST_PATH, type Manifest } from '../manifest/types.js';
import { missingHere, unmergedPaths } from '../messages/trees.js';
import { buildRules } from '../rules/build.js';
import type { Rules } from '../rules/types.js';
import { PlacesOutside } from '../snapshot/outside.js';
import { RulesReader, readManifestIn } from '../snapshot/rules-in.js';
import type { Change } from '../snapshot/select.js';
import { type IndexedPath, readStaged, stagedSnapshot } from '../snapshot/staged.js';
import { TreeSnapshot } from '../snapshot/tree.js';
import type { Snapshot } from '../snapshot/types.js';
import { heldBy } from './inheritance.js';
import { type ChangeVerdicts, judgeChange } from './judge-change.js';
import { POLICIES } from './policies.js';
import type { Verdict } from './types.js';

/** The result of the staged check. */
export type StagedCheck =
  /** The commit would have no manifest. */
  { readonly kind: 'undeclared'; readonly loosened: readonly Verdict[] } | Checked;

/** The verdicts on the staged state. */
export interface Checked extends ChangeVerdicts {
  readonly kind: 'checked';
  readonly manifest: Manifest;
  readonly rules: Rules;
  /** The rules of HEAD's manifest. */
  readonly oldRules: Rules | undefined;
  readonly change: Change;
  /** The staged changes. */
  readonly changes: IndexedPath['changes'];
}

export interface StagedOptions {
  /** A manifest that replaces the one in the index; for replays. */
  readonly manifest?: Manifest;
  /** The tree to judge the commit against; HEAD's tree by default. */
  readonly base?: Oid;
  /** Commits that are merged, beside HEAD. */
  readonly merged?: readonly Oid[];
}

/** Judges the staged changes. @throws Fault if a touched pair cannot be compared. */
export async function checkStaged(
  repository: Repository,
  objects: ObjectReader,
  options: StagedOptions = {},
): Promise<StagedCheck> {
  const tree = options.base ?? repository.headTree;
  const staged = await readStaged(repository, tree);
  const before = new TreeSnapshot(objects, tree);
  const change = { after: stagedSnapshot(objects, before, staged), before };
  const manifest = options.manifest ?? (await readManifestIn(change.after, objects));
  const rules = manifest && buildRules(manifest);
  const isChanged = !options.manifest && staged.changes.has(MANIFEST_PATH);
  const oldRules = isChanged ? await new RulesReader(objects).readOld(before) : rules;
  if (rules) {
    before.outside = await PlacesOutside.open(repository, rules.outsideRoots);
    change.after.outside = before.outside;
    refuseUnmerged(rules, staged);
  }
  const isInherited = heldBy(POLICIES.commit, change.after, () => readParents(objects, before, options.merged ?? []));
  const touched = new Set(staged.changes.keys());
  const judged = await judgeChange({ change, touched, rules, oldRules, isInherited }, POLICIES.commit);
  if (!manifest || !rules) return { kind: 'undeclared', loosened: judged.loosened };
  return { kind: 'checked', manifest, rules, oldRules, change, changes: staged.changes, ...judged };
}

/** HEAD and the commits merged with it; empty without a merge in progress. */
async function readParents(
  objects: ObjectReader,
  before: Snapshot,
  merged: readonly Oid[],
): Promise<readonly Snapshot[]> {
  return merged.length === 0 ? [] : [before, ...(await Promise.all(merged.map((commit) => readTree(objects, commit))))];
}

/** @throws Fault `git` if a path of a pair is unmerged. */
export function refuseUnmerged(rules: Rules, { unmerged }: Pick<IndexedPath, 'unmerged'>): void {
  const concerned = unmerged.filter((path) => rules.lookUp(path).length > 0 || path === MANIFEST_PATH);
  if (concerned.length === 0) return;
  const names = [...new Set(concerned)].map(textOf).join(', ');
  // safeguard unmerged (R12): unmerged entries are refused (e2e/bad-input: unmerged entries)
  throw unmergedPaths(names);
}

async function readTree(objects: ObjectReader, commit: Oid): Promise<Snapshot> {
  const tree = await objects.info(`${commit}^{tree}`);
  if (tree) return new TreeSnapshot(objects, tree.oid);
  throw missingHere(`The merged commit ${commit}`);
}
