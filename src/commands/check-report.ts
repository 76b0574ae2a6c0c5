// The report of `check`: judges the opened state, and prints it in the chosen format.

import { readKnown, recordInSync } from '../fix/known-contents.js';
import { type CiFormat, formatForCi } from '../format/ci.js';
import { formatFindings } from '../format/findings.js';
import { buildJson, formatJson } from '../format/json.js';
import { formatPorcelain } from '../format/porcelain.js';
import { formatRows, formatTotals } from '../format/text.js';
import { countTotals, exitCodeOf, readTotals, type Totals } from '../format/totals.js';
import { formatUnchecked } from '../format/unchecked.js';
import { formatUnguarded, readUnguardedInIndex } from '../format/unguarded.js';
import type { RepoPath } from '../git/path.js';
import type { Workplace } from '../git/workplace.js';
import { readStaleReport, type StaleOptions } from '../history/read-stale.js';
import { judgeChange } from '../judge/judge-change.js';
import { checkDifferences, type Differences } from '../judge/judge-pairs.js';
import { POLICIES } from '../judge/policies.js';
import { type BranchRange, checkRange } from '../judge/range.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { NOTHING_TOUCHED, noPairAt, sayLoosenedByBranch } from '../messages/check.js';
import { readFindings, requireComparable } from '../resolve/read-findings.js';
import type { Rules } from '../rules/types.js';
import { readDigests } from './digests.js';
import type { Output } from './output.js';
import { isMeant, readPerson } from './person.js';
import type { CommandScope, Opened } from './scope.js';
import { VERSION } from './version.js';
import { whileWaiting } from './waiting.js';

/** The format of the report. */
export type Format = 'text' | 'json' | 'porcelain' | 'porcelain-z' | CiFormat;

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
  const found = await whileWaiting(() => judgeOpened(opened, counts));
  const verdicts = found.verdicts.filter(({ pair }) => isMeant(pair, paths));
  if (options.scope.kind !== 'commit') {
    await recordInSync(opened.place.repository, opened.change.after, verdicts);
  }
  if (paths.length > 0 && verdicts.length === 0 && !opened.range) {
    throw noPairAt(options.paths);
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
  await print(opened, { verdicts, totals, code }, options, output);
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

interface CheckOutcome {
  readonly verdicts: readonly Verdict[];
  readonly totals: Totals;
  readonly code: 0 | 1 | 2;
}

/** `loosened`: out of sync only by the manifest that the branch replaces. */
type Judged = Differences & { readonly loosened?: readonly Verdict[] };

async function judgeOpened({ rules, change, range, place }: Opened, counts: boolean): Promise<Judged> {
  if (range) return judgeRange(rules, range, place);
  if (counts) return checkDifferences(rules, change);
  const { verdicts } = await judgeChange({ change, rules, oldRules: rules }, POLICIES.state);
  return { verdicts, alike: new Map() };
}

async function judgeRange(rules: Rules, range: BranchRange, { objects }: Workplace): Promise<Judged> {
  const { verdicts, loosened } = await checkRange(rules, range, objects);
  return { verdicts: [...loosened, ...verdicts], alike: new Map(), loosened: loosened.filter(isOutOfSync) };
}

async function print(opened: Opened, outcome: CheckOutcome, options: CheckOptions, output: Output): Promise<void> {
  const { verdicts, totals, code } = outcome;
  switch (options.format) {
    case 'text':
      return printText(opened, outcome, options, output);
    case 'json': {
      const digests = await readDigests(opened, options.scope, verdicts.filter(isOutOfSync));
      const judged = judgedIn(options.scope);
      const { provenances, trouble } = await readStaleReport(opened.place, opened.change, verdicts, { judged });
      output.complain(trouble);
      return output.print(formatJson(buildJson(code, totals, verdicts, digests, provenances)));
    }
    case 'porcelain':
    case 'porcelain-z': {
      const shown = options.full ? verdicts : verdicts.filter(isOutOfSync);
      return output.write(formatPorcelain(shown, options.format === 'porcelain' ? 'newline' : 'nul'));
    }
    default: {
      const report = { exitCode: code, totals, verdicts, touched: opened.range?.touched };
      output.print(formatForCi(options.format, report, VERSION));
      // Also on stderr, for people who read the log.
      output.complain(formatCounts(opened, outcome));
    }
  }
}

async function sayUnguardedHere({ place }: Opened, cwd: string): Promise<readonly string[]> {
  const unguarded = await readUnguardedInIndex(place);
  return unguarded.length === 0 ? [] : formatUnguarded(place, unguarded, await readPerson({ place }, cwd));
}

function judgedIn(scope: CommandScope): StaleOptions['judged'] {
  if (scope.kind === 'commit') return { commit: scope.revision };
  return scope.kind === 'staged' ? 'index' : 'worktree';
}

function formatCounts(opened: Opened, { totals, verdicts, code }: CheckOutcome): string[] {
  return opened.range && verdicts.length === 0 ? [NOTHING_TOUCHED] : formatTotals(totals, code === 0);
}

async function printText(opened: Opened, outcome: CheckOutcome, options: CheckOptions, output: Output): Promise<void> {
  const { verdicts } = outcome;
  if (options.full) output.print(formatRows(verdicts));
  output.print(formatCounts(opened, outcome));
  output.complain(formatUnchecked(verdicts));
  const outOfSync = verdicts.filter(isOutOfSync);
  if (options.scope.kind === 'commit') {
    if (!options.full) output.print(formatRows(outOfSync));
    return;
  }
  if (outOfSync.length === 0) return;
  const person = await readPerson(opened, options.cwd);
  const writes = options.scope.kind === 'staged' ? 'index' : 'worktree';
  const reading = { writes, inHook: false, known: readKnown(opened.place.repository) } as const;
  const { findings, trouble } = await readFindings(opened.place, opened, outOfSync, reading);
  output.complain(trouble);
  output.print(formatFindings(findings, person, { writes, accepts: true }));
}
