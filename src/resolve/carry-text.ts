// What a copy becomes when its source is copied along a pair whose texts may differ. Pure.

import { differenceOf, digestOf } from '../differences/agreed.js';
import { type Entry, sameEntry } from '../git/entry.js';
import type { Oid } from '../git/oid.js';
import { opposite } from '../manifest/direction.js';
import type { Side } from '../manifest/types.js';
import { identityOf } from '../rules/identity.js';
import type { FilePair } from '../rules/types.js';
import { idOfText } from '../snapshot/compared.js';
import type { Edge, RefusalReason } from './types.js';

/** The texts of the components, by blob; a plan adds those that it makes. One char per byte. */
export type Texts = Map<Oid, string>;

/** Where a difference is no longer the agreed one, and new contents that would keep that. */
export interface AgreedMerge {
  /** The first line that the agreed difference does not have, or that it alone has. */
  readonly moved?: { readonly side: Side; readonly line: string; readonly number: number; readonly isNew: boolean };
  /** The new text of each side, if the other side's change can be merged into it. */
  readonly a?: string;
  readonly b?: string;
}

export interface Carried {
  readonly entry: Entry;
  /** If git's store does not have the entry yet. */
  readonly content?: Buffer;
  /** What the entry holds of the source, in the form in which the pair compares it. */
  readonly compared?: Entry;
  /** True if the entry still has every change of the file that it replaces. */
  readonly keepsAll?: true;
}

/** What texts can be carried along. */
export interface Carrying {
  readonly texts: Texts;
  /** By the identity of the pair. */
  readonly agreed: ReadonlyMap<string, AgreedMerge>;
}

/** The target's new entry, or why there is none. */
export function carryAlong(
  { texts, agreed }: Carrying,
  { verdict, side }: Edge,
  source: Entry,
  target: Entry,
): Carried | RefusalReason {
  const { pair } = verdict;
  const merge = agreed.get(identityOf(pair));
  const text = merge?.[side];
  if (merge && text !== undefined && isMergedSource(merge[opposite(side)], source, verdict[opposite(side)])) {
    return { ...written(texts, text, source), keepsAll: true };
  }
  const { equality } = pair;
  if (equality.kind === 'identical' || source.kind === 'absent') return { entry: source };
  // A rule applies to texts: a symlink or a submodule in place of one is not copied.
  if (source.kind !== 'file') return sameEntry(source, target) ? { entry: source } : 'unfit';
  if (equality.rule.keepsEqual && sameEntry(source, target)) return { entry: source };
  const own = texts.get(source.oid);
  const present = target.kind === 'file' ? texts.get(target.oid) : undefined;
  if (own === undefined || (target.kind !== 'absent' && present === undefined)) return 'unfit';
  const result = equality.rule.carry(opposite(side), own, present);
  if (typeof result === 'string') return result;
  const compared = equality.rule.compared(side, result.text);
  const id = 'text' in compared ? { ...source, oid: idOfText(compared.text, source.oid) } : undefined;
  return { ...written(texts, result.text, source), ...(id && { compared: id }) };
}

/** True if the source has the text that belongs to the merge: a new one, or its present one. */
function isMergedSource(merged: string | undefined, source: Entry, present: Entry): boolean {
  if (merged === undefined) return sameEntry(source, present);
  return source.kind === 'file' && source.oid === idOfText(merged, source.oid);
}

function written(texts: Texts, text: string, like: Entry & { readonly oid?: Oid }): Carried {
  if (like.kind !== 'file') return { entry: like };
  const oid = idOfText(text, like.oid);
  texts.set(oid, text);
  return { entry: { ...like, oid }, content: Buffer.from(text, 'latin1') };
}

/** True if the pair is in sync with these two entries. */
export function isInSync({ texts }: Carrying, { equality, exception }: FilePair, a: Entry, b: Entry): boolean {
  if (a.kind !== 'file' || b.kind !== 'file') return sameEntry(a, b);
  const [textA, textB] = [texts.get(a.oid), texts.get(b.oid)];
  if (textA === undefined || textB === undefined) return sameEntry(a, b);
  const { digest } = exception ?? {};
  if (digest !== undefined && digestOf(differenceOf(textA, textB)) === digest) return true;
  if (equality.kind === 'identical' || (equality.rule.keepsEqual && a.oid === b.oid)) return sameEntry(a, b);
  const [one, other] = [equality.rule.compared('a', textA), equality.rule.compared('b', textB)];
  if (!('text' in one) || !('text' in other)) return false;
  return a.executable === b.executable && one.text === other.text;
}
