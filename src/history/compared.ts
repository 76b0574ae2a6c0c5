// Earlier contents of pairs with a rule, in the form in which the pair compares them.

import { isText } from '../differences/text-rule.js';
import type { Entry } from '../git/entry.js';
import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import type { Side } from '../manifest/types.js';
import { comparedEntry } from '../snapshot/compared.js';
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

/** What the pair compares of this side's content; undefined if a part of it never ends. */
export function comparedContent({ verdict }: PairHistory, side: Side, content: Buffer): Buffer | undefined {
  const { equality } = verdict.pair;
  if (equality.kind === 'identical' || !isText(content)) return content;
  const compared = equality.rule.compared(side, content.toString('latin1'));
  return 'text' in compared ? Buffer.from(compared.text, 'latin1') : undefined;
}

/** The compared text with this id, which was derived before; the blob itself without a rule. */
export async function readComparedText(
  objects: ObjectReader,
  pair: PairHistory,
  oid: Oid,
): Promise<Buffer | undefined> {
  const { equality } = pair.verdict.pair;
  const origin = equality.kind === 'identical' ? undefined : equality.origins.get(oid);
  const content = (await objects.contents(origin?.oid ?? oid))?.content;
  return content && origin ? comparedContent(pair, origin.side, content) : content;
}
