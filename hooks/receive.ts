// The pre-receive check: for each moved ref, the pairs that the push touches, by the new manifest
// and the old one.

import type { Readable } from 'node:stream';
import { formatTips, type PushedTip, type Pusher } from '../src/format/push.js';
import { formatUnchecked, isUnchecked } from '../src/format/unchecked.js';
import { readSeconds } from '../src/git/config.js';
import { ObjectReader } from '../src/git/objects.js';
import type { RepoPath } from '../src/git/path.js';
import { parseReceivedRefs, readMergedBranches } from '../src/git/pushes.js';
import { openStore, type Store } from '../src/git/repository.js';
import { CommitChecker, changedSides, concerns } from '../src/judge/commits.js';
import { heldBy } from '../src/judge/inheritance.js';
import { judgeChange } from '../src/judge/judge-change.js';
import { POLICIES } from '../src/judge/policies.js';
import { type CommitDrift, isOutOfSync, type Verdict } from '../src/judge/types.js';
import { Fault } from '../src/messages/fault.js';
import { PUSH_BLOCKED, sayAtRefs, sayRefs } from '../src/messages/push.js';
import { missingHere } from '../src/messages/trees.js';
import type { Snapshot } from '../src/snapshot/types.js';
import { readLines } from './push.js';
import { closeBoth } from './pushed-ranges.js';
import { type Move, readMoves } from './received-moves.js';
import { WorkDone, withinLimit } from './time-limit.js';

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
export async function checkReceived({ cwd, input, say }: ReceiveInput): Promise<0 | 1> {
  const refs = parseReceivedRefs(await readLines(input));
  const store = await openStore(cwd);
  const progress = new WorkDone();
  const received = new Received();
  try {
    return await withinLimit(await readSeconds(store.git, 'receiveTimeLimit'), progress, async () => {
      const objects = new ObjectReader(store.git);
      const checker = new CommitChecker(store, objects);
      try {
        const moves = await readMoves(store, objects, refs);
        return await received.judge(new ReceiveChecker(store, checker), moves, progress);
      } finally {
        await closeBoth(checker, objects);
      }
    });
  } finally {
    // Also before the limit's message: what was found until then is true.
    say(received.say());
  }
}

/** Judges the moves in turn, and keeps what has to be said. */
class Received {
  readonly #refused: PushedTip[] = [];
  readonly #unchecked: Verdict[] = [];

  async judge(checker: ReceiveChecker, moves: readonly Move[], progress: WorkDone): Promise<0 | 1> {
    for (const [at, move] of moves.entries()) {
      progress.set(at, moves.length, sayRefs(move.names));
      const judged = await checker.judge(move);
      if (!judged) continue;
      for (const verdict of judged.verdicts) if (isUnchecked(verdict)) this.#unchecked.push(verdict);
      // safeguard received-drift (T17, R9): a server refuses drift (e2e/pre-receive: drift is)
      if (judged.tip.drifts.length > 0) this.#refused.push(judged.tip);
    }
    return this.#refused.length === 0 ? 0 : 1;
  }

  /** What was found so far. */
  say(): readonly string[] {
    const refused = this.#refused.length === 0 ? [] : [PUSH_BLOCKED, ...formatTips(this.#refused, SOMEBODY)];
    return [...formatUnchecked(this.#unchecked), ...refused];
  }
}

interface Judged {
  readonly tip: PushedTip;
  readonly verdicts: readonly Verdict[];
}

class ReceiveChecker {
  readonly #store: Store;
  readonly #checker: CommitChecker;

  constructor(store: Store, checker: CommitChecker) {
    this.#store = store;
    this.#checker = checker;
  }

  /** Undefined if there is nothing to judge. @throws Fault that names the refs. */
  async judge(move: Move): Promise<Judged | undefined> {
    try {
      return await this.#judge(move);
    } catch (error) {
      if (!Fault.is(error) || error.kind === 'bug') throw error;
      throw new Fault(error.kind, sayAtRefs(move.names, error.message), error.hint, { cause: error });
    }
  }

  async #judge(move: Move): Promise<Judged | undefined> {
    const { names, tip } = move;
    const after = await this.#checker.snapshot(tip);
    const before = move.base === undefined ? undefined : await this.#checker.snapshot(move.base);
    const ruledBy = move.ruledBy === undefined ? undefined : await this.#checker.snapshot(move.ruledBy);
    const rules = await this.#checker.rules.read(after);
    const oldRules = await this.#checker.rules.readOld(ruledBy);
    if (!rules && !oldRules) return undefined;
    const wants = (path: RepoPath) => [rules, oldRules].some((each) => each !== undefined && concerns(each, path));
    const touched = await this.#checker.readChanged(move.base, tip, wants);
    const isInherited = heldBy(POLICIES.receive, after, () => this.#readBranches(move));
    const judged = { change: { after, before }, touched, rules, oldRules, isInherited };
    const { verdicts, loosened } = await judgeChange(judged, POLICIES.receive);
    for (const { unread } of verdicts) if (unread?.kind === 'blob') throw missingHere(`The content ${unread.oid}`);
    const driftOf = (verdict: Verdict) => ({ verdict, changed: changedSides(verdict, touched) });
    const drifts: readonly CommitDrift[] = [
      ...verdicts.filter(isOutOfSync).map(driftOf),
      // safeguard old-manifest (T17): the old manifest counts too (e2e/pre-receive: removing a)
      ...loosened.filter(isOutOfSync).map((verdict) => ({ ...driftOf(verdict), onlyBefore: true })),
    ];
    const refs = names.map((name) => ({ localName: name, remoteName: name }));
    return { tip: { tip, refs, at: tip, each: false, root: false, drifts }, verdicts };
  }

  /** The branches that this push merges: their drift is inherited. */
  async #readBranches({ names, tip }: Move): Promise<readonly Snapshot[]> {
    const branches = await readMergedBranches(this.#store.git, tip, names);
    return Promise.all(branches.map((branch) => this.#checker.snapshot(branch)));
  }
}
