// The second check of a commit hook in a submodule: its staged changes, by the pairs of its
// superprojects.

import { relative, sep } from 'node:path';
import { formatSuperproject } from '../src/format/superproject.js';
import { formatUnchecked } from '../src/format/unchecked.js';
import { readInvocation } from '../src/git/invocation.js';
import { readMergedCommits } from '../src/git/merge-heads.js';
import { ObjectReader } from '../src/git/objects.js';
import type { Oid } from '../src/git/oid.js';
import { below, joinPath, pathFromText, type RepoPath } from '../src/git/path.js';
import { openSuperproject } from '../src/git/superproject.js';
import type { Workplace } from '../src/git/workplace.js';
import { heldBy } from '../src/judge/inheritance.js';
import { judgeChange } from '../src/judge/judge-change.js';
import { judge } from '../src/judge/judge-pairs.js';
import { POLICIES } from '../src/judge/policies.js';
import { refuseUnmerged } from '../src/judge/staged.js';
import { isOutOfSync, type Verdict } from '../src/judge/types.js';
import { buildRules } from '../src/rules/build.js';
import { pathsOf } from '../src/rules/identity.js';
import type { Rules } from '../src/rules/types.js';
import { Mount } from '../src/snapshot/mount.js';
import { PlacesOutside } from '../src/snapshot/outside.js';
import { OverlaySnapshot } from '../src/snapshot/overlay.js';
import { readManifestIn } from '../src/snapshot/rules-in.js';
import { readStaged, stagedSnapshot } from '../src/snapshot/staged.js';
import { TreeSnapshot } from '../src/snapshot/tree.js';
import type { Snapshot } from '../src/snapshot/types.js';
import { WorktreeSnapshot } from '../src/snapshot/worktree.js';
import { readInWorktree } from './in-worktree.js';

/** The hook that asks, and its output. */
interface SuperprojectInput {
  readonly cwd: string;
  readonly what: 'commit' | 'merge';
  readonly environment: NodeJS.ProcessEnv;
  /** Takes complete lines for stderr. */
  readonly say: (lines: readonly string[]) => void;
}

/** A submodule after its commit, and the states to compare the commit with. */
interface Inner {
  readonly place: Workplace;
  readonly after: Snapshot;
  readonly before: Snapshot;
  /** The merged commits. */
  readonly merged: readonly Snapshot[];
  /** The staged paths. */
  readonly touched: ReadonlySet<RepoPath>;
}

/**
 * 1 if a superproject's pair would be out of sync. @throws Fault (exit code 2) if it could not
 * check.
 */
export async function checkSuperproject(input: SuperprojectInput, place: Workplace): Promise<0 | 1> {
  const { repository, objects } = place;
  const staged = await readStaged(repository);
  const commits = readMergedCommits(repository.gitDir, input.what === 'merge' ? input.environment : {});
  const before = new TreeSnapshot(objects, repository.headTree);
  return checkAround(input, {
    place,
    after: stagedSnapshot(objects, before, staged),
    before,
    merged: await Promise.all(commits.map((commit) => readTree(objects, commit))),
    touched: new Set(staged.changes.keys()),
  });
}

async function readTree(objects: ObjectReader, commit: Oid): Promise<Snapshot> {
  return new TreeSnapshot(objects, (await objects.info(`${commit}^{tree}`))?.oid ?? commit);
}

/** The superproject of a submodule, then that one's superproject. */
async function checkAround(input: SuperprojectInput, inner: Inner): Promise<0 | 1> {
  const repository = inner.touched.size > 0 ? await openSuperproject(inner.place.repository) : undefined;
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
      after: put(index, inner.after),
      before: put(head, inner.before),
      merged: inner.merged.map((each) => put(index, each)),
      touched: new Set([...inner.touched].map((path) => joinPath(at, path))),
    };
    const manifest = await readManifestIn(index, objects);
    const rules = manifest && buildRules(manifest);
    if (rules) refuseUnmerged(rules, staged);
    const found = rules && (await findDrift(input, rules, outer, (worktree) => put(worktree, inner.after)));
    if (rules && found && found.length > 0) {
      const person = { program: await readInvocation(repository.git), top: repository.top, cwd: input.cwd };
      const outside = await PlacesOutside.open(repository, rules.outsideRoots);
      const pairs = found.map(({ pair }) => pair);
      // The user types the printed commands in the superproject's working tree.
      const there = await readInWorktree(place, { rules, before: outer.before, outside }, pairs);
      input.say(formatSuperproject(found, there.findings, at, person));
      return 1;
    }
    return await checkAround(input, outer);
  } finally {
    await objects.close();
  }
}

/** The outer snapshot with one state of the submodule at its gitlink. */
function putIn(outer: Snapshot, at: RepoPath, { repository, objects }: Workplace, submodule: Snapshot): Snapshot {
  const mount = new Mount(at, Promise.resolve({ kind: 'ready', snapshot: submodule, repository, objects }));
  return new OverlaySnapshot(
    outer,
    new Map([[at, { kind: 'gitlink', oid: repository.headTree }]]),
    new Map([[at, mount]]),
  );
}

/**
 * The pairs that are out of sync with both the superproject's index and its working tree: a fix may
 * have been copied from there, and the superproject is committed after the submodule.
 */
async function findDrift(
  input: SuperprojectInput,
  rules: Rules,
  { place, after, before, merged, touched }: Inner,
  putInWorktree: (worktree: Snapshot) => Snapshot,
): Promise<readonly Verdict[]> {
  const change = { after, before };
  const parents = merged.length === 0 ? [] : [before, ...merged];
  const isInherited = heldBy(POLICIES.superproject, after, () => Promise.resolve(parents));
  const judged = { change, touched, rules, oldRules: rules, isInherited };
  const { verdicts } = await judgeChange(judged, POLICIES.superproject);
  input.say(formatUnchecked(verdicts));
  const outOfSync = verdicts.filter(isOutOfSync);
  if (outOfSync.length === 0) return [];
  const ends = outOfSync.flatMap(({ pair }) => pathsOf(pair));
  const wants = (path: RepoPath) => ends.some((end) => below(end, path) !== undefined);
  const worktree = await WorktreeSnapshot.read(place.repository, place.objects, { wants, named: ends });
  const now = await judge(
    rules,
    { after: putInWorktree(worktree), before },
    outOfSync.map(({ pair }) => pair),
  );
  return now.filter(isOutOfSync);
}
