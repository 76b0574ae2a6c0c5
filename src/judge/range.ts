// A branch's changes as a pull request shows them: the pairs that it touches since it forked from
// its base.

import { readChangedPaths, readMergeBase } from '../git/changes.js';
import type { ObjectReader } from '../git/objects.js';
import type { RepoPath } from '../git/path.js';
import { isShallow, type Repository, readTreeId } from '../git/repository.js';
import { MANIFEST_PATH } from '../manifest/types.js';
import { noCommonCommit } from '../messages/trees.js';
import type { Rules } from '../rules/types.js';
import { RulesReader } from '../snapshot/rules-in.js';
import type { Change } from '../snapshot/select.js';
import { TreeSnapshot } from '../snapshot/tree.js';
import type { Snapshot } from '../snapshot/types.js';
import { type ChangeVerdicts, judgeChange } from './judge-change.js';
import { POLICIES } from './policies.js';

/** A branch's tip, and its changes since it forked from its base. */
export interface BranchRange {
  readonly change: Change & { readonly before: Snapshot };
  readonly touched: ReadonlySet<RepoPath>;
}

/** @throws Fault `usage` if one of the two does not exist, or they have no common commit. */
export async function readRange(
  { git }: Repository,
  objects: ObjectReader,
  revision: string,
  base: string,
): Promise<BranchRange> {
  const [tip] = await Promise.all([readTreeId(git, revision), readTreeId(git, base)]);
  const fork = await readMergeBase(git, base, revision);
  if (fork === undefined) throw noCommonCommit(base, revision, await isShallow(git));
  const start = await readTreeId(git, fork);
  return {
    change: { after: new TreeSnapshot(objects, tip), before: new TreeSnapshot(objects, start) },
    touched: await readChangedPaths(git, start, tip),
  };
}

/** The verdicts on the pairs that the branch touches. */
export async function checkRange(
  rules: Rules,
  { change, touched }: BranchRange,
  objects: ObjectReader,
): Promise<ChangeVerdicts> {
  const oldRules = touched.has(MANIFEST_PATH) ? await new RulesReader(objects).readOld(change.before) : rules;
  return judgeChange({ change, touched, rules, oldRules }, POLICIES.branch);
}
