// The commits of a push, each one read once, however many refs name it.

import { mapInBatches } from '../src/git/batches.js';
import { groupBy } from '../src/git/group-by.js';
import type { ObjectReader } from '../src/git/objects.js';
import { isZero, type Oid } from '../src/git/oid.js';
import { firstParentBefore, type PushedRef, readAncestries, readForks, readNewCommits } from '../src/git/pushes.js';
import type { Store } from '../src/git/repository.js';
import { Walked } from '../src/git/walks.js';
import type { CommitChecker, CommitRange } from '../src/judge/commits.js';
import type { PushBasis } from '../src/messages/push.js';
import { missingHere } from '../src/messages/trees.js';

/** The commit of each id, or of the tag with that id; undefined for other objects. */
export type CommitsBehind = (oid: Oid, name: string) => Oid | undefined;

/** The result throws a Fault that names the ref if the object is missing. */
export async function readCommitsBehind(objects: ObjectReader, oids: Iterable<Oid>): Promise<CommitsBehind> {
  const distinct = [...new Set(oids)];
  const found = await mapInBatches(distinct, async (oid) => [oid, await objects.info(`${oid}^{}`)] as const);
  const behind = new Map(found);
  return (oid, name) => {
    const object = behind.get(oid);
    if (!object) throw missingHere(`The object ${oid} of ${name}`);
    return object.type === 'commit' ? object.oid : undefined;
  };
}

/** Each commit once, with its refs. A tag of a blob or a tree has no commit. */
export async function readTips(
  objects: ObjectReader,
  refs: readonly PushedRef[],
): Promise<ReadonlyMap<Oid, readonly PushedRef[]>> {
  const kept = refs.filter(({ localOid }) => !isZero(localOid));
  const behind = await readCommitsBehind(
    objects,
    kept.map(({ localOid }) => localOid),
  );
  const tips = groupBy(kept, ({ localOid, localName }) => behind(localOid, localName));
  return new Map([...tips].flatMap(([tip, each]) => (tip === undefined ? [] : [[tip, each]])));
}

/** The commits of a tip that the remote lacks, as far as we know. */
interface Pushed {
  readonly range: CommitRange;
  readonly basis: PushBasis;
}

/** Asks git about all tips together. */
export async function rangesOf(
  { git }: Store,
  tips: readonly Oid[],
  known: readonly Oid[],
): Promise<(tip: Oid) => Pushed> {
  if (known.length > 0) {
    const walked = new Walked(await readNewCommits(git, tips, known));
    return (tip) => {
      const commits = walked.of(tip);
      return { range: { tip, base: firstParentBefore(commits, tip), commits }, basis: 'remote' };
    };
  }
  const forks = await readForks(git, tips);
  const own = await readAncestries(
    git,
    tips.filter((tip) => !forks.has(tip)),
  );
  return (tip) => {
    const fork = forks.get(tip);
    if (fork !== undefined) {
      return { range: { tip, base: fork, commits: [{ oid: tip, parents: [fork] }] }, basis: 'default-branch' };
    }
    const commit = own.get(tip) ?? { oid: tip, parents: [] };
    return { range: { tip, base: commit.parents[0], commits: [commit] }, basis: 'tip-alone' };
  };
}

/** One range for each commit, oldest first. */
export function singleCommits({ commits }: CommitRange): readonly CommitRange[] {
  return [...commits].reverse().map((commit) => ({ tip: commit.oid, base: commit.parents[0], commits: [commit] }));
}

/** Ends both gits. @throws Fault `git` if one of them failed. */
export async function closeBoth(checker: CommitChecker, objects: ObjectReader): Promise<void> {
  try {
    await checker.close();
  } finally {
    await objects.close();
  }
}
