// Formats why a path is in a pair, and the pair's history.

import { textOf } from '../git/path.js';
import type { Provenance } from '../history/types.js';
import type { Verdict } from '../judge/types.js';
import { matchSide } from '../manifest/sides.js';
import { sayExcluded, sayLapsed, sayLastChanged, sayNothingThere, sayPair } from '../messages/explain.js';
import type { CommitText } from '../messages/provenance.js';
import { sayUnfitRule } from '../messages/rules.js';
import type { FilePair, Membership, Rule } from '../rules/types.js';
import { formatProvenance } from './provenance.js';
import { ruleOf } from './text.js';

/** A verdict and its pair's history: the stale side, or for a synced pair its last change. */
export interface Explained {
  readonly verdict: Verdict;
  readonly provenance?: Provenance | undefined;
  readonly lastChange?: CommitText | undefined;
}

export function formatPair({ verdict, provenance, lastChange }: Explained): string[] {
  const { pair, status, reason } = verdict;
  const by = reason ?? ruleOf(verdict);
  const history = provenance ? formatProvenance(pair, provenance) : lastChange ? [sayLastChanged(lastChange)] : [];
  return sayPair({
    a: pair.a === null ? null : textOf(pair.a),
    b: pair.b === null ? null : textOf(pair.b),
    place: placeOf(pair.rule),
    key: pair.rule.key,
    names: namesIn(pair),
    alias: pair.key === pair.rule.key ? undefined : pair.key,
    exception: exceptionOf(verdict),
    about: aboutOf(pair.rule),
    rule: describeRule(verdict),
    verdict: by ? `${status} (${by})` : status,
    history,
  });
}

function aboutOf({ name, note }: Rule): string | undefined {
  const words = [name, note].filter((each) => each !== undefined);
  return words.length === 0 ? undefined : words.join(': ');
}

/** The pair's text rule, and why it does not apply here. */
function describeRule({ pair, unfit }: Verdict): string | undefined {
  const { equality } = pair;
  if (equality.kind === 'identical') return undefined;
  return unfit ? sayUnfitRule(equality.kind, unfit) : equality.kind;
}

/** A rule that covers the path but has no pair for it. */
export interface LeftOut {
  readonly membership: Membership;
  /** By the rule; otherwise there is nothing to compare. */
  readonly excluded: boolean;
}

export function formatLeftOut(path: string, { membership: { rule }, excluded }: LeftOut): string {
  return (excluded ? sayExcluded : sayNothingThere)(path, placeOf(rule), rule.key);
}

function placeOf({ declared }: Rule): string {
  return `${declared.list}[${declared.at}]`;
}

export function namesIn({ rule, rootB }: FilePair): readonly (readonly [string, string])[] {
  const binding = matchSide(rule.b, rootB)?.binding ?? new Map<string, string>();
  return [...binding].map(([name, value]) => [name, Buffer.from(value, 'latin1').toString('utf8')] as const);
}

function exceptionOf(verdict: Verdict): string | undefined {
  const { exception } = verdict.pair;
  if (!exception) return undefined;
  return doesExceptionApply(verdict) ? exception.reason : sayLapsed(exception.reason);
}

/** False if a side has changed since the exception was made. */
export function doesExceptionApply({ status }: Verdict): boolean {
  return status === 'EXCEPTION' || status === 'SYNCED';
}
