// The pre-receive check: for each moved ref, the pairs that the push touches, by the new manifest
// and the old one.

import type { Readable } from 'node:stream';
import { formatPushed, type PushedTip, type Pusher } from '../src/format/push.js';
import { formatUnchecked } from '../src/format/unchecked.js';
import { readMergeBase } from '../src/git/changes.js';
import { readSeconds } from '../src/git/config.js';
import { ObjectReader } from '../src/git/objects.js';
import { isZero, type Oid } from '../src/git/oid.js';
import type { RepoPath } from '../src/git/path.js';
import {
  parseReceivedRefs,
  type ReceivedRef,
  readChangedPaths,
  readMergedBranches,
  readUnknownCommits,
} from '../src/git/pushes.js';
import { openStore, readCommitId, type Store } from '../src/git/repository.js';
import { CommitChecker, changedSides, concerns } from '../src/judge/commits.js';
import { heldBy } from '../src/judge/inheritance.js';
import { judgeChange } from '../src/judge/judge-change.js';
import { POLICIES } from '../src/judge/policies.js';
import { type CommitDrift, isOutOfSync, type Verdict } from '../src/judge/types.js';
import { Fault } from '../src/messages/fault.js';
import { PUSH_BLOCKED, sayAtRef } from '../src/messages/push.js';
import { missingHere } from '../src/messages/trees.js';
import type { Snapshot } from '../src/snapshot/types.js';
import { readCommitBehind, readLines } from './push.js';
import { withinLimit } from './time-limit.js';

export interface ReceiveInput {
  readonly cwd: string;
  /** git's lines. */
  readonly input: Readable;
  readonly say: (lines: readonly string[]) => void;
}

/** The server knows neither how the pusher starts dos-sync nor their directory. */
const SOMEBODY: Pusher = { program: 'git dos-sync', directory: '', head: undefined };

/**
 * 0 accepts the push, 1 rejects it. Reads objects and refs, also quarantined ones; writes nothing.
 * @throws Fault (exit code 2, which rejects too) if it could not check, or not in time.
 */
export async function checkReceived(input: ReceiveInput): Promise<0 | 1> {
  const refs = parseReceivedRefs(await readLines(input.input));
  const store = await openStore(input.cwd);
  return withinLimit(await readSeconds(store.git, 'receiveTimeLimit'), async () => {
    const objects = new ObjectReader(store.git);
    try {
      return await judgeRefs(input, new ReceiveChecker(store, objects), refs);
    } finally {
      await objects.close();
    }
  });
}

async function judgeRefs(input: ReceiveInput, checker: ReceiveChecker, refs: readonly ReceivedRef[]): Promise<0 | 1> {
  const refused: PushedTip[] = [];
  const verdicts: Verdict[] = [];
  for (const ref of refs) {
    const judged = await checker.judge(ref);
    verdicts.push(...(judged?.verdicts ?? []));
    if (judged && judged.tip.drifts.length > 0) refused.push(judged.tip);
  }
  input.say(formatUnchecked(verdicts));
  if (refused.length === 0) return 0;
  input.say([PUSH_BLOCKED, ...refused.flatMap((tip) => formatPushed(tip, SOMEBODY))]);
  return 1;
}

/** A pushed ref: its new commit, the old one, and the commit with the old manifest. */
interface Move {
  readonly name: string;
  readonly tip: Oid;
  readonly base: Oid | undefined;
  readonly ruledBy: Oid | undefined;
}

interface Judged {
  readonly tip: PushedTip;
  readonly verdicts: readonly Verdict[];
}

class ReceiveChecker {
  readonly #store: Store;
  readonly #objects: ObjectReader;
  readonly #checker: CommitChecker;

  constructor(store: Store, objects: ObjectReader) {
    this.#store = store;
    this.#objects = objects;
    this.#checker = new CommitChecker(store, objects);
  }

  /** Undefined if the ref has nothing to judge. @throws Fault that names the ref. */
  async judge(ref: ReceivedRef): Promise<Judged | undefined> {
    try {
      const move = await this.#readMove(ref);
      return move && (await this.#judgeMove(move));
    } catch (error) {
      if (!Fault.is(error) || error.kind === 'bug') throw error;
      throw new Fault(error.kind, sayAtRef(ref.name, error.message), error.hint, { cause: error });
    }
  }

  async #readMove({ name, oldOid, newOid }: ReceivedRef): Promise<Move | undefined> {
    if (isZero(newOid)) return undefined;
    const tip = await readCommitBehind(this.#objects, newOid, name);
    // A tag of a blob or a tree has no commit.
    if (tip === undefined) return undefined;
    const old = isZero(oldOid) ? undefined : await readCommitBehind(this.#objects, oldOid, name);
    if (old !== undefined) return { name, tip, base: old, ruledBy: old };
    const { git } = this.#store;
    const isBranch = name.startsWith('refs/heads/');
    if (!isBranch && (await readUnknownCommits(git, tip)).length === 0) return undefined;
    // Not only what is new to the repository: an earlier commit of an accepted push may have been
    // out of sync, and a branch created from it must not bypass the gate.
    const main = await readCommitId(git, 'HEAD');
    const base = main === undefined ? undefined : await readMergeBase(git, main, tip);
    return { name, tip, base, ruledBy: main };
  }

  async #judgeMove(move: Move): Promise<Judged | undefined> {
    const { name, tip } = move;
    if (move.base === tip) return undefined;
    const after = await this.#checker.snapshot(tip);
    const before = move.base === undefined ? undefined : await this.#checker.snapshot(move.base);
    const ruledBy = move.ruledBy === undefined ? undefined : await this.#checker.snapshot(move.ruledBy);
    const rules = await this.#checker.rules.read(after);
    const oldRules = await this.#checker.rules.readOld(ruledBy);
    if (!rules && !oldRules) return undefined;
    const wants = (path: RepoPath) => [rules, oldRules].some((each) => each !== undefined && concerns(each, path));
    const touched = await readChangedPaths(this.#store, move.base, tip, wants);
    const isInherited = heldBy(POLICIES.receive, after, () => this.#readBranches(move));
    const judged = { change: { after, before }, touched, rules, oldRules, isInherited };
    const { verdicts, loosened } = await judgeChange(judged, POLICIES.receive);
    for (const { unread } of verdicts) if (unread?.kind === 'blob') throw missingHere(`The content ${unread.oid}`);
    const driftOf = (verdict: Verdict) => ({ verdict, changed: changedSides(verdict, touched) });
    const drifts: readonly CommitDrift[] = [
      ...verdicts.filter(isOutOfSync).map(driftOf),
      ...loosened.filter(isOutOfSync).map((verdict) => ({ ...driftOf(verdict), onlyBefore: true })),
    ];
    const refs = [{ localName: name, remoteName: name }];
    return { tip: { tip, refs, at: tip, each: false, root: false, drifts }, verdicts };
  }

  /** The branches that this push merges: their drift is inherited. */
  async #readBranches({ name, tip }: Move): Promise<readonly Snapshot[]> {
    const branches = await readMergedBranches(this.#store.git, tip, name);
    return Promise.all(branches.map((branch) => this.#checker.snapshot(branch)));
  }
}
