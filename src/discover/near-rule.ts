// The smallest rules that make two texts equal.

import { cutOwn } from '../differences/own.js';
import type { Substitution } from '../differences/substitute.js';
import { TextRule } from '../differences/text-rule.js';
import type { DeclaredRule, OwnPart } from '../manifest/types.js';
import { cutBoth, listOwnParts } from './near-own.js';
import { deriveWords, MOST_WORDS } from './near-words.js';

/** Rules of the same cost that are tried against the past. */
const MOST_EQUAL = 4;
/** A side that keeps more than this share of its lines for itself is no copy. */
const MOST_OWN = 0.5;
/** The same where prefixes choose the lines, which can hide an edit anywhere. */
const MOST_BY_PREFIX = 0.2;
const FEW_LINES = 4;

/** A rule that was found to hold. Its texts have one char per byte. */
export interface FoundRule {
  readonly with: readonly Substitution[];
  readonly own: readonly OwnPart[];
  readonly rule: TextRule;
  /** The number of parts; one that is spelled out counts twice. */
  readonly cost: number;
  /** Own lines of both sides. */
  readonly leftOut: number;
}

/** The cheapest rules under which `a` and `b` are in sync; those that leave out the least first. */
export function findRules(a: string, b: string): readonly FoundRule[] {
  const found = listOwnParts(a, b).flatMap((own) => ruleFor(own, a, b) ?? []);
  const least = Math.min(...found.map(({ cost }) => cost));
  return found
    .filter(({ cost }) => cost === least)
    .sort((one, other) => one.leftOut - other.leftOut)
    .slice(0, MOST_EQUAL);
}

function ruleFor(own: readonly OwnPart[], a: string, b: string): FoundRule | undefined {
  const rests = cutBoth(own, [a, b]);
  const words = rests && deriveWords(...rests, MOST_WORDS);
  if (!words || own.length + words.length === 0 || !canBeDeclared(own, words)) return undefined;
  const rule = new TextRule(words, own);
  const [one, other] = [rule.compared('a', a), rule.compared('b', b)];
  if ('unbalanced' in one || 'unbalanced' in other || one.text !== other.text) return undefined;
  if (own.length > 0 && (keepsTooMuch(own, one) || keepsTooMuch(own, other))) return undefined;
  const cost = own.length + words.reduce((sum, each) => sum + costOf(each), 0);
  return { with: words, own, rule, cost, leftOut: one.leftOut + other.leftOut };
}

function keepsTooMuch(own: readonly OwnPart[], { leftOut, lines }: { leftOut: number; lines: number }): boolean {
  const share = own.some(({ kind }) => kind === 'lines') ? MOST_BY_PREFIX : MOST_OWN;
  return leftOut > Math.max(FEW_LINES, share * lines);
}

/** Words that stand for one sentence say nothing about the next one. */
function costOf({ left }: Substitution): number {
  return (left.match(/[\w\x80-\xff]+/g) ?? []).length > 4 ? 2 : 1;
}

/** True if the manifest, which is UTF-8, can hold all of its texts, and they stay what they are. */
function canBeDeclared(own: readonly OwnPart[], words: readonly Substitution[]): boolean {
  const texts = [
    ...words.flatMap(({ left, right }) => [left, right]),
    ...own.flatMap((part) => Object.values(part).filter((value) => typeof value === 'string')),
  ];
  return texts.every((text) => bytesOf(textOf(text)) === text);
}

function textOf(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** The rule as the manifest declares it. */
export function declaredOf({ with: words, own }: FoundRule): DeclaredRule {
  return { with: words.map(({ left, right }) => [textOf(left), textOf(right)] as const), own: own.map(partOf) };
}

function partOf(part: OwnPart): OwnPart {
  switch (part.kind) {
    case 'lines':
      return { kind: 'lines', prefix: textOf(part.prefix) };
    case 'block':
      return { kind: 'block', from: textOf(part.from), to: textOf(part.to) };
    case 'front_matter':
    case 'first_lines':
      return part;
  }
}

/** The own lines of a text as one text; undefined if a part never ends. */
export function ownTextOf({ own }: FoundRule, text: string): string | undefined {
  const cut = cutOwn(own, text);
  return 'unbalanced' in cut ? undefined : cut.own.map((each) => each.text).join('');
}
