// The audit: for each commit of a history, the pairs that it brought out of step, back, or kept in step.

import { type Commit, readHistory, type Walk } from '../git/history.js';
import type { ObjectReader } from '../git/objects.js';
import { emptyTree, type Oid } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';
import { readShallow } from '../git/range.js';
import type { Repository } from '../git/repository.js';
import { judge } from '../judge/judge-pairs.js';
import { holdsAlike } from '../judge/staged.js';
import type { Judgement } from '../judge/types.js';
import { Fault } from '../messages/fault.js';
import type { FilePair, PairIndex } from '../rules/types.js';
import { isLive } from '../snapshot/instances.js';
import { readTouchedPairs } from '../snapshot/select.js';
import { TreeSnapshot } from '../snapshot/tree.js';
import type { Snapshot } from '../snapshot/types.js';
import { type AuditEvent, auditChange } from './audit-change.js';

/** A pair that could not be judged at a commit, and why. */
interface Unjudged {
  readonly pair: FilePair | undefined;
  readonly why: string;
}

export interface AuditedCommit {
  readonly commit: Commit;
  readonly events: readonly AuditEvent[];
  /** How many pairs the commit touches, whatever came of them. */
  readonly touched: number;
  /** Pairs with a side outside the repository, or in a submodule. */
  readonly unchecked: number;
  readonly unjudged: readonly Unjudged[];
  /** The history is cut here: what the commit changed is not known. */
  readonly cut: boolean;
}

interface Place {
  readonly repository: Repository;
  readonly objects: ObjectReader;
}

/** Every commit of the walk, each judged by itself, so that any part of a history can be audited on its own. */
export async function* audit(place: Place, index: PairIndex, walk: Walk): AsyncGenerator<AuditedCommit> {
  const shallow = readShallow(place.repository);
  for await (const commit of readHistory(place.repository.git, walk)) {
    const cut = shallow.has(commit.oid);
    const touched = new Set(cut ? [] : commit.changes.map(({ path }) => path).filter((path) => concerns(index, path)));
    const outcome = touched.size > 0 ? await auditCommit(place, index, commit, touched, walk) : NOTHING;
    yield { commit, ...outcome, cut };
  }
}

type Outcome = Omit<AuditedCommit, 'commit' | 'cut'>;

const NOTHING: Outcome = { events: [], touched: 0, unchecked: 0, unjudged: [] };

function concerns(index: PairIndex, path: RepoPath): boolean {
  return index.lookUp(path).length > 0 || index.below(path).length > 0;
}

async function auditCommit(
  place: Place,
  index: PairIndex,
  commit: Commit,
  touched: ReadonlySet<RepoPath>,
  walk: Walk,
): Promise<Outcome> {
  const [first, ...merged] = await Promise.all(commit.parents.map((parent) => readTree(place.objects, parent)));
  const result = new TreeSnapshot(place.objects, commit.tree);
  const base = new TreeSnapshot(place.objects, first ?? emptyTree(place.repository.format));
  const pairs = await readTouchedPairs(index, { result, base }, touched);
  const [before, after] = [await judgeEach(index, base, pairs), await judgeEach(index, result, pairs)];
  // Along first parents a merge is one commit like any other; what it brings has no commit of its own there.
  const others = walk.firstParent ? [] : merged.map((tree) => new TreeSnapshot(place.objects, tree));
  const events: AuditEvent[] = [];
  for (const pair of pairs) {
    if (before.unjudged.has(pair) || after.unjudged.has(pair)) continue;
    const was = (await wasLive(index, base, pair)) ? before.judgements.get(pair) : undefined;
    const event = auditChange({ pair, before: was, after: after.judgements.get(pair) }, touched);
    if (event && !(await isInherited(event, after.judgements.get(pair), others))) events.push(event);
  }
  return {
    events,
    touched: pairs.length,
    unchecked: [...after.judgements.values()].filter(({ status }) => status === 'UNCHECKED').length,
    unjudged: [...new Map([...before.unjudged, ...after.unjudged])].map(([pair, why]) => ({ pair, why })),
  };
}

async function readTree(objects: ObjectReader, commit: Oid): Promise<Oid> {
  const tree = await objects.info(`${commit}^{tree}`);
  if (tree) return tree.oid;
  throw new Fault('git', `The commit ${commit} is not here.`, 'see what is missing: git fsck');
}

interface Verdicts {
  readonly judgements: ReadonlyMap<FilePair, Judgement>;
  readonly unjudged: ReadonlyMap<FilePair, string>;
}

/** What the manifest cannot mean at an old commit (a file where it pairs directories) is that pair's trouble alone. */
async function judgeEach(index: PairIndex, snapshot: Snapshot, pairs: readonly FilePair[]): Promise<Verdicts> {
  const judgements = new Map<FilePair, Judgement>();
  const unjudged = new Map<FilePair, string>();
  const verdicts = pairs.map(async (pair) => {
    try {
      for (const judgement of await judge(index, { result: snapshot }, [pair])) judgements.set(pair, judgement);
    } catch (error) {
      if (!Fault.is(error) || (error.kind !== 'manifest' && error.kind !== 'disk')) throw error;
      unjudged.set(pair, error.message);
    }
  });
  await Promise.all(verdicts);
  return { judgements, unjudged };
}

/** A name that did not stand on both sides paired nothing yet. */
async function wasLive(index: PairIndex, base: Snapshot, pair: FilePair): Promise<boolean> {
  const path = pair.a ?? pair.b;
  if (pair.rule.shape !== 'named' || path === null) return true;
  const membership = index.lookUp(path).find(({ rule }) => rule === pair.rule);
  return membership === undefined || isLive(base, pair.rule, membership.binding);
}

/** A merge answers for a pair only where its two sides are unlike what each parent has. */
async function isInherited(
  { judgement, pair }: AuditEvent,
  after: Judgement | undefined,
  others: readonly Snapshot[],
): Promise<boolean> {
  const now: Judgement = after ?? { ...judgement, pair, a: { kind: 'absent' }, b: { kind: 'absent' } };
  for (const parent of others) if (await holdsAlike(parent, now)) return true;
  return false;
}
