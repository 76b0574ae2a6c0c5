// The line prefixes that most of the differing lines, and few others, begin with.

import { withoutEnd } from '../differences/lines.js';
import { tokensOf } from './near-tokens.js';

const MOST_PREFIXES = 3;
/** Tokens of a line that can be its prefix. */
const MOST_TOKENS = 8;
/** More differing lines than this have no few prefixes. */
const MOST_LINES = 400;

interface Choice {
  readonly prefix: string;
  readonly covers: readonly string[];
  readonly score: number;
}

/** Up to three, the most useful first. `lines` differ, `common` do not. */
export function findPrefixes(lines: readonly string[], common: readonly string[]): readonly string[] {
  const texts = (all: readonly string[]) => all.map((line) => withoutEnd(line).trimStart());
  let left = texts(lines).filter((line) => line.trim() !== '');
  if (left.length > MOST_LINES) return [];
  const others = texts(common);
  const found: string[] = [];
  while (left.length > 0 && found.length < MOST_PREFIXES) {
    const best = choosePrefix(left, others);
    if (!best) return found;
    found.push(best.prefix);
    left = left.filter((line) => !line.startsWith(best.prefix));
  }
  return found;
}

function choosePrefix(lines: readonly string[], others: readonly string[]): Choice | undefined {
  const candidates = new Set(lines.flatMap(prefixesOf));
  let best: Choice | undefined;
  for (const prefix of candidates) {
    const covers = lines.filter((line) => line.startsWith(prefix));
    const hidden = others.filter((line) => line.startsWith(prefix)).length;
    const choice = { prefix, covers, score: covers.length - 2 * hidden };
    if (choice.score > 0 && (!best || isBetter(choice, best))) best = choice;
  }
  return best;
}

function isBetter(one: Choice, other: Choice): boolean {
  if (one.score !== other.score) return one.score > other.score;
  const [ending, theirs] = [rateEnd(one.prefix), rateEnd(other.prefix)];
  return ending === theirs ? one.prefix.length < other.prefix.length : ending > theirs;
}

/** `key: ` and `key = ` are better than a word, and a word is better than its beginning. */
function rateEnd(prefix: string): number {
  if (/[:=]\s+$/.test(prefix)) return 3;
  if (/[:=]$/.test(prefix)) return 2;
  return /\w\s+$/.test(prefix) ? 1 : 0;
}

/** Every beginning of the line that ends with a token and says something. */
function prefixesOf(line: string): readonly string[] {
  const tokens = tokensOf(line);
  const prefixes = tokens.slice(0, MOST_TOKENS).map((_, at) => tokens.slice(0, at + 1).join(''));
  return prefixes.filter((prefix) => /[\w\x80-\xff]{2}|\S{4}/.test(prefix));
}
