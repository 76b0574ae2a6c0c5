// The machine-readable report.

import type { RuleKind } from '../differences/text-rule.js';
import type { Entry } from '../git/entry.js';
import { bytesOf, isUtf8, type RepoPath, textOf } from '../git/path.js';
import type { Basis, Provenance, Provenances } from '../history/types.js';
import type { DriftReason, Status, Verdict } from '../judge/types.js';
import type { Side } from '../manifest/types.js';
import type { CommitText } from '../messages/provenance.js';
import { showJson } from '../messages/show.js';
import { identityOf } from '../rules/identity.js';
import { buildHead, type ReportHead } from './report.js';
import type { PairCount, Totals } from './totals.js';

/**
 * The sha256 of the two sides, in hex; null for a side without content or with content that a
 * partial clone lacks.
 */
export interface Digests {
  readonly a: string | null;
  readonly b: string | null;
}

/** A commit; its date in UTC. */
export interface JsonCommit {
  readonly commit: string;
  readonly author: string;
  readonly date: string;
}

/** One file pair. A path is null if an alias uses its name; an id is null if the path is absent. */
export interface JsonFile {
  readonly pair: string;
  readonly relative_path: string;
  readonly status: Status;
  readonly reason?: DriftReason;
  /** The name that the manifest gives the pair. */
  readonly name?: string;
  /** How the texts of the two sides may differ. */
  readonly rule?: RuleKind;
  /** Why that rule does not apply to these files, so that their bytes were compared. */
  readonly rule_unfit?: 'binary' | 'large';
  /** What an exception pins: the two states, or the difference between them. */
  readonly holds?: 'states' | 'difference';
  readonly a: string | null;
  readonly b: string | null;
  readonly a_oid: string | null;
  readonly b_oid: string | null;
  readonly a_sha256?: string | null;
  readonly b_sha256?: string | null;
  /** For a verdict: the stale side, the basis for that, and the last common blob. */
  readonly stale_side?: Side | null;
  readonly basis?: Basis | 'diverged' | 'guess';
  readonly base_oid?: string | null;
  /** The change that broke the pair; null if it is uncommitted or unknown. */
  readonly since?: JsonCommit | null;
  /** The path's bytes in base64, if it is not UTF-8. */
  readonly a_bytes?: string;
  readonly b_bytes?: string;
}

/** The counts of file pairs. */
export interface JsonTotals {
  readonly total_identical: number;
  readonly total_drift: number;
  readonly total_missing: number;
  readonly total_unchecked: number;
  readonly total_exceptions: number;
}

/** `check --json`. */
export interface JsonReport extends ReportHead<'check'>, JsonTotals {
  readonly pair_counts: Readonly<Record<string, PairCount>>;
  readonly files: readonly JsonFile[];
}

/** The counts, with the same names in every report. */
export function buildTotals({ identical, drift, missing, unchecked, exception }: Totals): JsonTotals {
  return {
    total_identical: identical,
    total_drift: drift,
    total_missing: missing,
    total_unchecked: unchecked,
    total_exceptions: exception,
  };
}

/** The lines of the report, some files at a time: a report of all pairs can be very long. */
export function* formatCheckJson(
  exitCode: 0 | 1 | 2,
  totals: Totals,
  verdicts: readonly Verdict[],
  digests: ReadonlyMap<Verdict, Digests>,
  provenances: Provenances,
): Generator<string[]> {
  const counts = { ...buildTotals(totals), pair_counts: Object.fromEntries(totals.pairs) };
  const report: JsonReport = { ...buildHead('check', exitCode), ...counts, files: [] };
  const lines = formatJson(report);
  if (verdicts.length === 0) return yield lines;
  yield [...lines.slice(0, -2), '  "files": ['];
  const last = verdicts.length - 1;
  for (let start = 0; start <= last; start += FILES_AT_ONCE) {
    yield verdicts.slice(start, start + FILES_AT_ONCE).flatMap((verdict, at) => {
      const file = buildFile(verdict, provenances.get(identityOf(verdict.pair)), digests.get(verdict));
      const item = formatJson(file).map((line) => `    ${line}`);
      return start + at === last ? item : [...item.slice(0, -1), '    },'];
    });
  }
  yield ['  ]', '}'];
}

const FILES_AT_ONCE = 500;

export function buildFile(
  { pair, status, reason, a, b, unfit }: Verdict,
  provenance: Provenance | undefined,
  digests?: Digests,
): JsonFile {
  return {
    pair: pair.key,
    relative_path: textOf(pair.relativePath),
    status,
    ...(reason && { reason }),
    ...(pair.rule.name !== undefined && { name: pair.rule.name }),
    ...(pair.equality.kind !== 'identical' && { rule: pair.equality.kind }),
    ...(unfit && { rule_unfit: unfit }),
    ...(pair.exception?.at && { holds: pair.exception.digest === undefined ? 'states' : 'difference' }),
    a: pathText(pair.a),
    b: pathText(pair.b),
    a_oid: oidOf(a),
    b_oid: oidOf(b),
    ...(digests && { a_sha256: digests.a, b_sha256: digests.b }),
    ...bytesOfSide('a_bytes', pair.a),
    ...bytesOfSide('b_bytes', pair.b),
    ...buildProvenance(provenance),
  };
}

function buildProvenance(
  provenance: Provenance | undefined,
): Pick<JsonFile, 'stale_side' | 'basis' | 'base_oid' | 'since'> {
  if (!provenance) return {};
  const { verdict, base, since } = provenance;
  return {
    stale_side: verdict === 'behind' ? provenance.stale : verdict === 'unknown' ? (provenance.smaller ?? null) : null,
    basis: verdict === 'behind' ? provenance.basis : verdict === 'unknown' ? 'guess' : 'diverged',
    base_oid: base?.oid ?? null,
    since: since?.kind === 'commit' ? buildCommit(since) : null,
  };
}

export function buildCommit({ oid, author, time }: CommitText): JsonCommit {
  return { commit: oid, author, date: new Date(time * 1000).toISOString() };
}

/** The path for programs; null if an alias uses its name. */
export function pathText(path: RepoPath | null): string | null {
  return path === null ? null : textOf(path);
}

export function oidOf(entry: Entry): string | null {
  return entry.kind === 'absent' ? null : entry.oid;
}

/** The path's bytes in base64, if its text loses some. */
export function bytesOfSide<Key extends string>(key: Key, path: RepoPath | null): { [Name in Key]?: string } {
  const value = path === null || isUtf8(path) ? {} : { [key]: bytesOf(path).toString('base64') };
  return value as { [Name in Key]?: string };
}

/** Any value as lines of JSON, without characters that act on a terminal or a CI log. */
export function formatJson(value: unknown): string[] {
  return showJson(JSON.stringify(value, null, 2)).split('\n');
}
