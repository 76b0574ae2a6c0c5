// The findings of the working tree: for commands that the user types after the hook has blocked the
// commit.

import { readKnown } from '../src/fix/known-contents.js';
import type { Workplace } from '../src/git/workplace.js';
import { judge } from '../src/judge/judge-pairs.js';
import { refuseUnmerged } from '../src/judge/staged.js';
import type { Verdict } from '../src/judge/types.js';
import { type Findings, readFindings } from '../src/resolve/read-findings.js';
import type { FilePair, Rules } from '../src/rules/types.js';
import type { OutsideFiles, Snapshot } from '../src/snapshot/types.js';
import { readWorktree } from '../src/snapshot/worktree.js';

/** The rules and snapshots of the working tree. */
export interface WorktreeInput {
  readonly rules: Rules;
  readonly before: Snapshot | undefined;
  readonly outside: OutsideFiles | undefined;
  /** The environment of a merge's hook. */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * The verdicts on these pairs, and the findings of those out of sync. @throws Fault `git` if a path
 * of a pair is unmerged.
 */
export async function readInWorktree(
  place: Workplace,
  { rules, before, outside, environment }: WorktreeInput,
  pairs: readonly FilePair[],
): Promise<Findings & { readonly verdicts: readonly Verdict[] }> {
  const after = await readWorktree(place.repository, place.objects, rules);
  refuseUnmerged(rules, after);
  after.outside = outside;
  const change = { after, ...(before && { before }) };
  const verdicts = await judge(rules, change, pairs);
  const known = readKnown(place.repository);
  const reading = { writes: 'worktree', inHook: true, known, ...(environment && { environment }) } as const;
  return { ...(await readFindings(place, { rules, change }, verdicts, reading)), verdicts };
}
