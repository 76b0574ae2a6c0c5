// Earlier contents of pairs with a rule, in the form in which the pair compares them.

import type { Entry } from '../git/entry.js';
import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import { comparedEntry, readTextOf } from '../snapshot/compared.js';
import { readStored } from '../snapshot/content.js';
import type { PairHistory, SideHistory } from './pair-history.js';

/** The entry, with the id of its compared text if the pair has a rule that applies to it. */
export async function asCompared(
  objects: ObjectReader,
  pair: PairHistory,
  side: SideHistory,
  entry: Entry,
): Promise<Entry> {
  const { equality } = pair.verdict.pair;
  if (equality.kind === 'identical') return entry;
  return comparedEntry(equality, side === pair.a ? 'a' : 'b', entry, (oid) => readStored(objects, oid));
}

/** The compared text with this id, which was derived before; the blob itself without a rule. */
export async function readComparedText(
  objects: ObjectReader,
  { verdict }: PairHistory,
  oid: Oid,
): Promise<Buffer | undefined> {
  const { equality } = verdict.pair;
  const origin = equality.kind === 'identical' ? undefined : equality.origins.get(oid);
  if (equality.kind === 'identical' || !origin) return (await objects.contents(oid))?.content;
  const text = await readTextOf((blob) => readStored(objects, blob), origin.oid);
  const compared = text === undefined ? undefined : equality.rule.compared(origin.side, text);
  return compared && 'text' in compared ? Buffer.from(compared.text, 'latin1') : undefined;
}
