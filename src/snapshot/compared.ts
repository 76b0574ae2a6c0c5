// What is compared of a pair whose texts may differ: the ids of its compared texts. Derived once.

import { differenceOf, digestOf } from '../differences/agreed.js';
import { isText, LARGEST_TEXT } from '../differences/text-rule.js';
import { type Entry, modeOf } from '../git/entry.js';
import { hashObject, type Oid } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';
import { isOutside } from '../manifest/outside.js';
import type { Exception, Side } from '../manifest/types.js';
import type { ComparedBlob, TextEquality } from '../rules/equality.js';
import type { Snapshot } from './types.js';

/** A blob's bytes, or its size if it is over 1 MiB; undefined if it is not here. */
export type ReadText = (oid: Oid) => Promise<Buffer | number | undefined>;

/** Reads the blobs of a path. */
export function textsAt(snapshot: Snapshot, path: RepoPath): ReadText {
  return async (oid) => (isOutside(path) ? snapshot.outside?.readText(path, oid) : snapshot.readText(path, oid));
}

/** The text with one char per byte; undefined if it is binary, too large or not here. */
export async function readTextOf(read: ReadText, oid: Oid): Promise<string | undefined> {
  const content = await read(oid);
  return content instanceof Buffer && isText(content) ? content.toString('latin1') : undefined;
}

/** What is known of the blob as that side of the rule. */
export async function readCompared(
  equality: TextEquality,
  side: Side,
  oid: Oid,
  read: ReadText,
): Promise<ComparedBlob> {
  const key = `${side} ${oid}`;
  const known = equality.known.get(key);
  if (known) return known;
  const found = compareBlob(equality, side, oid, await read(oid));
  if (found.kind !== 'missing') equality.known.set(key, found);
  if (found.kind === 'text') equality.origins.set(found.oid, { side, oid });
  return found;
}

function compareBlob({ rule }: TextEquality, side: Side, oid: Oid, content: Buffer | number | undefined): ComparedBlob {
  if (content === undefined) return { kind: 'missing' };
  if (typeof content === 'number' || content.length > LARGEST_TEXT) return { kind: 'unfit', why: 'large' };
  if (!isText(content)) return { kind: 'unfit', why: 'binary' };
  const compared = rule.compared(side, content.toString('latin1'));
  if ('unbalanced' in compared) return { kind: 'unbalanced', at: compared.unbalanced };
  const { text, leftOut, lines } = compared;
  return { kind: 'text', oid: idOfText(text, oid), leftOut, lines };
}

/** The id that the text has as a blob, in the format of another id. */
export function idOfText(text: string, like: Oid): Oid {
  return hashObject(like.length === 40 ? 'sha1' : 'sha256', 'blob', Buffer.from(text, 'latin1'));
}

/** The entry with the id of its compared text; unchanged if the rule does not apply to it. */
export async function comparedEntry(equality: TextEquality, side: Side, entry: Entry, read: ReadText): Promise<Entry> {
  if (entry.kind !== 'file') return entry;
  const compared = await readCompared(equality, side, entry.oid, read);
  return compared.kind === 'text' ? { ...entry, oid: compared.oid } : entry;
}

/** True if the two files have the difference that the exception agrees to. */
export async function holdsDifference(
  exception: Exception,
  files: { readonly [Of in Side]: Extract<Entry, { kind: 'file' }> },
  reads: { readonly [Of in Side]: ReadText },
): Promise<boolean> {
  const { at, digest } = exception;
  if (digest === undefined || files.a.oid === files.b.oid) return false;
  const asAgreed = at?.[0]?.mode === modeOf(files.a) && at[1]?.mode === modeOf(files.b);
  if (!asAgreed && files.a.executable !== files.b.executable) return false;
  const [a, b] = [await readTextOf(reads.a, files.a.oid), await readTextOf(reads.b, files.b.oid)];
  return a !== undefined && b !== undefined && digestOf(differenceOf(a, b)) === digest;
}
