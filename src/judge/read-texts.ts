// What is compared of two files whose texts may differ. Other pairs are not read.

import type { Entry } from '../git/entry.js';
import { type RepoPath, textOf } from '../git/path.js';
import type { Side } from '../manifest/types.js';
import { unbalancedPart } from '../messages/rules.js';
import type { TextEquality } from '../rules/equality.js';
import type { FilePair } from '../rules/types.js';
import { holdsDifference, type ReadText, readCompared, textsAt } from '../snapshot/compared.js';
import type { Snapshot } from '../snapshot/types.js';
import { holds, type PairNodes } from './compare.js';

type FileEntry = Extract<Entry, { kind: 'file' }>;
type FileEntries = { readonly [Of in Side]: FileEntry };

/**
 * The nodes of the pair, with the compared texts of two files. A side whose blob is not here is
 * unread. @throws Fault `manifest` if a part of a text begins and never ends.
 */
export async function readTexts(snapshot: Snapshot, pair: FilePair, nodes: PairNodes): Promise<PairNodes> {
  const { equality, exception } = pair;
  const { a, b } = nodes;
  if (equality.kind === 'identical' && exception?.digest === undefined) return nodes;
  if (a.kind !== 'file' || b.kind !== 'file' || pair.a === null || pair.b === null) return nodes;
  const reads = { a: textsAt(snapshot, pair.a), b: textsAt(snapshot, pair.b) };
  const compared = equality.kind === 'identical' ? nodes : await readComparedNodes(pair, equality, { a, b }, reads);
  if (!exception) return compared;
  return { ...compared, agreed: holds(exception, a, b) || (await holdsDifference(exception, { a, b }, reads)) };
}

async function readComparedNodes(
  pair: FilePair,
  equality: TextEquality,
  { a, b }: FileEntries,
  reads: { readonly [Of in Side]: ReadText },
): Promise<PairNodes> {
  if (equality.rule.keepsEqual && a.oid === b.oid) return { a, b };
  const textA = await readCompared(equality, 'a', a.oid, reads.a);
  // Without own lines, side b is compared as it is.
  if (equality.kind === 'with' && textA.kind === 'text' && textA.oid === b.oid) {
    return { a, b, texts: { compared: { a: { ...a, oid: b.oid }, b } } };
  }
  const textB = await readCompared(equality, 'b', b.oid, reads.b);
  if (textA.kind === 'missing') return { a: unread(a), b };
  if (textB.kind === 'missing') return { a, b: unread(b) };
  for (const [text, path] of [[textA, pair.a] as const, [textB, pair.b] as const]) {
    if (text.kind === 'unbalanced') throw unbalancedPart(textOf(path as RepoPath), text.at);
    if (text.kind === 'unfit') return { a, b, texts: { unfit: text.why } };
  }
  if (textA.kind !== 'text' || textB.kind !== 'text') return { a, b };
  return { a, b, texts: { compared: { a: { ...a, oid: textA.oid }, b: { ...b, oid: textB.oid } } } };
}

function unread({ oid }: FileEntry): PairNodes['a'] {
  return { kind: 'unread', why: { kind: 'blob', oid } };
}
