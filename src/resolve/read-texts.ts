// Reads the texts of pairs whose texts may differ, for plans.

import { type DifferentLine, differenceOf, digestOf } from '../differences/agreed.js';
import { ABSENT } from '../git/entry.js';
import { mergeFile } from '../git/merge-file.js';
import type { Oid } from '../git/oid.js';
import { type RepoPath, textOf } from '../git/path.js';
import type { Workplace } from '../git/workplace.js';
import type { Provenance } from '../history/types.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import type { Side } from '../manifest/types.js';
import { identityOf } from '../rules/identity.js';
import { readTextOf, textsAt } from '../snapshot/compared.js';
import { readStored } from '../snapshot/content.js';
import type { Snapshot } from '../snapshot/types.js';
import type { AgreedMerge, Carrying, Texts } from './carry-text.js';
import type { Evidence } from './safety.js';

/** The texts of these pairs, and the merges of agreed differences that no longer hold. */
export async function readCarrying(
  place: Workplace,
  after: Snapshot,
  verdicts: readonly Verdict[],
  { statuses, provenances }: Pick<Evidence, 'statuses' | 'provenances'>,
): Promise<Carrying> {
  const texts: Texts = new Map();
  const agreed = new Map<string, AgreedMerge>();
  for (const verdict of verdicts) {
    const { pair } = verdict;
    const agrees = isOutOfSync(verdict) && pair.exception?.digest !== undefined;
    if (pair.equality.kind === 'identical' && !agrees) continue;
    for (const side of ['a', 'b'] as const) {
      const path = pair[side];
      // Of a deleted side, the last content counts.
      const entry = verdict[side].kind === 'absent' && path ? (statuses.get(path)?.head ?? ABSENT) : verdict[side];
      if (path === null || entry.kind !== 'file' || texts.has(entry.oid)) continue;
      const text = await readTextOf(textsAt(after, path), entry.oid);
      if (text !== undefined) texts.set(entry.oid, text);
    }
    const merge = agrees
      ? await readAgreedMerge(place, texts, verdict, provenances.get(identityOf(pair))?.agreed)
      : undefined;
    if (merge) agreed.set(identityOf(pair), merge);
  }
  return { texts, agreed };
}

/**
 * What moved since the agreement, and git's merge of each side's change into the other side, as far
 * as the agreed difference holds afterwards.
 */
async function readAgreedMerge(
  place: Workplace,
  texts: Texts,
  verdict: Verdict,
  newest: Provenance['agreed'],
): Promise<AgreedMerge | undefined> {
  const { a, b, pair } = verdict;
  const { at } = pair.exception ?? {};
  if (a.kind !== 'file' || b.kind !== 'file' || !at?.[0] || !at[1]) return undefined;
  const [nowA, nowB] = [texts.get(a.oid), texts.get(b.oid)];
  const [oldA, oldB] = newest ? [newest.a, newest.b] : [at[0].oid, at[1].oid];
  const [wasA, wasB] = [await readOld(place, oldA), await readOld(place, oldB)];
  if (nowA === undefined || nowB === undefined || wasA === undefined || wasB === undefined) return undefined;
  const moved = findMoved(differenceOf(wasA, wasB), differenceOf(nowA, nowB));
  const merged =
    a.executable === b.executable ? await mergeBoth(place, pair, { a: wasA, b: wasB }, { a: nowA, b: nowB }) : {};
  return { ...(moved && { moved }), ...merged };
}

type BothTexts = Readonly<Record<Side, string>>;

async function mergeBoth(
  place: Workplace,
  pair: Verdict['pair'],
  was: BothTexts,
  now: BothTexts,
): Promise<AgreedMerge> {
  const holds = (one: string, other: string) => digestOf(differenceOf(one, other)) === pair.exception?.digest;
  const newB = await mergeTexts(place, pair, { ours: now.b, base: was.a, theirs: now.a });
  if (newB !== undefined && holds(now.a, newB)) return { b: newB };
  const newA = await mergeTexts(place, pair, { ours: now.a, base: was.b, theirs: now.b });
  if (newA !== undefined && holds(newA, now.b)) return { a: newA };
  return newA !== undefined && newB !== undefined && holds(newA, newB) ? { a: newA, b: newB } : {};
}

/** The first line in which the present difference is not the agreed one. */
function findMoved(agreed: readonly DifferentLine[], now: readonly DifferentLine[]): AgreedMerge['moved'] {
  const at = now.findIndex(({ sign, line }, index) => sign !== agreed[index]?.sign || line !== agreed[index]?.line);
  const [line, isNew] = at < 0 ? [agreed[now.length], false] : [now[at], true];
  return line && { side: line.sign === '-' ? 'a' : 'b', line: line.line, number: line.number, isNew };
}

function readOld({ objects }: Workplace, oid: string): Promise<string | undefined> {
  return readTextOf((old) => readStored(objects, old), oid as Oid);
}

/** The clean merge; undefined if there are conflicts. */
async function mergeTexts(
  { repository }: Workplace,
  { a, b }: Verdict['pair'],
  texts: { readonly [Of in 'ours' | 'base' | 'theirs']: string },
): Promise<string | undefined> {
  const bytes = (text: string) => Buffer.from(text, 'latin1');
  const versions = { ours: bytes(texts.ours), base: bytes(texts.base), theirs: bytes(texts.theirs) };
  const names = { ours: textOf(a as RepoPath), base: 'agreed', theirs: textOf(b as RepoPath) };
  const merged = await mergeFile(repository.git, versions, names);
  return merged?.clean ? merged.content.toString('latin1') : undefined;
}
