// The report of `check`: judges the opened state, and prints it in the chosen format.

import { recordInSync } from '../fix/known-contents.js';
import { countTotals, exitCodeOf, readTotals, type Totals } from '../format/totals.js';
import { formatUnguarded, readUnguardedInIndex } from '../format/unguarded.js';
import type { RepoPath } from '../git/path.js';
import type { Workplace } from '../git/workplace.js';
import { checkDifferences, type Differences } from '../judge/check-whole.js';
import { judgeChange } from '../judge/judge-change.js';
import { POLICIES } from '../judge/policies.js';
import { type BranchRange, checkRange } from '../judge/range.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { sayLoosenedByBranch } from '../messages/check.js';
import { requireComparable } from '../resolve/read-findings.js';
import type { Rules } from '../rules/types.js';
import { FORMATS, type Format } from './check-formats.js';
import { checkPaths } from './check-paths.js';
import { refusePaths } from './no-pair.js';
import type { Output } from './output.js';
import { isMeant, readPerson } from './person.js';
import type { CommandScope, Opened } from './scope.js';
import { whileWaiting } from './waiting.js';

export interface CheckOptions {
  readonly cwd: string;
  readonly scope: CommandScope;
  readonly paths: readonly string[];
  readonly full: boolean;
  readonly format: Format;
  readonly fix: boolean;
  readonly dryRun: boolean;
  /** Unchecked pairs do not fail the check. */
  readonly allowUnchecked: boolean;
}

export async function report(
  opened: Opened,
  paths: readonly RepoPath[],
  options: CheckOptions,
  output: Output,
): Promise<number> {
  // Synced pairs are only listed for programs and on request.
  const counts = options.format === 'text' && !options.full && paths.length === 0;
  const found = await whileWaiting(() => judgeOpened(opened, paths, counts));
  const verdicts = found.verdicts.filter(({ pair }) => isMeant(pair, paths));
  if (options.scope.kind !== 'commit') {
    await recordInSync(opened.place.repository, opened.change.after, verdicts);
  }
  if (paths.length > 0 && verdicts.length === 0 && !opened.range) {
    throw await refusePaths(opened.place.repository, paths);
  }
  if (options.scope.kind !== 'commit') {
    await requireComparable(
      opened.place,
      opened.change,
      verdicts,
      options.scope.kind === 'staged' ? 'index' : 'worktree',
    );
  }
  // If paths or a branch narrow the check, the pairs left out are not mentioned.
  const narrowed = paths.length > 0 || opened.range !== undefined;
  const totals = narrowed
    ? countTotals(
        verdicts.map(({ pair }) => pair.key),
        verdicts,
        found,
      )
    : await readTotals(opened.rules, opened.change, verdicts, found.alike);
  const code = codeOf(opened, verdicts, totals, options.allowUnchecked);
  const whole = opened.range && options.format === 'text' ? await countWhole(opened) : undefined;
  await FORMATS[options.format](opened, { verdicts, totals, code, whole }, options, output);
  const loosened = (found.loosened ?? []).filter(({ pair }) => isMeant(pair, paths));
  if (loosened.length > 0) output.complain([sayLoosenedByBranch(loosened.length)]);
  if (!narrowed && options.scope.kind !== 'commit') output.complain(await sayUnguardedHere(opened, options.cwd));
  return code;
}

/** A check that compared nothing fails, unless the user allows unchecked pairs. */
function codeOf({ range }: Opened, verdicts: readonly Verdict[], totals: Totals, allows: boolean): 0 | 1 | 2 {
  if (range) return verdicts.some(isOutOfSync) ? 1 : 0;
  const code = exitCodeOf(totals);
  return code === 2 && allows && totals.unchecked > 0 ? 0 : code;
}

/** `loosened`: out of sync only by the manifest that the branch replaces. */
type Judged = Differences & { readonly loosened?: readonly Verdict[] };

async function judgeOpened(opened: Opened, paths: readonly RepoPath[], counts: boolean): Promise<Judged> {
  const { rules, change, range, place } = opened;
  if (range) return judgeRange(rules, range, place);
  if (counts) return checkDifferences(rules, change);
  if (paths.length > 0) return { verdicts: await checkPaths(opened, paths), alike: new Map() };
  const { verdicts } = await judgeChange({ change, rules, oldRules: rules }, POLICIES.state);
  return { verdicts, alike: new Map() };
}

/** The counts of the whole tree that a branch ends in. */
async function countWhole({ rules, change }: Opened): Promise<Totals> {
  const { verdicts, alike } = await checkDifferences(rules, change);
  return countTotals(rules.keys, verdicts, { alike });
}

async function judgeRange(rules: Rules, range: BranchRange, { objects }: Workplace): Promise<Judged> {
  const { verdicts, loosened } = await checkRange(rules, range, objects);
  return { verdicts: [...loosened, ...verdicts], alike: new Map(), loosened: loosened.filter(isOutOfSync) };
}

async function sayUnguardedHere({ place }: Opened, cwd: string): Promise<readonly string[]> {
  const unguarded = await readUnguardedInIndex(place);
  return unguarded.length === 0 ? [] : formatUnguarded(place, unguarded, await readPerson({ place }, cwd));
}
