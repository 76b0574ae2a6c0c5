// Formats near-copies: numbered text, or JSON.

import type { NearCopy, NearLeftOut, NearRecord } from '../discover/near-types.js';
import { type WrittenPart, writtenPart } from '../manifest/add-near.js';
import { sayPair, saySource } from '../messages/discover.js';
import { sayAgreed, sayNear, sayOwn, sayRecord, sayWith } from '../messages/near.js';
import { buildHead, type ReportHead } from './report.js';

/** One near-copy: its pair, the evidence, its declaration, and what the past says of that. */
export function formatNear(number: number, copy: NearCopy): string[] {
  const { a, b, basis, rule, differing } = copy;
  const lines = [
    sayNear(copy),
    ...(rule && rule.with.length > 0 ? [sayWith(rule.with)] : []),
    ...(rule && rule.own.length > 0 ? [sayOwn(rule.own)] : []),
    ...(rule ? [] : [sayAgreed(differing)]),
    sayRecord(copy),
    ...(basis === 'history' || basis === 'name' ? [saySource(basis)] : []),
  ];
  return [`${`${number}`.padStart(2)}  ${sayPair(a, b)}`, ...lines.map((line) => `      ${line}`)];
}

/** `number` is the argument of --write. A near-copy without a rule has `holds`. */
interface JsonNear extends Pick<NearCopy, 'a' | 'b' | 'basis' | 'kept' | 'likely'>, NearRecord {
  readonly number: number;
  /** The share of the lines in common, up to 1. */
  readonly alike: number;
  readonly with: readonly (readonly string[])[];
  readonly own: readonly WrittenPart[];
  readonly holds?: 'difference';
  readonly at?: readonly string[];
  readonly digest?: string;
}

/** `discover --near --json`. */
export interface NearReport extends ReportHead<'discover-near'> {
  readonly commit: string;
  readonly near: readonly JsonNear[];
  /** What was not looked at, because there is too much of it. */
  readonly left_out: NearLeftOut;
}

export function buildNearJson(
  exitCode: 0 | 1,
  commit: string,
  copies: readonly NearCopy[],
  leftOut: NearLeftOut,
): NearReport {
  return { ...buildHead('discover-near', exitCode), commit, near: copies.map(buildNear), left_out: leftOut };
}

function buildNear(copy: NearCopy, index: number): JsonNear {
  const { a, b, basis, alike, kept, likely, states, held, hidden, rule, at, digest } = copy;
  return {
    number: index + 1,
    a,
    b,
    basis,
    alike: Math.round(alike * 1000) / 1000,
    kept,
    likely,
    states,
    held,
    hidden,
    with: rule?.with ?? [],
    own: (rule?.own ?? []).map(writtenPart),
    ...(!rule && { holds: 'difference' as const, at, digest }),
  };
}
