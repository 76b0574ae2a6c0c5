// The audit over time: introduced, resolved and kept pairs per stretch. Pure.

import type { AuditRecord } from './audit-record.js';

/** Counts of pairs in a stretch of time. */
export interface Stretch {
  /** Milliseconds since 1970. */
  readonly from: number;
  introduced: number;
  resolved: number;
  kept: number;
}

/** What the timeline uses of a commit. */
export interface Moment {
  readonly time: number;
  readonly introduced: number;
  readonly resolved: number;
  readonly kept: number;
}

export function momentOf({ time, introduced, resolved, kept }: AuditRecord): Moment {
  return {
    time: Date.parse(time),
    introduced: introduced.length,
    resolved: resolved.length,
    kept: kept.length,
  };
}

/** `count` stretches of equal length from the first moment to the last; empty without moments. */
export function buildTimeline(moments: readonly Moment[], count: number): readonly Stretch[] {
  if (moments.length === 0) return [];
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { time } of moments) [first, last] = [Math.min(first, time), Math.max(last, time)];
  const length = Math.max(1, (last - first) / count);
  const stretches = Array.from({ length: count }, (_, at): Stretch => {
    return { from: first + at * length, introduced: 0, resolved: 0, kept: 0 };
  });
  for (const { time, introduced, resolved, kept } of moments) {
    const stretch = stretches[Math.min(count - 1, Math.floor((time - first) / length))];
    if (!stretch) continue;
    stretch.introduced += introduced;
    stretch.resolved += resolved;
    stretch.kept += kept;
  }
  return stretches;
}
