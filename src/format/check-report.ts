// A verdict as machine formats need it: the file to annotate, and the message.

import { type RepoPath, textOf } from '../git/path.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { sayVerdict } from '../messages/ci.js';
import type { Totals } from './totals.js';

/** The input of every machine format. */
export interface CheckReport {
  readonly exitCode: 0 | 1 | 2;
  readonly totals: Totals;
  readonly verdicts: readonly Verdict[];
  /** The paths that the reviewed change touches, if there is one. */
  readonly touched: ReadonlySet<RepoPath> | undefined;
}

/** A verdict, and the file to show it at. */
export interface Located {
  readonly verdict: Verdict;
  readonly path: RepoPath;
  readonly other: RepoPath | undefined;
  readonly message: string;
}

export function locatedIn(report: CheckReport): readonly Located[] {
  return report.verdicts.filter(isOutOfSync).map((verdict) => locate(report, verdict));
}

/** The file that the change touches; else the copy, or whichever side exists. */
function locate({ touched }: CheckReport, verdict: Verdict): Located {
  const { source, copy } = verdict.pair.rule;
  const sides = [copy, source];
  const inside = sides.filter((side) => verdict.pair[side] !== null && !verdict.pair.rule[side].outside);
  const present = inside.filter((side) => verdict[side].kind !== 'absent');
  const pathAt = (side: 'a' | 'b') => verdict.pair[side] as RepoPath;
  const shown = present.find((side) => touched?.has(pathAt(side))) ?? present[0] ?? inside[0] ?? 'a';
  const other = inside.find((side) => side !== shown);
  return {
    verdict,
    path: pathAt(shown),
    other: other && pathAt(other),
    message: sayVerdict({
      status: verdict.status,
      reason: verdict.reason,
      a: textAt(verdict.pair.a),
      b: textAt(verdict.pair.b),
    }),
  };
}

function textAt(path: RepoPath | null): string | null {
  return path === null ? null : textOf(path);
}
