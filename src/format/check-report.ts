// What every report for machines tells of one finding: where it stands, and what is wrong there.

import { type RepoPath, textOf } from '../git/path.js';
import { isFinding, type Judgement } from '../judge/types.js';
import type { FixDirection } from '../manifest/types.js';
import { sayFinding } from '../messages/ci.js';
import type { Totals } from './totals.js';

/** Everything that a report for machines is made of. */
export interface CheckReport {
  readonly exitCode: 0 | 1 | 2;
  readonly totals: Totals;
  readonly judgements: readonly Judgement[];
  readonly fixDirection: FixDirection;
  /** The paths that the change under review touches, where there is one. */
  readonly touched: ReadonlySet<RepoPath> | undefined;
}

/** A finding, with the file that it is shown at. */
export interface Located {
  readonly judgement: Judgement;
  readonly path: RepoPath;
  readonly other: RepoPath | undefined;
  readonly message: string;
}

export function findingsOf(report: CheckReport): readonly Located[] {
  return report.judgements.filter(isFinding).map((judgement) => locate(report, judgement));
}

/** At the file that the change touches; else at the copy, or at whichever side is there. */
function locate({ fixDirection, touched }: CheckReport, judgement: Judgement): Located {
  const sides = fixDirection === 'live_to_submodule' ? (['b', 'a'] as const) : (['a', 'b'] as const);
  const inside = sides.filter((side) => judgement.pair[side] !== null && !judgement.pair.rule[side].outside);
  const present = inside.filter((side) => judgement[side].kind !== 'absent');
  const pathAt = (side: 'a' | 'b') => judgement.pair[side] as RepoPath;
  const shown = present.find((side) => touched?.has(pathAt(side))) ?? present[0] ?? inside[0] ?? 'a';
  const other = inside.find((side) => side !== shown);
  return {
    judgement,
    path: pathAt(shown),
    other: other && pathAt(other),
    message: sayFinding({
      status: judgement.status,
      reason: judgement.reason,
      a: textAt(judgement.pair.a),
      b: textAt(judgement.pair.b),
    }),
  };
}

function textAt(path: RepoPath | null): string | null {
  return path === null ? null : textOf(path);
}
