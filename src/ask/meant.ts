// What a fix would write into the copy, to be shown before it is written.

import type { Entry } from '../git/entry.js';
import type { Workplace } from '../git/workplace.js';
import { writeBytesAsBlob } from '../git/write.js';
import type { Verdict } from '../judge/types.js';
import { type Carrying, carryAlong } from '../resolve/carry-text.js';
import { endsOf } from '../rules/ends.js';

/**
 * The copy's new entry, stored as a blob; the source's entry if the two must be identical, or if it
 * cannot be carried to the copy.
 */
export function storeMeant({ repository }: Workplace, carrying: Carrying, verdict: Verdict): Entry {
  const { rule } = verdict.pair;
  const source = verdict[rule.source];
  const ends = endsOf(verdict.pair);
  if (ends.source === null || ends.copy === null) return source;
  const edge = { source: ends.source, target: ends.copy, verdict, side: rule.copy };
  const carried = carryAlong(carrying, edge, source, verdict[rule.copy]);
  if (typeof carried === 'string' || !carried.content) return source;
  writeBytesAsBlob(repository.git, carried.content);
  return carried.entry;
}
