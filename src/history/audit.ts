// The audit: the pairs that each commit of a history broke, restored, or kept in sync.

import { type Commit, type HistoryWalk, readHistory } from '../git/history.js';
import type { ObjectReader } from '../git/objects.js';
import { emptyTree, type Oid } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';
import { readShallow } from '../git/range.js';
import type { Repository } from '../git/repository.js';
import { heldBy, type Inheritance } from '../judge/inheritance.js';
import { judgeEach } from '../judge/judge-pairs.js';
import { POLICIES } from '../judge/policies.js';
import type { Verdict } from '../judge/types.js';
import { missingHere } from '../messages/trees.js';
import { touchesRules } from '../rules/identity.js';
import type { FilePair, Rules } from '../rules/types.js';
import { isLive } from '../snapshot/instances.js';
import { readTouchedPairs } from '../snapshot/touched-pairs.js';
import { TreeSnapshot } from '../snapshot/tree.js';
import type { Snapshot } from '../snapshot/types.js';
import { type AuditEvent, auditChange } from './audit-change.js';
import { NewTrees } from './new-trees.js';

/** A pair that could not be judged at a commit, and why. */
interface Unjudged {
  readonly pair: FilePair | undefined;
  readonly why: string;
}

export interface AuditedCommit {
  readonly commit: Commit;
  readonly events: readonly AuditEvent[];
  /** The number of pairs that the commit touches, whatever the result. */
  readonly touched: number;
  /** Pairs with a side outside the repository or in a submodule. */
  readonly unchecked: number;
  readonly unjudged: readonly Unjudged[];
  /** The history is cut here, so the commit's changes are unknown. */
  readonly cut: boolean;
}

interface Place {
  readonly repository: Repository;
  readonly objects: ObjectReader;
}

/** Judges every commit of the walk on its own, so that any part of a history can be audited. */
export async function* audit(place: Place, rules: Rules, walk: HistoryWalk): AsyncGenerator<AuditedCommit> {
  const shallow = readShallow(place.repository);
  for await (const commit of readHistory(place.repository.git, walk)) {
    const cut = shallow.has(commit.oid);
    const touched = new Set(
      cut ? [] : commit.changes.map(({ path }) => path).filter((path) => touchesRules(rules, path)),
    );
    const outcome = touched.size > 0 ? await auditCommit(place, rules, commit, touched, walk) : NOTHING;
    yield { commit, ...outcome, cut };
  }
}

type CommitOutcome = Omit<AuditedCommit, 'commit' | 'cut'>;

const NOTHING: CommitOutcome = { events: [], touched: 0, unchecked: 0, unjudged: [] };

async function auditCommit(
  place: Place,
  rules: Rules,
  commit: Commit,
  touched: ReadonlySet<RepoPath>,
  walk: HistoryWalk,
): Promise<CommitOutcome> {
  const [first, ...merged] = await Promise.all(commit.parents.map((parent) => readTree(place.objects, parent)));
  const after = new TreeSnapshot(place.objects, commit.tree);
  const before = new TreeSnapshot(place.objects, first ?? emptyTree(place.repository.format));
  const added = new NewTrees(rules, before, after);
  const pairs = await readTouchedPairs(rules, { after, before }, touched, (membership) => added.hold(membership));
  const [judgedBefore, judgedAfter] = [
    await judgeEach(rules, { after: before }, pairs),
    await judgeEach(rules, { after }, pairs),
  ];
  // Along first parents a merge counts as one commit; the merged commits are not visited.
  const others = walk.firstParent ? [] : merged.map((tree) => new TreeSnapshot(place.objects, tree));
  const isHeld = heldBy(POLICIES.audit, after, () => Promise.resolve(others));
  const events: AuditEvent[] = [];
  for (const pair of pairs) {
    if (judgedBefore.unjudged.has(pair) || judgedAfter.unjudged.has(pair)) continue;
    const was = (await wasLive(rules, before, pair)) ? judgedBefore.verdicts.get(pair) : undefined;
    const event = auditChange({ pair, before: was, after: judgedAfter.verdicts.get(pair) }, touched);
    if (event && !(await isInherited(event, judgedAfter.verdicts.get(pair), isHeld))) events.push(event);
  }
  return {
    events,
    touched: pairs.length + added.pairs,
    unchecked: [...judgedAfter.verdicts.values()].filter(({ status }) => status === 'UNCHECKED').length,
    unjudged: [...new Map([...judgedBefore.unjudged, ...judgedAfter.unjudged])].map(([pair, why]) => ({ pair, why })),
  };
}

async function readTree(objects: ObjectReader, commit: Oid): Promise<Oid> {
  const tree = await objects.info(`${commit}^{tree}`);
  if (tree) return tree.oid;
  throw missingHere(`The commit ${commit}`);
}

/** A name that was not on both sides was not a pair yet. */
async function wasLive(rules: Rules, before: Snapshot, pair: FilePair): Promise<boolean> {
  const path = pair.a ?? pair.b;
  if (pair.rule.shape !== 'named' || path === null) return true;
  const membership = rules.lookUp(path).find(({ rule }) => rule === pair.rule);
  return membership === undefined || isLive(before, pair.rule, membership.binding);
}

/** A merge is responsible for a pair only if its two sides differ from those of every parent. */
function isInherited({ verdict, pair }: AuditEvent, after: Verdict | undefined, isHeld: Inheritance): Promise<boolean> {
  return isHeld(after ?? { ...verdict, pair, a: { kind: 'absent' }, b: { kind: 'absent' } }, false);
}
