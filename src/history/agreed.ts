// Which side is behind where a difference was agreed: the newest state with it is a common state.

import { sameEntry } from '../git/entry.js';
import type { ObjectReader } from '../git/objects.js';
import { isPinned } from '../judge/compare.js';
import { holdsDifference, type ReadText } from '../snapshot/compared.js';
import { readStored } from '../snapshot/content.js';
import type { PairHistory } from './pair-history.js';
import type { Provenance } from './types.js';

/** Notes this moment's contents as agreed if they are the newest with the agreed difference. */
export async function noteAgreed(objects: ObjectReader, pair: PairHistory): Promise<void> {
  const { exception } = pair.verdict.pair;
  const [a, b] = [pair.a.held.entry, pair.b.held.entry];
  if (pair.agreed || exception?.digest === undefined || a.kind !== 'file' || b.kind !== 'file') return;
  const read: ReadText = (oid) => readStored(objects, oid);
  if (await holdsDifference(exception, { a, b }, { a: read, b: read })) pair.agreed = { a, b };
}

/** Undefined if the pair has no agreed states, or still is in them. */
export function decideAgreed({ verdict: { pair, a, b }, agreed }: PairHistory): Provenance | undefined {
  const { at } = pair.exception ?? {};
  if (!at) return undefined;
  const movedA = agreed ? !sameEntry(agreed.a, a) : !isPinned(at[0], a);
  const movedB = agreed ? !sameEntry(agreed.b, b) : !isPinned(at[1], b);
  const moment = { moves: {}, ...(agreed && { agreed: { a: agreed.a.oid, b: agreed.b.oid } }) };
  if (movedA && movedB) return { verdict: 'diverged', ...moment };
  if (!movedA && !movedB) return undefined;
  return { verdict: 'behind', stale: movedA ? 'b' : 'a', basis: 'agreed', lossless: false, ...moment };
}
