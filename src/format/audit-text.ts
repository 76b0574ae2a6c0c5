// The audit as text: a paragraph for each commit with a report, the totals, and the authors.

import type { AuditKind } from '../history/audit-change.js';
import {
  BY_WHOM,
  CUT_HERE,
  NOTHING_JUDGED,
  sayAudited,
  sayAuthor,
  sayCommit,
  sayEvent,
  sayUnjudged,
} from '../messages/audit.js';
import type { AuditRecord, AuditTally, PairRecord } from './audit-record.js';
import pc from './colors.js';

const PAINT: Readonly<Record<Exclude<AuditKind, 'born'>, (text: string) => string>> = {
  introduced: pc.red,
  resolved: pc.green,
  kept: pc.dim,
};

/** A commit that only kept pairs in sync has no lines, unless `withKept` is set. */
export function formatRecord(record: AuditRecord, withKept: boolean): string[] {
  const kinds = ['introduced', 'resolved', ...(withKept ? (['kept'] as const) : [])] as const;
  const lines = [
    ...kinds.flatMap((kind) => record[kind].map((pair) => formatEvent(kind, pair))),
    ...record.unjudged.map(({ why }) => pc.yellow(sayUnjudged(why))),
    ...(record.cut ? [pc.yellow(CUT_HERE)] : []),
  ];
  if (lines.length === 0) return [];
  return [sayCommit(record.commit, record.time, record.author, record.subject), ...lines];
}

function formatEvent(kind: Exclude<AuditKind, 'born'>, { a, b, status, reason }: PairRecord): string {
  return PAINT[kind](sayEvent(kind, [a, b], status, reason));
}

export function formatTally(tally: AuditTally): string[] {
  const authors = tally.authors.map(({ author, email, introduced, resolved, kept }) =>
    sayAuthor(author, email, introduced, resolved, kept),
  );
  return [
    ...sayAudited(tally.totals),
    ...(authors.length > 0 ? [BY_WHOM, ...authors] : []),
    ...(tally.exitCode === 2 ? [NOTHING_JUDGED] : []),
  ];
}
