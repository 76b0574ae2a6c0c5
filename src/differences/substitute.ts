// Literal substitutions: one pass from left to right, the longest match first, nothing rescanned.

/** Replaces `left` by `right`. */
export interface Substitution {
  readonly left: string;
  readonly right: string;
}

/** Characters; the search for longer words can take the square of the time. */
const SHORT = 64;

/** The text with every match replaced. Linear in the text, for each substitution. */
export function substitute(substitutions: readonly Substitution[], text: string): string {
  const present = substitutions.filter(({ left }) => left.length > SHORT || text.includes(left));
  if (present.length === 0) return text;
  const longest = longestMatches(present, text);
  const parts: string[] = [];
  let copied = 0;
  for (let at = 0; at < text.length; ) {
    const found = present[(longest[at] ?? 0) - 1];
    if (!found) {
      at += 1;
      continue;
    }
    parts.push(text.slice(copied, at), found.right);
    at += found.left.length;
    copied = at;
  }
  return parts.join('') + text.slice(copied);
}

export function turned({ left, right }: Substitution): Substitution {
  return { left: right, right: left };
}

/** For each position, 1 + the index of the longest substitution that matches there; 0 for none. */
function longestMatches(substitutions: readonly Substitution[], text: string): Uint8Array {
  const longest = new Uint8Array(text.length);
  const byLength = substitutions
    .map(({ left }, index) => ({ left, index }))
    .sort((one, other) => one.left.length - other.left.length || other.index - one.index);
  for (const { left, index } of byLength) {
    forEachMatch(left, text, (at) => {
      longest[at] = index + 1;
    });
  }
  return longest;
}

/** Every match, overlapping ones too, that stands at word boundaries where its ends are words. */
function forEachMatch(left: string, text: string, found: (at: number) => void): void {
  const fallback = fallbackOf(left);
  let matched = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    while (matched > 0 && char !== left.charCodeAt(matched)) matched = fallback[matched - 1] ?? 0;
    if (char === left.charCodeAt(matched)) matched += 1;
    if (matched < left.length) continue;
    const start = at + 1 - left.length;
    if (isWhole(left, text, start)) found(start);
    matched = fallback[matched - 1] ?? 0;
  }
}

/** Knuth, Morris, Pratt: the length of the longest proper prefix that is a suffix, for each end. */
function fallbackOf(left: string): Uint32Array {
  const fallback = new Uint32Array(left.length);
  let matched = 0;
  for (let at = 1; at < left.length; at += 1) {
    while (matched > 0 && left[at] !== left[matched]) matched = fallback[matched - 1] ?? 0;
    if (left[at] === left[matched]) matched += 1;
    fallback[at] = matched;
  }
  return fallback;
}

function isWhole(left: string, text: string, start: number): boolean {
  const end = start + left.length;
  const startsInside = isWord(left, 0) && isWord(text, start - 1);
  return !startsInside && !(isWord(left, left.length - 1) && isWord(text, end));
}

const WORD: readonly boolean[] = Array.from({ length: 256 }, (_, code) => /\w/.test(String.fromCharCode(code)));

function isWord(text: string, at: number): boolean {
  return WORD[text.charCodeAt(at)] === true;
}
