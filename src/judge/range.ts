// What a branch brings, as a pull request shows it: the pairs that it touches since it left its base.

import { readChangedPaths, readMergeBase } from '../git/changes.js';
import type { ObjectReader } from '../git/objects.js';
import { pathFromText, type RepoPath } from '../git/path.js';
import { isShallow, type Repository, readTreeId } from '../git/repository.js';
import { MANIFEST_NAME } from '../manifest/types.js';
import { noCommonCommit } from '../messages/trees.js';
import type { Rules } from '../rules/types.js';
import type { Change } from '../snapshot/select.js';
import { TreeSnapshot } from '../snapshot/tree.js';
import type { Snapshot } from '../snapshot/types.js';
import { check } from './judge-pairs.js';
import { judgeNewRules, readOldRules, withoutRepeats } from './staged.js';
import type { Verdict } from './types.js';

/** A branch's tip, and what it changed since it left its base. */
export interface BranchRange {
  readonly change: Change & { readonly before: Snapshot };
  readonly touched: ReadonlySet<RepoPath>;
}

const MANIFEST = pathFromText(MANIFEST_NAME);

/** @throws Fault `usage` if one of the two is not here, or they have no commit in common. */
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

/**
 * The verdicts on the touched pairs by the tip's manifest; where that changed, on every pair that is new in it, and on
 * the touched pairs that only the old one has: taking a pair out does not let its drift in.
 */
export async function checkRange(
  rules: Rules,
  { change, touched }: BranchRange,
  objects: ObjectReader,
): Promise<readonly Verdict[]> {
  const verdicts = await check(rules, { ...change, touched });
  if (!touched.has(MANIFEST)) return verdicts;
  const old = await readOldRules(change.before, objects);
  const dropped = old ? await check(old, { ...change, touched }) : [];
  return withoutRepeats([...dropped, ...verdicts, ...(await judgeNewRules(rules, change, objects))]);
}
