// How many deletions need a second confirmation: a directory deleted by mistake must not delete its
// copies.

/** More files than this. */
const MANY = 20;

/** Or more than this share of all pairs, above a small number. */
const LARGE_SHARE = 0.25;
const HANDFUL = 4;

/** Pure. `pairs`: the number of all file pairs. */
export function areMany(deletions: number, pairs: number): boolean {
  return deletions > MANY || (deletions > HANDFUL && deletions > pairs * LARGE_SHARE);
}
