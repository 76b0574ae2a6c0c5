// What the pre-receive hook does: for each ref that is moved, the pairs that the push touches, by the manifest that it
// brings and by the one that it replaces.

import type { Readable } from 'node:stream';
import { layOutPushed, type PushedTip, type Pusher } from '../src/format/push.js';
import { layOutUnchecked } from '../src/format/unchecked.js';
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
import { check } from '../src/judge/judge-pairs.js';
import { holdsAlike, judgeNewRules, MANIFEST, withoutRepeats } from '../src/judge/staged.js';
import { type CommitFinding, isFinding, type Judgement } from '../src/judge/types.js';
import { Fault } from '../src/messages/fault.js';
import { PUSH_BLOCKED, sayAtRef } from '../src/messages/push.js';
import type { FilePair, PairIndex } from '../src/rules/types.js';
import type { Snapshot } from '../src/snapshot/types.js';
import { readCommitBehind, readLines } from './push.js';
import { withinLimit } from './time-limit.js';

export interface ReceiveInput {
  readonly cwd: string;
  /** git's lines. */
  readonly input: Readable;
  readonly say: (lines: readonly string[]) => void;
}

/** Nobody knows here how the pusher starts dos-sync, nor where they stand. */
const SOMEBODY: Pusher = { program: 'git dos-sync', directory: '', head: undefined };

/**
 * 0 takes the push, 1 refuses it. Reads objects and refs, the quarantined ones too, and writes nothing.
 * @throws Fault (exit code 2, which refuses too) if it could not check, or not in time.
 */
export async function gateReceive(input: ReceiveInput): Promise<0 | 1> {
  const refs = parseReceivedRefs(await readLines(input.input));
  const store = await openStore(input.cwd);
  return withinLimit(await readSeconds(store.git, 'receiveTimeLimit'), async () => {
    const objects = new ObjectReader(store.git);
    try {
      return await judgeRefs(input, new ReceiveGate(store, objects), refs);
    } finally {
      await objects.close();
    }
  });
}

async function judgeRefs(input: ReceiveInput, gate: ReceiveGate, refs: readonly ReceivedRef[]): Promise<0 | 1> {
  const refused: PushedTip[] = [];
  const judgements: Judgement[] = [];
  for (const ref of refs) {
    const judged = await gate.judge(ref);
    judgements.push(...(judged?.judgements ?? []));
    if (judged && judged.tip.findings.length > 0) refused.push(judged.tip);
  }
  input.say(layOutUnchecked(judgements));
  if (refused.length === 0) return 0;
  input.say([PUSH_BLOCKED, ...refused.flatMap((tip) => layOutPushed(tip, SOMEBODY))]);
  return 1;
}

/** A ref on its way: where it goes, what that is held against, and whose manifest ruled before. */
interface Move {
  readonly name: string;
  readonly tip: Oid;
  readonly base: Oid | undefined;
  readonly ruledBy: Oid | undefined;
}

interface Judged {
  readonly tip: PushedTip;
  readonly judgements: readonly Judgement[];
}

class ReceiveGate {
  readonly #store: Store;
  readonly #objects: ObjectReader;
  readonly #checker: CommitChecker;

  constructor(store: Store, objects: ObjectReader) {
    this.#store = store;
    this.#objects = objects;
    this.#checker = new CommitChecker(store, objects);
  }

  /** Undefined if the ref brings nothing that could be judged. @throws Fault that names the ref. */
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
    // A tag can name a blob or a tree, which no commit of pairs stands behind.
    if (tip === undefined) return undefined;
    const old = isZero(oldOid) ? undefined : await readCommitBehind(this.#objects, oldOid, name);
    if (old !== undefined) return { name, tip, base: old, ruledBy: old };
    const { git } = this.#store;
    const isBranch = name.startsWith('refs/heads/');
    if (!isBranch && (await readUnknownCommits(git, tip)).length === 0) return undefined;
    // Not what is new to the repository: of a push that passed, an earlier commit may have been out of sync, and a branch
    // set up there must not be the way around the gate.
    const main = await readCommitId(git, 'HEAD');
    const base = main === undefined ? undefined : await readMergeBase(git, main, tip);
    return { name, tip, base, ruledBy: main };
  }

  async #judgeMove(move: Move): Promise<Judged | undefined> {
    const { name, tip } = move;
    if (move.base === tip) return undefined;
    const result = await this.#checker.snapshot(tip);
    const base = move.base === undefined ? undefined : await this.#checker.snapshot(move.base);
    const ruledBy = move.ruledBy === undefined ? undefined : await this.#checker.snapshot(move.ruledBy);
    const index = await this.#checker.readIndex(result);
    const before = ruledBy && (await this.#readOldIndex(ruledBy));
    if (!index && !before) return undefined;
    const wants = (path: RepoPath) => [index, before].some((each) => each !== undefined && concerns(each, path));
    const touched = await readChangedPaths(this.#store, move.base, tip, wants);
    const judged = index ? await check(index, { result, base, touched }) : [];
    const newRules = index && touched.has(MANIFEST);
    const ruled = newRules ? await judgeNewRules(index, { result, base: ruledBy }, this.#objects) : [];
    const judgements = withoutRepeats([...judged, ...ruled]);
    const own = await this.#withoutStanding(move, result, judgements.filter(isFinding));
    const taken = before ? (await check(before, { result, base, touched })).filter(isFinding) : [];
    const findings: readonly CommitFinding[] = [
      ...own.map((judgement) => ({ judgement, changed: changedSides(judgement, touched) })),
      ...taken
        .filter(({ pair }) => !index || !declares(index, pair))
        .map((judgement) => ({ judgement, changed: changedSides(judgement, touched), onlyBefore: true })),
    ];
    const fixDirection = (index ?? before)?.fixDirection ?? 'live_to_submodule';
    const refs = [{ localName: name, remoteName: name }];
    return { tip: { tip, refs, at: tip, each: false, root: false, findings, fixDirection }, judgements };
  }

  /** One that cannot be read ruled nothing. */
  async #readOldIndex(snapshot: Snapshot): Promise<PairIndex | undefined> {
    try {
      return await this.#checker.readIndex(snapshot);
    } catch (error) {
      if (Fault.is(error) && error.kind === 'manifest') return undefined;
      throw error;
    }
  }

  /**
   * The findings without those that a branch here, now merged, has at its tip just as they are and under the very manifest:
   * drift that stands is not this push's. The manifest has to be the same, since a branch may have taken the pair out.
   */
  async #withoutStanding(
    { name, tip }: Move,
    result: Snapshot,
    findings: readonly Judgement[],
  ): Promise<readonly Judgement[]> {
    if (findings.length === 0) return findings;
    const rules = await result.readEntry(MANIFEST);
    const standing = new Set<Judgement>();
    for (const branch of await readMergedBranches(this.#store.git, tip, name)) {
      const there = await this.#checker.snapshot(branch);
      const rulesThere = await there.readEntry(MANIFEST);
      if (rules.kind !== 'file' || rulesThere.kind !== 'file' || rules.oid !== rulesThere.oid) continue;
      for (const finding of findings) if (await holdsAlike(there, finding)) standing.add(finding);
    }
    return findings.filter((finding) => !standing.has(finding));
  }
}

/** True if the index pairs the same two paths, under whatever rule. */
function declares(index: PairIndex, { a, b }: FilePair): boolean {
  const ends = [a, b].filter((path) => path !== null);
  return ends.some((path) =>
    index.lookUp(path).some((membership) => {
      // A fan-out's source does not say which copy is meant; the copy does.
      if (membership.rule.shape === 'fanout' && membership.side === 'a') return false;
      const pair = index.pairOf(membership);
      return pair?.a === a && pair?.b === b;
    }),
  );
}
