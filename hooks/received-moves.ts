// What a received push asks to judge: its refs by their old and new commits, each combination once.

import type { ObjectReader } from '../src/git/objects.js';
import { isZero, type Oid } from '../src/git/oid.js';
import { type ReceivedRef, readMergeBases, readUnknown } from '../src/git/pushes.js';
import { readCommitId, type Store } from '../src/git/repository.js';
import { readCommitsBehind } from './pushed-ranges.js';

/** A new commit, what it is compared with, and the commit with the old manifest. */
export interface Move {
  /** The refs that ask for it, in the push's order. */
  readonly names: string[];
  readonly tip: Oid;
  readonly base: Oid | undefined;
  readonly ruledBy: Oid | undefined;
}

/** A ref whose new value is a commit; `old` is absent for a new ref. */
interface Moved {
  readonly name: string;
  readonly tip: Oid;
  readonly old: Oid | undefined;
}

/** @throws Fault that names the ref if an object is missing. */
export async function readMoves(store: Store, objects: ObjectReader, refs: readonly ReceivedRef[]): Promise<Move[]> {
  const moved = await readMoved(objects, refs);
  const isNew = ({ old }: Moved) => old === undefined;
  const created = moved.filter(isNew);
  const main = created.length === 0 ? undefined : await readCommitId(store.git, 'HEAD');
  const [bases, unknown] = [
    await readBases(store, main, created),
    await readUnknown(store.git, tipsOf(created, isTag)),
  ];
  const moves = new Map<string, Move>();
  for (const each of moved) {
    const { name, tip, old } = each;
    // A tag of a known commit brings nothing. A branch of one does: an earlier commit of an
    // accepted push may have been out of sync, and a branch from it must not bypass the gate.
    if (isNew(each) && isTag(each) && !unknown.has(tip)) continue;
    const [base, ruledBy] = isNew(each) ? [bases.get(tip), main] : [old, old];
    if (base === tip) continue;
    const key = `${tip} ${base} ${ruledBy}`;
    const known = moves.get(key);
    if (known) known.names.push(name);
    else moves.set(key, { names: [name], tip, base, ruledBy });
  }
  return [...moves.values()];
}

function isTag({ name }: Moved): boolean {
  return !name.startsWith('refs/heads/');
}

function tipsOf(moved: readonly Moved[], wanted: (each: Moved) => boolean = () => true): readonly Oid[] {
  return [...new Set(moved.filter(wanted).map(({ tip }) => tip))];
}

async function readBases(
  { git }: Store,
  main: Oid | undefined,
  created: readonly Moved[],
): Promise<ReadonlyMap<Oid, Oid | undefined>> {
  return main === undefined ? new Map() : readMergeBases(git, main, tipsOf(created));
}

/** Without deletions, and without tags of a blob or a tree, which have no commit. */
async function readMoved(objects: ObjectReader, refs: readonly ReceivedRef[]): Promise<readonly Moved[]> {
  const kept = refs.filter(({ newOid }) => !isZero(newOid));
  const oids = kept.flatMap(({ oldOid, newOid }) => [newOid, ...(isZero(oldOid) ? [] : [oldOid])]);
  const commitOf = await readCommitsBehind(objects, oids);
  return kept.flatMap(({ name, oldOid, newOid }) => {
    const [tip, old] = [commitOf(newOid, name), isZero(oldOid) ? undefined : commitOf(oldOid, name)];
    return tip === undefined ? [] : [{ name, tip, old }];
  });
}
