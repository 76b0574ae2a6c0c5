// What a commit hook does in a submodule besides: holds what is staged there against the pairs of the superprojects around it.

import { relative, sep } from 'node:path';
import { readKnown } from '../src/fix/known-contents.js';
import { layOutSuperproject } from '../src/format/superproject.js';
import { layOutUnchecked } from '../src/format/unchecked.js';
import { readInvocation } from '../src/git/invocation.js';
import { ObjectReader, type Workplace } from '../src/git/objects.js';
import type { Oid } from '../src/git/oid.js';
import { below, joinPath, pathFromText, type RepoPath } from '../src/git/path.js';
import { openSuperproject } from '../src/git/superproject.js';
import { check, judge } from '../src/judge/judge-pairs.js';
import { holdsAlike, readManifestIn, readMergedCommits, refuseUnmerged } from '../src/judge/staged.js';
import { isFinding, type Judgement } from '../src/judge/types.js';
import type { Case } from '../src/resolve/findings.js';
import { readCases } from '../src/resolve/read-findings.js';
import { buildIndex } from '../src/rules/build.js';
import type { PairIndex } from '../src/rules/types.js';
import { Mount } from '../src/snapshot/mount.js';
import { PlacesOutside } from '../src/snapshot/outside.js';
import { OverlaySnapshot } from '../src/snapshot/overlay.js';
import { readStaged, stagedSnapshot } from '../src/snapshot/staged.js';
import { TreeSnapshot } from '../src/snapshot/tree.js';
import type { Snapshot } from '../src/snapshot/types.js';
import { readWorktree, WorktreeSnapshot } from '../src/snapshot/worktree.js';

/** Which hook asks, and how it reports. */
interface Asking {
  readonly cwd: string;
  readonly what: 'commit' | 'merge';
  readonly environment: NodeJS.ProcessEnv;
  /** Takes whole lines for stderr. */
  readonly say: (lines: readonly string[]) => void;
}

/** A submodule as its commit would leave it, and the states that the commit is held against. */
interface Inner {
  readonly place: Workplace;
  readonly result: Snapshot;
  readonly base: Snapshot;
  /** What a merge brings in. */
  readonly merged: readonly Snapshot[];
  /** The staged paths. */
  readonly touched: readonly RepoPath[];
}

/** 1 if a pair of a superproject would be left out of sync. @throws Fault (exit code 2) if that could not be checked. */
export async function gateSuperproject(input: Asking, place: Workplace): Promise<0 | 1> {
  const { repository, objects } = place;
  const staged = await readStaged(repository);
  const commits = readMergedCommits(repository.gitDir, input.what === 'merge' ? input.environment : {});
  const base = new TreeSnapshot(objects, repository.headTree);
  return gateAround(input, {
    place,
    result: stagedSnapshot(objects, base, staged),
    base,
    merged: await Promise.all(commits.map((commit) => readTree(objects, commit))),
    touched: [...staged.changes.keys()],
  });
}

async function readTree(objects: ObjectReader, commit: Oid): Promise<Snapshot> {
  return new TreeSnapshot(objects, (await objects.info(`${commit}^{tree}`))?.oid ?? commit);
}

/** The superproject around one submodule, then the one around that. */
async function gateAround(input: Asking, inner: Inner): Promise<0 | 1> {
  const repository = inner.touched.length > 0 ? await openSuperproject(inner.place.repository) : undefined;
  if (!repository) return 0;
  const objects = new ObjectReader(repository.git);
  try {
    const place = { repository, objects };
    const at = pathFromText(relative(repository.top, inner.place.repository.top).split(sep).join('/'));
    const staged = await readStaged(repository);
    const head = new TreeSnapshot(objects, repository.headTree);
    const index = stagedSnapshot(objects, head, staged);
    const put = (outer: Snapshot, submodule: Snapshot) => putIn(outer, at, inner.place, submodule);
    const outer: Inner = {
      place,
      result: put(index, inner.result),
      base: put(head, inner.base),
      merged: inner.merged.map((each) => put(index, each)),
      touched: inner.touched.map((path) => joinPath(at, path)),
    };
    const manifest = await readManifestIn(index, objects);
    const rules = manifest && buildIndex(manifest);
    if (rules) refuseUnmerged(rules, staged);
    const found = rules && (await findDrift(input, rules, outer, (worktree) => put(worktree, inner.result)));
    if (rules && found && found.length > 0) {
      const person = { program: await readInvocation(repository.git), top: repository.top, cwd: input.cwd };
      input.say(layOutSuperproject(found, await readCasesThere(place, rules, outer.base, found), at, person));
      return 1;
    }
    return await gateAround(input, outer);
  } finally {
    await objects.close();
  }
}

/** The same pairs as the superproject's working tree has them, where the printed commands will be typed. */
async function readCasesThere(
  place: Workplace,
  rules: PairIndex,
  base: Snapshot,
  found: readonly Judgement[],
): Promise<readonly Case[]> {
  const result = await readWorktree(place.repository, place.objects, rules);
  result.outside = await PlacesOutside.open(place.repository, rules.reach);
  const judged = { index: rules, span: { result, base } };
  const judgements = await judge(
    rules,
    judged.span,
    found.map(({ pair }) => pair),
  );
  const known = readKnown(place.repository);
  return (await readCases(place, judged, judgements, { writes: 'worktree', inHook: true, known })).cases;
}

/** The outer snapshot with the submodule in one state put in at its gitlink. */
function putIn(outer: Snapshot, at: RepoPath, { repository, objects }: Workplace, submodule: Snapshot): Snapshot {
  const mount = new Mount(at, Promise.resolve({ kind: 'ready', snapshot: submodule, repository, objects }));
  return new OverlaySnapshot(
    outer,
    new Map([[at, { kind: 'gitlink', oid: repository.headTree }]]),
    new Map([[at, mount]]),
  );
}

/**
 * The pairs that are out of sync, whatever of the superproject they are held against: its index, or its working tree, from
 * which the fix was copied and which is committed after the submodule.
 */
async function findDrift(
  input: Asking,
  rules: PairIndex,
  { place, result, base, merged, touched }: Inner,
  putInWorktree: (worktree: Snapshot) => Snapshot,
): Promise<readonly Judgement[]> {
  const judgements = await check(rules, { result, base, touched });
  input.say(layOutUnchecked(judgements));
  const findings: Judgement[] = [];
  for (const finding of judgements.filter(isFinding)) {
    const alike = await Promise.all(merged.map((parent) => holdsAlike(parent, finding)));
    if (!alike.includes(true)) findings.push(finding);
  }
  if (findings.length === 0) return [];
  const ends = findings.flatMap(({ pair }) => [pair.a, pair.b].filter((path) => path !== null));
  const wants = (path: RepoPath) => ends.some((end) => below(end, path) !== undefined);
  const worktree = await WorktreeSnapshot.read(place.repository, place.objects, { wants, named: ends });
  const now = await judge(
    rules,
    { result: putInWorktree(worktree), base },
    findings.map(({ pair }) => pair),
  );
  return now.filter(isFinding);
}
