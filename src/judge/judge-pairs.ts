// The pipeline: manifest -> rules -> snapshot -> verdicts. Drift is handled in resolve/ and fix/.

import { mapInBatches } from '../git/batches.js';
import { below, joinPath, type RepoPath } from '../git/path.js';
import { Fault } from '../messages/fault.js';
import type { FilePair, Rules } from '../rules/types.js';
import { INSIDE } from '../snapshot/mount.js';
import { readNode } from '../snapshot/node.js';
import { partnerIn } from '../snapshot/partner.js';
import { type Change, readAllPairs } from '../snapshot/select.js';
import { readTouchedPairs } from '../snapshot/touched-pairs.js';
import type { Node, Snapshot } from '../snapshot/types.js';
import { compare, compareEmpty, type PairNodes } from './compare.js';
import { readTexts } from './read-texts.js';
import type { Verdict } from './types.js';

/** The input of a check. */
export interface CheckScope extends Change {
  /** The changed paths; without them every pair is judged. */
  readonly touched?: Iterable<RepoPath>;
}

/**
 * The verdict on each file pair in scope, in the manifest's order.
 * @throws Fault if a pair cannot be compared.
 */
export async function check(rules: Rules, scope: CheckScope): Promise<readonly Verdict[]> {
  const pairs = scope.touched ? await readTouchedPairs(rules, scope, scope.touched) : await readAllPairs(rules, scope);
  return judge(rules, scope, pairs);
}

/** The verdicts on these pairs, without pairs that have nothing to judge. */
export async function judge(rules: Rules, change: Change, pairs: readonly FilePair[]): Promise<readonly Verdict[]> {
  const verdicts = await mapInBatches(pairs, (pair) => judgeOne(rules, change, pair));
  return verdicts.filter((verdict) => verdict !== undefined);
}

async function judgeOne(rules: Rules, change: Change, pair: FilePair): Promise<Verdict | undefined> {
  return compare(rules, pair, await readNodes(change, pair));
}

/** Verdicts, and the pairs that could not be judged, with the reason. */
export interface JudgedPairs {
  readonly verdicts: ReadonlyMap<FilePair, Verdict>;
  readonly unjudged: ReadonlyMap<FilePair, string>;
}

/**
 * As {@link judge}, but a pair that is invalid here (a file where the rules pair directories) does
 * not affect the others.
 */
export async function judgeEach(rules: Rules, change: Change, pairs: readonly FilePair[]): Promise<JudgedPairs> {
  const verdicts = new Map<FilePair, Verdict>();
  const unjudged = new Map<FilePair, string>();
  await mapInBatches(pairs, async (pair) => {
    try {
      const verdict = await judgeOne(rules, change, pair);
      if (verdict) verdicts.set(pair, verdict);
    } catch (error) {
      if (!Fault.is(error) || (error.kind !== 'manifest' && error.kind !== 'disk')) throw error;
      unjudged.set(pair, error.message);
    }
  });
  return { verdicts, unjudged };
}

/** Like {@link judge}, plus pairs that are absent on both sides: a fix may create one of them. */
export async function judgeWithEmpty(
  rules: Rules,
  change: Change,
  pairs: readonly FilePair[],
): Promise<readonly Verdict[]> {
  const verdicts = await mapInBatches(pairs, async (pair) => {
    const nodes = await readNodes(change, pair);
    return compare(rules, pair, nodes) ?? compareEmpty(rules, pair, nodes);
  });
  return verdicts.filter((verdict) => verdict !== undefined);
}

async function readNodes(change: Change, pair: FilePair): Promise<PairNodes> {
  const { after } = change;
  const [a, b] = await Promise.all([readSide(after, pair, 'a'), readSide(after, pair, 'b')]);
  const nodes = pair.rule.a.outside || pair.rule.b.outside ? alignModes(after, pair, { a, b }) : { a, b };
  const [openA, openB] = [await openUp(after, pair, 'a', nodes), await openUp(after, pair, 'b', nodes)];
  const seen = { a: await seeHidden(change, pair.a, openA, openB), b: await seeHidden(change, pair.b, openB, openA) };
  return readTexts(after, pair, seen);
}

/** A side that is a submodule is the directory of its files, unless its counterpart is a file. */
async function openUp(
  snapshot: Snapshot,
  { rule, ...pair }: FilePair,
  side: 'a' | 'b',
  nodes: PairNodes,
): Promise<Node> {
  const [here, there] = side === 'a' ? [nodes.a, nodes.b] : [nodes.b, nodes.a];
  const [path, root] = side === 'a' ? [pair.a, pair.rootA] : [pair.b, pair.rootB];
  if (here.kind !== 'gitlink' || path !== root || rule.a.outside || rule.b.outside) return here;
  if (there.kind === 'file' || there.kind === 'link' || there.kind === 'gitlink') return here;
  if (there.kind === 'absent' && rule.shape === 'fanout') return here;
  const inside = await snapshot.readEntry(joinPath(path, INSIDE));
  return inside.kind === 'unread' ? inside : { kind: 'directory' };
}

/** If the judged change hides a side behind a gitlink, the pair is more than just unread. */
async function seeHidden(
  { after, before, parent = before }: Change,
  path: RepoPath | null,
  node: Node,
  other: Node,
): Promise<Node> {
  if (path === null || !parent || node.kind !== 'unread' || node.why.kind !== 'submodule') return node;
  const { at } = node.why;
  const [now, then] = await Promise.all([after.readEntry(at), parent.readEntry(at)]);
  if (now.kind !== 'gitlink' || then.kind === 'gitlink' || then.kind === 'unread') return node;
  const was = await readKindBefore(parent, path);
  // The files of a directory are separate pairs.
  if (was === 'absent' || (was === 'directory' && other.kind === 'directory')) return node;
  return { kind: 'hidden', oid: now.oid, rest: below(path, at) ?? path, why: node.why };
}

async function readKindBefore(before: Snapshot, path: RepoPath): Promise<Node['kind']> {
  const node = await readNode(before, path);
  if (node.kind !== 'through-link') return node.kind;
  return node.landing === undefined ? 'absent' : (await before.readEntry(node.landing)).kind;
}

async function readSide(snapshot: Snapshot, pair: FilePair, side: 'a' | 'b'): Promise<Node> {
  const path = pair[side];
  if (path === null) return { kind: 'absent' };
  if (!pair.rule[side].outside) return readNode(snapshot, path);
  const { outside } = snapshot;
  if (!outside) return { kind: 'unread', why: { kind: 'outside', lack: 'not-here' } };
  const other = side === 'a' ? pair.b : pair.a;
  const inside = pair.rule[side === 'a' ? 'b' : 'a'].outside ? null : other;
  const partner = inside === null ? undefined : await partnerIn(snapshot, inside, outside.partnerHere(inside));
  return outside.readNode(path, other, partner);
}

/**
 * If core.fileMode is false, the disk has no executable bit, so an outside side takes its
 * partner's.
 */
function alignModes(snapshot: Snapshot, { rule }: FilePair, nodes: PairNodes): PairNodes {
  const { a, b } = nodes;
  if (snapshot.outside?.trustsMode !== false || a.kind !== 'file' || b.kind !== 'file') return nodes;
  return rule.a.outside ? { a: { ...a, executable: b.executable }, b } : { a, b: { ...b, executable: a.executable } };
}
