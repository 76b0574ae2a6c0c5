// The audit as JSON, written line by line during the walk and parsed again to merge shards.

import { notAReport, shardsDiffer, shardsMissing } from '../messages/audit.js';
import { showJson } from '../messages/show.js';
import type { AuditRecord, AuditTally, AuditTotals, AuthorCount } from './audit-record.js';
import { type ReportHead, SCHEMA_VERSION } from './report.js';

/** The range of the walk, and its manifest. */
export interface AuditHead {
  readonly range: string;
  readonly tip: string;
  readonly excluded: readonly string[];
  readonly walk: 'first-parent' | 'all-parents';
  /** `id` is the manifest's blob id. */
  readonly manifest: { readonly from: string; readonly id: string };
  readonly shard: Shard | null;
}

/** Part `index` of `of`, counted from 1, newest first. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** `audit --json`. The exit code comes last: it is known when the walk ends. */
export interface AuditReport extends ReportHead<'audit'>, AuditHead {
  readonly commits: readonly AuditRecord[];
  readonly totals: AuditTotals;
  readonly authors: readonly AuthorCount[];
}

/** The lines of one document; each can be printed at once. */
export class AuditJson {
  #first = true;

  begin(head: AuditHead): string[] {
    const fields = asLine({ schema_version: SCHEMA_VERSION, report: 'audit', ...head });
    return [`${fields.slice(0, -1)},"commits":[`];
  }

  record(record: AuditRecord): string[] {
    const comma = this.#first ? '' : ',';
    this.#first = false;
    return [`${comma}${asLine(record)}`];
  }

  end({ totals, authors, exitCode }: AuditTally): string[] {
    return [`],"totals":${asLine(totals)},"authors":${asLine(authors)},"exit_code":${exitCode}}`];
  }
}

/** Safe to show in a CI log. */
function asLine(value: unknown): string {
  return showJson(JSON.stringify(value));
}

/** @throws Fault `usage` if the text was not written by {@link AuditJson}. */
export function parseAuditReport(name: string, text: string): AuditReport {
  const report = parseJson(text) as Partial<AuditReport> | undefined;
  const whole = report?.schema_version === SCHEMA_VERSION && report.report === 'audit';
  if (!whole || !Array.isArray(report.commits) || !report.totals || !report.manifest) throw notAReport(name);
  return report as AuditReport;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // A killed shard leaves an incomplete document.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * The shards of one walk, in order. @throws Fault `usage` unless each shard of one walk is there
 * once.
 */
export function orderShards(reports: readonly AuditReport[]): readonly AuditReport[] {
  const [first] = reports;
  const of = first?.shard?.of;
  if (!first || of === undefined) throw shardsMissing([], 0);
  const walkOf = ({ tip, excluded, walk, manifest, shard }: AuditReport) =>
    JSON.stringify([tip, excluded, walk, manifest.id, shard?.of]);
  if (reports.some((report) => walkOf(report) !== walkOf(first))) throw shardsDiffer();
  const byIndex = new Map(reports.map((report) => [report.shard?.index, report]));
  const ordered = Array.from({ length: of }, (_, at) => byIndex.get(at + 1));
  const missing = ordered.flatMap((report, at) => (report ? [] : [at + 1]));
  if (missing.length > 0 || reports.length !== of) throw shardsMissing(missing, of);
  return ordered.filter((report) => report !== undefined);
}
