// The audit as records, for the text, the JSON and the merge of shards.

import type { Commit } from '../git/history.js';
import { textOf } from '../git/path.js';
import type { AuditEvent, AuditKind } from '../history/audit-change.js';
import type { DriftReason, Status } from '../judge/types.js';
import type { FilePair } from '../rules/types.js';
import { bytesOfSide, pathText } from './json.js';

/**
 * One pair in a commit. `status` is the verdict that appeared or disappeared; for a synced pair the
 * present one.
 */
export interface PairRecord {
  readonly pair: string;
  readonly relative_path: string;
  readonly status: Status;
  readonly reason?: DriftReason;
  readonly a: string | null;
  readonly b: string | null;
  readonly a_bytes?: string;
  readonly b_bytes?: string;
}

export interface AuditRecord {
  readonly commit: string;
  /** Author date in UTC. */
  readonly time: string;
  readonly author: string;
  readonly email: string;
  readonly subject: string;
  readonly introduced: readonly PairRecord[];
  /** First sides whose other side did not exist yet; not counted as drift. */
  readonly born: number;
  readonly resolved: readonly PairRecord[];
  readonly kept: readonly PairRecord[];
  /** Pairs that the manifest cannot describe at this commit. */
  readonly unjudged: readonly { readonly pair: string | null; readonly why: string }[];
  /** A shallow clone ends here. */
  readonly cut: boolean;
}

/** The audit's result for one commit. */
export interface Audited {
  readonly commit: Commit;
  readonly events: readonly AuditEvent[];
  readonly unjudged: readonly { readonly pair: FilePair | undefined; readonly why: string }[];
  readonly cut: boolean;
}

export function buildAuditRecord({ commit, events, unjudged, cut }: Audited): AuditRecord {
  const of = (kind: AuditKind) => events.filter((event) => event.kind === kind).map(buildPair);
  return {
    commit: commit.oid,
    time: new Date(commit.time * 1000).toISOString(),
    author: commit.author,
    email: commit.email,
    subject: commit.subject,
    introduced: of('introduced'),
    born: of('born').length,
    resolved: of('resolved'),
    kept: of('kept'),
    unjudged: unjudged.map(({ pair, why }) => ({ pair: pair?.key ?? null, why })),
    cut,
  };
}

function buildPair({ pair, verdict: { status, reason } }: AuditEvent): PairRecord {
  return {
    pair: pair.key,
    relative_path: textOf(pair.relativePath),
    status,
    ...(reason && { reason }),
    a: pathText(pair.a),
    b: pathText(pair.b),
    ...bytesOfSide('a_bytes', pair.a),
    ...bytesOfSide('b_bytes', pair.b),
  };
}

/** True if the commit has anything to report. */
export function isTelling({ events, unjudged, cut }: Audited): boolean {
  return events.length > 0 || unjudged.length > 0 || cut;
}

export interface AuthorCount {
  readonly author: string;
  readonly email: string;
  introduced: number;
  resolved: number;
  kept: number;
}

/** The counts of a walk: pairs, unless the name says commits. */
export interface AuditTotals {
  commits: number;
  commits_touching: number;
  commits_introducing: number;
  introduced: number;
  born: number;
  resolved: number;
  kept: number;
  touched: number;
  unchecked: number;
  unjudged: number;
}

/** Adds up the totals during the walk. */
export class AuditTally {
  readonly totals: AuditTotals = {
    commits: 0,
    commits_touching: 0,
    commits_introducing: 0,
    introduced: 0,
    born: 0,
    resolved: 0,
    kept: 0,
    touched: 0,
    unchecked: 0,
    unjudged: 0,
  };
  readonly #authors = new Map<string, AuthorCount>();

  /** Adds counts of a commit that are not in its record. */
  addWalked(touched: number, unchecked: number, unjudged: number): void {
    this.addTotals({ commits: 1, commits_touching: touched > 0 ? 1 : 0, touched, unchecked, unjudged });
  }

  addTotals(more: Partial<AuditTotals>): void {
    for (const [name, count] of Object.entries(more)) this.totals[name as keyof AuditTotals] += count;
  }

  addRecord({ author, email, introduced, born, resolved, kept }: AuditRecord): void {
    const counts = { introduced: introduced.length, resolved: resolved.length, kept: kept.length };
    this.addTotals({ ...counts, born, commits_introducing: counts.introduced > 0 ? 1 : 0 });
    if (counts.introduced + counts.resolved + counts.kept === 0) return;
    const key = `${author}\0${email}`;
    const count = this.#authors.get(key) ?? { author, email, introduced: 0, resolved: 0, kept: 0 };
    for (const kind of ['introduced', 'resolved', 'kept'] as const) count[kind] += counts[kind];
    this.#authors.set(key, count);
  }

  /** Authors by number of introduced drifts, highest first. */
  get authors(): readonly AuthorCount[] {
    const order = (one: AuthorCount, other: AuthorCount) =>
      other.introduced - one.introduced || other.resolved - one.resolved || other.kept - one.kept;
    return [...this.#authors.values()].sort((one, other) => order(one, other) || (one.author < other.author ? -1 : 1));
  }

  /** 2 if pairs were touched but none could be judged. */
  get exitCode(): 0 | 2 {
    const { touched, unchecked, unjudged } = this.totals;
    return touched > 0 && touched <= unchecked + unjudged ? 2 : 0;
  }
}
