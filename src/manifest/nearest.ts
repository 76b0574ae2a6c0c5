// Finds the known word that a typo probably meant. Pure.

import { closest, distance } from 'fastest-levenshtein';

const FARTHEST_TYPO = 3;

/** The closest word, ignoring case; undefined if none is close. Short words allow fewer typos. */
export function nearestOf(word: string, known: readonly string[], farthest = FARTHEST_TYPO): string | undefined {
  const folded = new Map(known.map((each) => [each.toLowerCase(), each]));
  if (word === '' || folded.size === 0) return undefined;
  const wanted = word.toLowerCase();
  const found = closest(wanted, [...folded.keys()]);
  const reach = Math.min(farthest, 1 + Math.floor(wanted.length / 3));
  return distance(wanted, found) <= reach ? folded.get(found) : undefined;
}
