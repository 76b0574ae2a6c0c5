// Makes a near-copy's proposal: which side is the source, its rule, and what the past says of it.

import { differenceOf, digestOf } from '../differences/agreed.js';
import { type RepoPath, textOf } from '../git/path.js';
import { type Accepted, addExceptions } from '../manifest/accept.js';
import { addPairWithRule } from '../manifest/add-near.js';
import { parseManifest } from '../manifest/parse.js';
import { AGREED_AS_FOUND } from '../messages/near.js';
import type { NearPast } from './near-past.js';
import { holdDifference, holdRule, type StateTexts } from './near-record.js';
import { declaredOf, findRules } from './near-rule.js';
import type { NearTexts } from './near-texts.js';
import type { NearCopy, NearPair, NearText } from './near-types.js';
import { chooseSource, type KnownSides } from './orient.js';
import { areLanguageSiblings, areVersionSiblings } from './places.js';

/** Without a rule, a difference is worth agreeing to if both took this many edits. */
const KEPT_WITHOUT_RULE = 2;

/** Where near-copies are looked for. */
export interface NearGround {
  readonly texts: NearTexts;
  readonly past: NearPast;
  readonly known: KnownSides;
  /** The manifest's text. */
  readonly source: string;
}

/** A pair, and the number of commits in which both took the same edit. */
export type RankedPair = NearPair & { readonly kept: number };

/** Undefined if neither direction can be declared, or nothing but the lines speaks for a copy. */
export async function proposeNear(ground: NearGround, pair: RankedPair): Promise<NearCopy | undefined> {
  const { path, basis } = sourceOf(ground, pair);
  const [source, copy] = path === pair.one.path ? [pair.one, pair.other] : [pair.other, pair.one];
  const [a, b] = ground.known.forward ? [source, copy] : [copy, source];
  const ways = [
    { a, b, basis },
    { a: b, b: a, basis: 'declared' as const },
  ];
  for (const way of ways) {
    const found = await describe(ground, pair, way.a, way.b);
    if (!found) return undefined;
    const proposed = { ...found, basis: way.basis };
    if (canBeAdded(ground.source, proposed)) return proposed;
  }
  return undefined;
}

function sourceOf({ past, known }: NearGround, { one, other }: NearPair): ReturnType<typeof chooseSource> {
  const leads = (places: readonly RepoPath[], born: boolean) => {
    const ages = places.map((place) => past.ageOf(place));
    return ages.map((age) => (born && age > Math.min(...ages) ? 1 : 0));
  };
  return chooseSource([one.path, other.path], true, known, leads);
}

async function describe(
  { texts, past }: NearGround,
  pair: RankedPair,
  a: NearText,
  b: NearText,
): Promise<Omit<NearCopy, 'basis'> | undefined> {
  const states = await readStates(texts, past.statesOf(a, b));
  const [tip] = states;
  const best = tip && a.mode === b.mode ? chooseRule(tip, states) : undefined;
  if (!tip || (!best && pair.kept < KEPT_WITHOUT_RULE)) return undefined;
  const difference = differenceOf(tip.a, tip.b);
  const digest = digestOf(difference);
  const record = best?.record ?? holdDifference(digest, states);
  return {
    a: textOf(a.path),
    b: textOf(b.path),
    alike: pair.alike,
    kept: pair.kept,
    likely: pair.kept > 0 && 2 * record.held >= record.states && !areReleases(pair),
    ...(best && { rule: declaredOf(best.rule) }),
    ...record,
    differing: difference.length,
    at: [`${a.mode} ${a.oid}`, `${b.mode} ${b.oid}`],
    digest,
  };
}

/** Of the smallest rules, the one that held most often. */
function chooseRule(tip: StateTexts, states: readonly StateTexts[]) {
  const rules = findRules(tip.a, tip.b).map((rule) => ({ rule, record: holdRule(rule, states) }));
  return rules.sort((one, other) => other.record.held - one.record.held)[0];
}

/** Versions or languages of one text, which are written one by one. */
function areReleases({ one, other }: NearPair): boolean {
  const [a, b] = [textOf(one.path), textOf(other.path)];
  return areVersionSiblings(a, b) || areLanguageSiblings(a, b);
}

async function readStates(texts: NearTexts, states: ReturnType<NearPast['statesOf']>): Promise<readonly StateTexts[]> {
  const read: StateTexts[] = [];
  for (const state of states) {
    const [a, b] = [await texts.read(state.a), await texts.read(state.b)];
    if (a !== undefined && b !== undefined) read.push({ a, b });
    else if (read.length === 0) return [];
  }
  return read;
}

/** The manifest's text with the near-copy in it. */
export function addNear(source: string, { a, b, rule, at, digest }: NearCopy): string {
  if (rule) return addPairWithRule(source, a, b, rule);
  const agreed: Accepted = { a, b, reason: AGREED_AS_FOUND, at, digest };
  return addExceptions(source, [agreed]);
}

function canBeAdded(source: string, copy: NearCopy): boolean {
  return parseManifest(Buffer.from(addNear(source, copy), 'utf8')).ok;
}
