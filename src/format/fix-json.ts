// `fix --json`: the plan, or what was done.

import { type RepoPath, textOf } from '../git/path.js';
import type { PlannedFix } from '../resolve/choose.js';
import type { RefusalReason, Step } from '../resolve/types.js';
import { bytesOfSide, oidOf } from './json.js';
import { buildHead, type ReportHead } from './report.js';

interface JsonTarget {
  readonly path: string;
  /** The file with the content; for a deletion, the one whose deletion is followed. */
  readonly from: string;
  /** The path's bytes in base64, if it is not UTF-8. */
  readonly path_bytes?: string;
  readonly from_bytes?: string;
}

interface FixStep extends JsonTarget {
  /** `markers`: a merge with conflicts, which are left in the file. */
  readonly action: 'copy' | 'delete' | 'merge' | 'markers';
  /** The new content; null for a deletion. */
  readonly oid: string | null;
  /** The user asked for it by name; only the backup has the old content. */
  readonly discards: boolean;
}

interface SkippedFix extends JsonTarget {
  readonly reason: RefusalReason | 'many-deletions';
}

/** `fix --json`; with `--dry-run` the steps are only planned. */
export interface FixReport extends ReportHead<'fix'> {
  readonly dry_run: boolean;
  readonly steps: readonly FixStep[];
  readonly skipped: readonly SkippedFix[];
}

/** `tooMany`: nothing was done, because so many deletions need `--force`. */
export interface DecidedFix {
  readonly planned: readonly PlannedFix[];
  readonly tooMany: boolean;
}

export function buildFixJson(exitCode: 0 | 1, dryRun: boolean, { planned, tooMany }: DecidedFix): FixReport {
  const steps = planned.flatMap(({ plan, merge }) => plan.steps.map((step) => buildStep(step, merge)));
  const refusals = planned.flatMap(({ plan }) => plan.refusals);
  const skipped = refusals.map(({ path, from, reason }) => ({ ...targetOf(path, from), reason }));
  const halted = planned.flatMap(({ plan }) =>
    plan.steps.map(({ path, from }) => ({ ...targetOf(path, from), reason: 'many-deletions' as const })),
  );
  return {
    ...buildHead('fix', exitCode),
    dry_run: dryRun,
    steps: tooMany ? [] : steps,
    skipped: tooMany ? [...skipped, ...halted] : skipped,
  };
}

function buildStep({ path, from, entry, discards }: Step, merge: PlannedFix['merge']): FixStep {
  const written = path !== merge?.root ? 'copy' : merge.conflicts.length > 0 ? 'markers' : 'merge';
  return {
    action: entry.kind === 'absent' ? 'delete' : written,
    ...targetOf(path, from),
    oid: oidOf(entry),
    discards: discards ?? false,
  };
}

function targetOf(path: RepoPath, from: RepoPath): JsonTarget {
  return {
    path: textOf(path),
    from: textOf(from),
    ...bytesOfSide('path_bytes', path),
    ...bytesOfSide('from_bytes', from),
  };
}
