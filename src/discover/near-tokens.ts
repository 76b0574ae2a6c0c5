// What differs between two lines, in words.

import { matchLines, withoutEnd } from '../differences/lines.js';

type Tokens = readonly string[];

/** Tokens of both sides: `one[from[0]..to[0]]` became `other[from[1]..to[1]]`. */
export interface TokenSpan {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

/** A line that differs. */
export interface ChangedLine {
  readonly one: string;
  readonly other: string;
  readonly tokens: readonly [Tokens, Tokens];
  readonly spans: readonly TokenSpan[];
}

/** Undefined for different line ends, and for lines that have nothing to replace. */
export function changeOf(lineA: string, lineB: string): ChangedLine | undefined {
  const [one, other] = [withoutEnd(lineA), withoutEnd(lineB)];
  if (one.trim() === '' || lineA.slice(one.length) !== lineB.slice(other.length)) return undefined;
  const tokens = [tokensOf(one), tokensOf(other)] as const;
  return { one, other, tokens, spans: spansOf(...tokens) };
}

/** Words, white space, and other characters one by one. */
export function tokensOf(line: string): Tokens {
  return line.match(/[\w\x80-\xff]+|\s+|[^\w\s\x80-\xff]/g) ?? [];
}

/** What differs. A span with an empty side is joined to a neighbour behind a space. */
function spansOf(one: Tokens, other: Tokens): readonly TokenSpan[] {
  const spans: TokenSpan[] = [];
  let [x, y] = [0, 0];
  for (const [matchX, matchY] of [...matchLines(one, other), [one.length, other.length] as const]) {
    if (matchX > x || matchY > y) addSpan(spans, { from: [x, y], to: [matchX, matchY] }, one);
    [x, y] = [matchX + 1, matchY + 1];
  }
  return spans.map((span) => trim(span, one, other));
}

function addSpan(spans: TokenSpan[], span: TokenSpan, one: Tokens): void {
  const last = spans.at(-1);
  const isSpace = last && isBlank(one.slice(last.to[0], span.from[0]));
  if (last && isSpace && (isOneSided(last) || isOneSided(span))) spans.splice(-1, 1, { from: last.from, to: span.to });
  else spans.push(span);
}

function isOneSided({ from, to }: TokenSpan): boolean {
  return from[0] === to[0] || from[1] === to[1];
}

function isBlank(tokens: Tokens): boolean {
  return tokens.every((token) => token.trim() === '');
}

/** Without the tokens that both sides begin or end with. */
function trim({ from, to }: TokenSpan, one: Tokens, other: Tokens): TokenSpan {
  let [x, y] = from;
  let [endX, endY] = to;
  for (; x < endX - 1 && y < endY - 1 && one[x] === other[y]; x += 1) y += 1;
  for (; x < endX - 1 && y < endY - 1 && one[endX - 1] === other[endY - 1]; endX -= 1) endY -= 1;
  return { from: [x, y], to: [endX, endY] };
}

/** Up to the next space on both ends; where a side is empty, or all changes count, a word more. */
export function widen(span: TokenSpan, one: Tokens, other: Tokens): TokenSpan {
  let [x, y] = span.from;
  let [endX, endY] = span.to;
  const isMore = (token: string | undefined, same: string | undefined) =>
    token !== undefined && token === same && token.trim() !== '';
  for (; isMore(one[x - 1], other[y - 1]); x -= 1) y -= 1;
  for (; isMore(one[endX], other[endY]); endX += 1) endY += 1;
  if (x < endX && y < endY) return { from: [x, y], to: [endX, endY] };
  // The word before, or the word behind.
  if (x > 1 && one[x - 1] === other[y - 1]) return widen({ from: [x - 2, y - 2], to: [endX, endY] }, one, other);
  const isInside = endX + 1 < one.length && one[endX] === other[endY];
  return isInside ? widen({ from: [x, y], to: [endX + 2, endY + 2] }, one, other) : { from: [x, y], to: [endX, endY] };
}

/** Without the white space that both begin or end with. */
export function trimmedEnds(one: string, other: string): readonly [string, string] {
  const lead = /^\s*/.exec(one)?.[0] ?? '';
  const tail = /\s*$/.exec(one)?.[0] ?? '';
  if (!other.startsWith(lead) || !other.endsWith(tail) || other.length < lead.length + tail.length) return [one, other];
  return [one.slice(lead.length, one.length - tail.length), other.slice(lead.length, other.length - tail.length)];
}
