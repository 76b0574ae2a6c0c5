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

/** A pair's history: the stale side, or for a synced pair its last change. */
export interface PairPast {
  readonly provenance?: Provenance | undefined;
  readonly lastChange?: CommitText | undefined;
}

export function formatPair(verdict: Verdict, { provenance, lastChange }: PairPast): string[] {
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
export function formatLeftOut(path: string, { rule }: Membership, excluded: boolean): string {
  return (excluded ? sayExcluded : sayNothingThere)(path, placeOf(rule), rule.key);
}

function placeOf({ declared }: Rule): string {
  return `${declared.list}[${declared.at}]`;
}

function namesIn({ rule, rootB }: FilePair): readonly (readonly [string, string])[] {
  const binding = matchSide(rule.b, rootB)?.binding ?? new Map<string, string>();
  return [...binding].map(([name, value]) => [name, Buffer.from(value, 'latin1').toString('utf8')] as const);
}

function exceptionOf({ pair, status }: Verdict): string | undefined {
  if (!pair.exception) return undefined;
  return status === 'EXCEPTION' || status === 'SYNCED' ? pair.exception.reason : sayLapsed(pair.exception.reason);
}
