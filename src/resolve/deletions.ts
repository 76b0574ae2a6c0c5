// How many deletions are so many that they are asked for again: a directory that is gone by mistake
// must not take its copies along.

/** More files than this. */
const MANY = 20;

/** Or more than this share of all pairs, where it is more than a handful. */
const LARGE_SHARE = 0.25;
const HANDFUL = 4;

/** Pure. `pairs`: how many file pairs there are in all. */
export function areMany(deletions: number, pairs: number): boolean {
  return deletions > MANY || (deletions > HANDFUL && deletions > pairs * LARGE_SHARE);
}
