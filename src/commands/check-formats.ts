// The formats of `check`'s report. A new one is a file in format/ and a line of the table.

import { readKnown } from '../fix/known-contents.js';
import type { CheckReport } from '../format/check-report.js';
import { formatFindings } from '../format/findings.js';
import { formatGithub } from '../format/github.js';
import { formatGitlab } from '../format/gitlab.js';
import { formatCheckJson } from '../format/json.js';
import { formatJunit } from '../format/junit.js';
import { formatPorcelain } from '../format/porcelain.js';
import { formatSarif } from '../format/sarif.js';
import { formatRows, formatTotals } from '../format/text.js';
import type { Totals } from '../format/totals.js';
import { formatUnchecked } from '../format/unchecked.js';
import { readStaleReport, type StaleOptions } from '../history/read-stale.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { NOTHING_TOUCHED, sayWholeTree } from '../messages/check.js';
import { readFindings } from '../resolve/read-findings.js';
import { readDigests } from './digests.js';
import type { Output } from './output.js';
import { readPerson } from './person.js';
import type { CommandScope, Opened } from './scope.js';
import { VERSION } from './version.js';

interface CheckOutcome {
  readonly verdicts: readonly Verdict[];
  readonly totals: Totals;
  readonly code: 0 | 1 | 2;
  /** The counts of the whole tree, if a branch narrows the check. */
  readonly whole?: Totals | undefined;
}

/** How a report is printed. */
interface Layout {
  readonly cwd: string;
  readonly scope: CommandScope;
  /** One row per file pair, also of those in sync. */
  readonly full: boolean;
}

type Print = (opened: Opened, outcome: CheckOutcome, layout: Layout, output: Output) => Promise<void>;

export const FORMATS = {
  text: printText,
  json: printJson,
  porcelain: asPorcelain('newline'),
  'porcelain-z': asPorcelain('nul'),
  github: forCi(formatGithub),
  gitlab: forCi(formatGitlab),
  sarif: forCi((report) => formatSarif(report, VERSION)),
  junit: forCi(formatJunit),
} as const satisfies Record<string, Print>;

export type Format = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS) as readonly Format[];

function asPorcelain(ending: 'newline' | 'nul'): Print {
  return async (_, { verdicts }, { full }, output) => {
    output.write(formatPorcelain(full ? verdicts : verdicts.filter(isOutOfSync), ending));
  };
}

function forCi(format: (report: CheckReport) => string[]): Print {
  return async (opened, outcome, _, output) => {
    const { code, totals, verdicts } = outcome;
    output.print(format({ exitCode: code, totals, verdicts, touched: opened.range?.touched }));
    // Also on stderr, for people who read the log.
    output.complain(formatCounts(opened, outcome));
  };
}

async function printJson(opened: Opened, outcome: CheckOutcome, { scope }: Layout, output: Output): Promise<void> {
  const { verdicts, totals, code } = outcome;
  const digests = await readDigests(opened, scope, verdicts.filter(isOutOfSync));
  const judged = judgedIn(scope);
  const { provenances, trouble } = await readStaleReport(opened.place, opened.change, verdicts, { judged });
  output.complain(trouble);
  for (const lines of formatCheckJson(code, totals, verdicts, digests, provenances)) output.print(lines);
}

function judgedIn(scope: CommandScope): StaleOptions['judged'] {
  if (scope.kind === 'commit') return { commit: scope.revision };
  return scope.kind === 'staged' ? 'index' : 'worktree';
}

function formatCounts(opened: Opened, { totals, verdicts, code }: CheckOutcome): string[] {
  return opened.range && verdicts.length === 0 ? [NOTHING_TOUCHED] : formatTotals(totals, code === 0);
}

async function printText(opened: Opened, outcome: CheckOutcome, layout: Layout, output: Output): Promise<void> {
  const { verdicts } = outcome;
  if (layout.full) output.print(formatRows(verdicts));
  output.print(formatCounts(opened, outcome));
  if (outcome.whole) output.print([sayWholeTree(outcome.whole)]);
  output.complain(formatUnchecked(verdicts));
  const outOfSync = verdicts.filter(isOutOfSync);
  if (layout.scope.kind === 'commit') {
    if (!layout.full) output.print(formatRows(outOfSync));
    return;
  }
  if (outOfSync.length === 0) return;
  const person = await readPerson(opened, layout.cwd);
  const writes = layout.scope.kind === 'staged' ? 'index' : 'worktree';
  const reading = { writes, inHook: false, known: readKnown(opened.place.repository) } as const;
  const { findings, trouble } = await readFindings(opened.place, opened, outOfSync, reading);
  output.complain(trouble);
  output.print(formatFindings(findings, person, { writes, accepts: true }));
}
