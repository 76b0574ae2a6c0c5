// What the pre-push hook does: for each ref that leaves, the pairs that its new commits touch, judged in the tip's tree.

import type { Readable } from 'node:stream';
import { check } from './check.js';
import { holdsAlike, judgeNewRules, readManifestIn, withoutRepeats } from './check-staged.js';
import { pathsOf } from './drift/component.js';
import { isFinding, type Judgement } from './drift/types.js';
import { readInvocation } from './git/invocation.js';
import { ObjectReader } from './git/objects.js';
import { isZero, type Oid } from './git/oid.js';
import { pathFromText, textOf } from './git/path.js';
import { type Pushed, type PushedRef, parsePushedRefs, readPushed } from './git/pushes.js';
import { openRepository, type Repository } from './git/repository.js';
import { MANIFEST_NAME } from './manifest/types.js';
import { sayPushBasis, sayPushBlocked, sayPushFinding, sayPushWay } from './messages/push.js';
import { buildIndex } from './pairs/index.js';
import { layOutUnchecked } from './report/unchecked.js';
import { TreeSnapshot } from './snapshot/tree.js';
import type { Snapshot } from './snapshot/types.js';

export interface PushInput {
  readonly cwd: string;
  /** The remote's name; its URL if it has none. */
  readonly remote: string;
  /** git's lines. */
  readonly input: Readable;
  readonly say: (lines: readonly string[]) => void;
}

const MANIFEST = pathFromText(MANIFEST_NAME);

/** 0 lets the push through, 1 blocks it. @throws Fault (exit code 2) if it could not check. */
export async function gatePush(input: PushInput): Promise<0 | 1> {
  const chunks: Buffer[] = [];
  for await (const chunk of input.input) chunks.push(chunk as Buffer);
  const refs = parsePushedRefs(Buffer.concat(chunks).toString('utf8'));
  const repository = await openRepository(input.cwd);
  const objects = new ObjectReader(repository.git);
  try {
    let blocked = false;
    for (const ref of refs) blocked = (await judgeRef(input, repository, objects, ref)) || blocked;
    if (blocked) input.say([sayPushWay(await readInvocation(repository.git))]);
    return blocked ? 1 : 0;
  } finally {
    await objects.close();
  }
}

/** True if the ref must not leave. */
async function judgeRef(
  input: PushInput,
  repository: Repository,
  objects: ObjectReader,
  ref: PushedRef,
): Promise<boolean> {
  if (isZero(ref.localOid)) return false;
  const tip = await objects.info(`${ref.localOid}^{commit}`);
  // A tag can name a blob or a tree, which no commit of pairs stands behind.
  if (!tip) return false;
  const result = new TreeSnapshot(objects, await readTree(objects, tip.oid));
  const manifest = await readManifestIn(result, objects);
  if (!manifest) return false;
  const index = buildIndex(manifest);
  const pushed = await readPushed(repository.git, objects, tip.oid, ref, input.remote);
  const base = pushed.base && new TreeSnapshot(objects, await readTree(objects, pushed.base));
  const touched = new Set(pushed.commits.flatMap(({ paths }) => [...paths]));
  const judged = await check(index, { result, base, touched });
  const ruled = touched.has(MANIFEST) ? await judgeNewRules(index, { result, base }, objects) : [];
  const judgements = withoutRepeats([...judged, ...ruled]);
  input.say(layOutUnchecked(judgements));
  const ruledFindings = new Set(ruled.map(({ pair }) => pair));
  const findings: Judgement[] = [];
  for (const finding of judgements.filter(isFinding)) {
    if (ruledFindings.has(finding.pair) || (await isTouchedByACommit(objects, pushed, finding))) findings.push(finding);
  }
  if (findings.length > 0) input.say(layOutPush(ref, tip.oid, pushed, findings));
  return findings.length > 0;
}

async function readTree(objects: ObjectReader, commit: Oid): Promise<Oid> {
  const tree = await objects.info(`${commit}^{tree}`);
  return tree?.oid ?? commit;
}

/** A merge touches a pair only if it has the two sides unlike every parent; drift taken whole from one is that one's. */
async function isTouchedByACommit(objects: ObjectReader, pushed: Pushed, finding: Judgement): Promise<boolean> {
  const ends = pathsOf(finding.pair);
  for (const { oid, parents, paths } of pushed.commits) {
    if (!ends.some((path) => paths.has(path))) continue;
    if (parents.length < 2) return true;
    const merge = await entriesAt(new TreeSnapshot(objects, await readTree(objects, oid)), finding);
    const snapshots = await Promise.all(
      parents.map(async (parent) => new TreeSnapshot(objects, await readTree(objects, parent))),
    );
    const alike = await Promise.all(snapshots.map((parent) => holdsAlike(parent, merge)));
    if (!alike.includes(true)) return true;
  }
  // What stands above the pair's paths changed: a link, a gitlink, a name that came into force.
  return !pushed.commits.some(({ paths }) => ends.some((path) => paths.has(path)));
}

async function entriesAt(snapshot: Snapshot, finding: Judgement): Promise<Judgement> {
  const [a, b] = await Promise.all(
    [finding.pair.a, finding.pair.b].map(async (path) => {
      const standing = path === null ? undefined : await snapshot.readEntry(path);
      return standing && standing.kind !== 'directory' ? standing : ({ kind: 'absent' } as const);
    }),
  );
  return { ...finding, a: a ?? finding.a, b: b ?? finding.b };
}

function layOutPush(ref: PushedRef, tip: Oid, pushed: Pushed, findings: readonly Judgement[]): string[] {
  const lines = findings.map(({ pair, status }) => sayPushFinding(pathsOf(pair).map(textOf), status));
  return [sayPushBlocked(ref.remoteName, tip, findings.length), ...lines, sayPushBasis(pushed.basis)];
}
