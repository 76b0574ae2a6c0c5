// The pre-push check: for each pushed tip, the pairs that its new commits touch, judged in the
// tip's tree.

import type { Readable } from 'node:stream';
import { formatPushed, type PushedTip, type Pusher } from '../src/format/push.js';
import { formatUnchecked } from '../src/format/unchecked.js';
import { readChoice } from '../src/git/config.js';
import { readInvocation } from '../src/git/invocation.js';
import { ObjectReader } from '../src/git/objects.js';
import { isZero, type Oid } from '../src/git/oid.js';
import {
  firstParentBefore,
  type PushedRef,
  parsePushedRefs,
  readAncestry,
  readFork,
  readKnown,
  readNewCommits,
} from '../src/git/pushes.js';
import { openRepository, openStore, readCommitId, type Store } from '../src/git/repository.js';
import { readProvenance } from '../src/history/provenance.js';
import { HOOK_LIMIT } from '../src/history/read-stale.js';
import { type CommitCheck, CommitChecker, type CommitRange } from '../src/judge/commits.js';
import type { Verdict } from '../src/judge/types.js';
import { Fault } from '../src/messages/fault.js';
import { PUSH_BLOCKED, type PushBasis } from '../src/messages/push.js';
import { missingHere } from '../src/messages/trees.js';

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
  try {
    const blocked = await judgePush(input, store, objects, refs);
    if (blocked.length === 0) return 0;
    const head = await readCommitId(store.git, 'HEAD');
    const known = await Promise.all(blocked.map((tip) => withHistory(input.cwd, objects, tip)));
    const pusher: Pusher = {
      program: await readInvocation(store.git),
      directory: input.environment['GIT_PREFIX'] ?? '',
      head,
    };
    input.say([PUSH_BLOCKED, ...known.flatMap((tip) => formatPushed(tip, pusher))]);
    return 1;
  } finally {
    await objects.close();
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

/** The tips that must not be pushed. */
async function judgePush(
  input: PushInput,
  store: Store,
  objects: ObjectReader,
  refs: readonly PushedRef[],
): Promise<readonly PushedTip[]> {
  const each = (await readChoice(store.git, 'prePush')) === 'each';
  const known = await readKnown(store.git, objects, refs, input.remote);
  const checker = new CommitChecker(store, objects);
  const verdicts: Verdict[] = [];
  const blocked: PushedTip[] = [];
  const judged = new Set<Oid>();
  for (const [tip, names] of await readTips(objects, refs)) {
    const pushed = await readPushed(store, tip, known);
    const ranges = each ? singleCommits(pushed.range).filter(({ tip: commit }) => !judged.has(commit)) : [pushed.range];
    for (const range of ranges) {
      judged.add(range.tip);
      const found = await checker.check(range);
      verdicts.push(...found.verdicts);
      if (found.drifts.length > 0) blocked.push(blockedTip(tip, names, pushed.basis, range, found, each));
    }
  }
  input.say(formatUnchecked(verdicts));
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

/** Each commit once, with its refs. A tag of a blob or a tree has no commit. */
async function readTips(
  objects: ObjectReader,
  refs: readonly PushedRef[],
): Promise<ReadonlyMap<Oid, readonly PushedRef[]>> {
  const tips = new Map<Oid, PushedRef[]>();
  for (const ref of refs) {
    if (isZero(ref.localOid)) continue;
    const tip = await readCommitBehind(objects, ref.localOid, ref.localName);
    if (tip !== undefined) tips.set(tip, [...(tips.get(tip) ?? []), ref]);
  }
  return tips;
}

/** The commit of the id, or of the tag with that id; undefined for other objects. */
export async function readCommitBehind(objects: ObjectReader, oid: Oid, name: string): Promise<Oid | undefined> {
  const behind = await objects.info(`${oid}^{}`);
  if (!behind) throw missingHere(`The object ${oid} of ${name}`);
  return behind.type === 'commit' ? behind.oid : undefined;
}

/** The commits of a tip that the remote lacks, as far as we know. */
async function readPushed(
  { git }: Store,
  tip: Oid,
  known: readonly Oid[],
): Promise<{ readonly range: CommitRange; readonly basis: PushBasis }> {
  if (known.length > 0) {
    const commits = await readNewCommits(git, tip, known);
    return { range: { tip, base: firstParentBefore(commits, tip), commits }, basis: 'remote' };
  }
  const fork = await readFork(git, tip);
  if (fork !== undefined) {
    return { range: { tip, base: fork, commits: [{ oid: tip, parents: [fork] }] }, basis: 'default-branch' };
  }
  const own = await readAncestry(git, tip);
  return { range: { tip, base: own.parents[0], commits: [own] }, basis: 'tip-alone' };
}

/** One range for each commit, oldest first. */
function singleCommits({ commits }: CommitRange): readonly CommitRange[] {
  return [...commits].reverse().map((commit) => ({ tip: commit.oid, base: commit.parents[0], commits: [commit] }));
}
