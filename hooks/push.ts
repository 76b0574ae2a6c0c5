// The pre-push check: for each pushed tip, the pairs that its new commits touch, judged in the
// tip's tree.

import type { Readable } from 'node:stream';
import { formatTips, MOST_TIPS, type PushedTip, type Pusher } from '../src/format/push.js';
import { formatUnchecked, isUnchecked } from '../src/format/unchecked.js';
import { readChoice } from '../src/git/config.js';
import { readInvocation } from '../src/git/invocation.js';
import { ObjectReader } from '../src/git/objects.js';
import { isZero, type Oid } from '../src/git/oid.js';
import { type PushedRef, parsePushedRefs, readKnown } from '../src/git/pushes.js';
import { openRepository, openStore, readCommitId, type Store } from '../src/git/repository.js';
import { readProvenance } from '../src/history/provenance.js';
import { HOOK_LIMIT } from '../src/history/read-stale.js';
import { type CommitCheck, CommitChecker, type CommitRange } from '../src/judge/commits.js';
import type { Verdict } from '../src/judge/types.js';
import { Fault } from '../src/messages/fault.js';
import { PUSH_BLOCKED, type PushBasis } from '../src/messages/push.js';
import { closeBoth, rangesOf, readTips, singleCommits } from './pushed-ranges.js';

export interface PushInput {
  readonly cwd: string;
  /** The remote's name; its URL if it has none. */
  readonly remote: string;
  /** git's lines. */
  readonly input: Readable;
  readonly environment: NodeJS.ProcessEnv;
  readonly say: (lines: readonly string[]) => void;
}

/** 0 passes the push, 1 blocks it. @throws Fault (exit code 2) if it could not check. */
export async function checkPush(input: PushInput): Promise<0 | 1> {
  const refs = parsePushedRefs(await readLines(input.input));
  if (refs.every((ref) => isZero(ref.localOid))) return 0;
  const store = await openStore(input.cwd);
  const objects = new ObjectReader(store.git);
  const checker = new CommitChecker(store, objects);
  try {
    const blocked = await judgePush(input, { store, objects, checker }, refs);
    if (blocked.length === 0) return 0;
    const head = await readCommitId(store.git, 'HEAD');
    const known = await Promise.all(
      blocked.map((tip, at) => (at < MOST_TIPS ? withHistory(input.cwd, objects, tip) : tip)),
    );
    const pusher: Pusher = {
      program: await readInvocation(store.git),
      directory: input.environment['GIT_PREFIX'] ?? '',
      head,
    };
    input.say([PUSH_BLOCKED, ...formatTips(known, pusher)]);
    return 1;
  } finally {
    await closeBoth(checker, objects);
  }
}

/** The tip with its stale sides; without them if there is no work tree to fix them in. */
async function withHistory(cwd: string, objects: ObjectReader, tip: PushedTip): Promise<PushedTip> {
  const verdicts = tip.drifts.map(({ verdict }) => verdict);
  try {
    const place = { repository: await openRepository(cwd), objects };
    return { ...tip, provenances: await readProvenance(place, verdicts, { tip: tip.at, limit: HOOK_LIMIT }) };
  } catch (error) {
    if (!Fault.is(error)) throw error;
    return tip;
  }
}

/** The whole standard input of a push hook. */
export async function readLines(input: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

interface Reading {
  readonly store: Store;
  readonly objects: ObjectReader;
  readonly checker: CommitChecker;
}

/** The tips that must not be pushed. */
async function judgePush(
  input: PushInput,
  { store, objects, checker }: Reading,
  refs: readonly PushedRef[],
): Promise<readonly PushedTip[]> {
  const each = (await readChoice(store.git, 'prePush')) === 'each';
  const known = await readKnown(store.git, objects, refs, input.remote);
  const unchecked: Verdict[] = [];
  const blocked: PushedTip[] = [];
  const judged = new Set<Oid>();
  const tips = await readTips(objects, refs);
  const readRange = await rangesOf(store, [...tips.keys()], known);
  for (const [tip, names] of tips) {
    const { range: whole, basis } = readRange(tip);
    const ranges = each ? singleCommits(whole).filter(({ tip: commit }) => !judged.has(commit)) : [whole];
    for (const range of ranges) {
      judged.add(range.tip);
      const found = await checker.check(range);
      unchecked.push(...found.verdicts.filter(isUnchecked));
      // safeguard pushed-drift (R9): a push with drift is blocked (e2e/pre-push)
      if (found.drifts.length > 0) blocked.push(blockedTip(tip, names, basis, range, found, each));
    }
  }
  input.say(formatUnchecked(unchecked));
  return blocked;
}

function blockedTip(
  tip: Oid,
  refs: readonly PushedRef[],
  basis: PushBasis,
  range: CommitRange,
  { drifts }: CommitCheck,
  each: boolean,
): PushedTip {
  const root = range.commits[0]?.parents.length === 0;
  return { tip, refs, basis, at: range.tip, each, root, drifts };
}
