// Lines of a text, and which lines two texts have in common. Texts have one char per byte.

/** The lines with their line ends; the last one may lack it. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The line without its line end. */
export function withoutEnd(line: string): string {
  return line.replace(/\r?\n$/, '').replace(/\r$/, '');
}

/** A line that both texts have: its position in each. */
export type Match = readonly [one: number, other: number];

/** Steps of comparing; texts that differ in more are treated as different between their ends. */
const MOST_STEPS = 100_000_000;
const MOST_EDITS = 3000;

/**
 * The lines of a longest common subsequence, in order. Myers, "An O(ND) Difference Algorithm and
 * Its Variations" (1986). Bounded: where too much differs, only the common ends match.
 */
export function matchLines(one: readonly string[], other: readonly string[]): readonly Match[] {
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < most - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  const [left, right] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  const middle = left.length === 0 || right.length === 0 ? [] : matchMiddle(left, right);
  return [
    ...range(start).map((at): Match => [at, at]),
    ...middle.map(([x, y]): Match => [x + start, y + start]),
    ...range(end).map((at): Match => [one.length - end + at, other.length - end + at]),
  ];
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, at) => at);
}

function matchMiddle(one: readonly string[], other: readonly string[]): readonly Match[] {
  const size = one.length + other.length;
  const bound = Math.min(size, MOST_EDITS, Math.floor(MOST_STEPS / size));
  // reached[offset + k]: how far into `one` the diagonal k has come.
  const offset = bound + 1;
  const reached = new Int32Array(2 * bound + 3);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= bound; edits += 1) {
    trace.push(reached.slice(offset - edits, offset + edits + 1));
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && at(reached, offset + k - 1) < at(reached, offset + k + 1));
      let x = down ? at(reached, offset + k + 1) : at(reached, offset + k - 1) + 1;
      while (x < one.length && x - k < other.length && one[x] === other[x - k]) x += 1;
      reached[offset + k] = x;
      if (x >= one.length && x - k >= other.length) return goBack(trace, one.length, other.length);
    }
  }
  return [];
}

function at(values: Int32Array, index: number): number {
  return values[index] ?? 0;
}

/** The matches on the way back from the end; `trace[d]` has the diagonals -d to d before step d. */
function goBack(trace: readonly Int32Array[], endX: number, endY: number): readonly Match[] {
  const matches: Match[] = [];
  let [x, y] = [endX, endY];
  for (let edits = trace.length - 1; edits > 0; edits -= 1) {
    const before = trace[edits] as Int32Array;
    const k = x - y;
    const reachedOn = (diagonal: number) => (Math.abs(diagonal) > edits ? 0 : at(before, diagonal + edits));
    const down = k === -edits || (k !== edits && reachedOn(k - 1) < reachedOn(k + 1));
    const previous = down ? k + 1 : k - 1;
    const fromX = reachedOn(previous);
    const fromY = fromX - previous;
    const afterEdit = down ? fromX : fromX + 1;
    for (; x > afterEdit; x -= 1, y -= 1) matches.push([x - 1, y - 1]);
    [x, y] = [fromX, fromY];
  }
  for (; x > 0 && y > 0; x -= 1, y -= 1) matches.push([x - 1, y - 1]);
  return matches.reverse();
}
