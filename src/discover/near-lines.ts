// Which lines a content has, as numbers, and how many of them two contents share.

const NEWLINE = 0x0a;
const SPACE = 0x20;
/** Visible bytes; a shorter line, such as `}`, is in every file. */
const SHORTEST = 3;

/** The hash of each line that says something, without white space around it; sorted. */
export function hashLines(content: Uint8Array): Int32Array {
  const hashes: number[] = [];
  for (let start = 0; start < content.length; ) {
    const found = content.indexOf(NEWLINE, start);
    const end = found < 0 ? content.length : found;
    const hash = hashLine(content, start, end);
    if (hash !== undefined) hashes.push(hash);
    start = end + 1;
  }
  return Int32Array.from(hashes).sort();
}

/** FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashLine(content: Uint8Array, start: number, end: number): number | undefined {
  let [from, to] = [start, end];
  while (from < to && (content[from] ?? 0) <= SPACE) from += 1;
  while (to > from && (content[to - 1] ?? 0) <= SPACE) to -= 1;
  if (to - from < SHORTEST) return undefined;
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (content[at] ?? 0), 0x01000193);
  return hash | 0;
}

/** The share of their lines that two files have in common, up to 1. */
export function shareOf(one: Int32Array, other: Int32Array): number {
  if (one.length + other.length === 0) return 0;
  let common = 0;
  for (let x = 0, y = 0; x < one.length && y < other.length; ) {
    const [left, right] = [one[x] ?? 0, other[y] ?? 0];
    if (left === right) common += 1;
    if (left <= right) x += 1;
    if (right <= left) y += 1;
  }
  return (2 * common) / (one.length + other.length);
}
