// The check of commits that leave: the pairs that they touch, in the tree where they end, by the manifest there.

import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import { parentOf, type RepoPath } from '../git/path.js';
import { type Ancestry, type PushedCommit, readPushedCommits } from '../git/pushes.js';
import type { Store } from '../git/repository.js';
import { Fault } from '../messages/fault.js';
import { sayAtCommit } from '../messages/push.js';
import { buildIndex } from '../rules/build.js';
import { pathsOf } from '../rules/identity.js';
import type { PairIndex } from '../rules/types.js';
import { TreeSnapshot } from '../snapshot/tree.js';
import { ABSENT, type Snapshot } from '../snapshot/types.js';
import { check } from './judge-pairs.js';
import { holdsAlike, judgeNewRules, MANIFEST, readJudged, readManifestIn, withoutRepeats } from './staged.js';
import { type CommitFinding, isFinding, type Judgement } from './types.js';

/** Commits, the last of them, and the state before them. */
export interface Range {
  readonly tip: Oid;
  readonly base: Oid | undefined;
  readonly commits: readonly Ancestry[];
}

export interface CommitCheck {
  /** Undefined if nothing is declared at the tip. */
  readonly index: PairIndex | undefined;
  readonly judgements: readonly Judgement[];
  readonly findings: readonly CommitFinding[];
}

const NOTHING: CommitCheck = { index: undefined, judgements: [], findings: [] };

/** Checks ranges of one repository; remembers the trees and the rules that it has read. */
export class CommitChecker {
  readonly #store: Store;
  readonly #objects: ObjectReader;
  readonly #rules = new Map<Oid, PairIndex>();

  constructor(store: Store, objects: ObjectReader) {
    this.#store = store;
    this.#objects = objects;
  }

  /** @throws Fault for whatever keeps a touched pair from being compared; it names the commit. */
  async check(range: Range): Promise<CommitCheck> {
    try {
      return await this.#check(range);
    } catch (error) {
      if (!Fault.is(error) || error.kind === 'bug') throw error;
      throw new Fault(error.kind, sayAtCommit(range.tip, error.message), error.hint, { cause: error });
    }
  }

  async #check(range: Range): Promise<CommitCheck> {
    // What the remote has already may be as it is, its manifest too.
    if (range.commits.length === 0) return NOTHING;
    const result = await this.snapshot(range.tip);
    const index = await this.readIndex(result);
    if (!index) return NOTHING;
    const base = range.base === undefined ? undefined : await this.snapshot(range.base);
    const commits = await readPushedCommits(this.#store.git, range.commits, (path) => concerns(index, path));
    const touched = new Set(commits.flatMap(({ paths }) => [...paths]));
    const judged = await check(index, { result, base, touched });
    const ruled = touched.has(MANIFEST) ? await judgeNewRules(index, { result, base }, this.#objects) : [];
    const judgements = withoutRepeats([...judged, ...ruled]);
    const newRules = new Set(ruled.map(({ pair }) => pair));
    const findings: CommitFinding[] = [];
    for (const judgement of judgements.filter(isFinding)) {
      const ends = newRules.has(judgement.pair) ? [...pathsOf(judgement.pair), MANIFEST] : pathsOf(judgement.pair);
      const commit = await this.#commitOf(commits, judgement, ends);
      if (commit) findings.push({ judgement, commit: commit.oid, changed: changedSides(judgement, touched) });
    }
    return { index, judgements, findings };
  }

  /** The state of the files in a commit. @throws Fault `git` if it is not here. */
  async snapshot(commit: Oid): Promise<Snapshot> {
    const tree = await this.#objects.info(`${commit}^{tree}`);
    if (!tree) throw new Fault('git', `The commit ${commit} is not here whole.`, 'see what is missing: git fsck');
    return new TreeSnapshot(this.#objects, tree.oid);
  }

  /** What the manifest in a snapshot declares; undefined if there is none. @throws Fault `manifest`. */
  async readIndex(snapshot: Snapshot): Promise<PairIndex | undefined> {
    const entry = await snapshot.readEntry(MANIFEST);
    const known = entry.kind === 'file' ? this.#rules.get(entry.oid) : undefined;
    if (known) return known;
    const manifest = await readManifestIn(snapshot, this.#objects);
    const index = manifest && buildIndex(manifest);
    if (index && entry.kind === 'file') this.#rules.set(entry.oid, index);
    return index;
  }

  /**
   * The newest commit that brings the finding about; undefined if merges alone touch it, each with the two sides just as
   * some parent has them: that drift is the parent's.
   */
  async #commitOf(
    commits: readonly PushedCommit[],
    judgement: Judgement,
    ends: readonly RepoPath[],
  ): Promise<PushedCommit | undefined> {
    const near = commits.filter(({ paths }) => ends.some((path) => isChanged(path, paths)));
    // Else a name came into force.
    for (const commit of near.length > 0 ? near : commits) {
      if (commit.parents.length < 2 || !(await this.#isTakenWhole(commit, judgement))) return commit;
    }
    return undefined;
  }

  async #isTakenWhole(merge: PushedCommit, judgement: Judgement): Promise<boolean> {
    const here = await entriesAt(await this.snapshot(merge.oid), judgement);
    for (const parent of merge.parents) {
      if (await holdsAlike(await this.snapshot(parent), here)) return true;
    }
    return false;
  }
}

/** True if a change of the path can bring a pair of the index into drift. */
export function concerns(index: PairIndex, path: RepoPath): boolean {
  return path === MANIFEST || index.lookUp(path).length > 0 || index.below(path).length > 0;
}

/** Which sides are among the changed paths. */
export function changedSides(
  { pair: { a, b } }: Judgement,
  changed: ReadonlySet<RepoPath>,
): { readonly a: boolean; readonly b: boolean } {
  return { a: a !== null && isChanged(a, changed), b: b !== null && isChanged(b, changed) };
}

/** True if the path is among these, or what stands above it is: a gitlink, a symlink. */
function isChanged(path: RepoPath, changed: ReadonlySet<RepoPath>): boolean {
  for (let at = path; at !== ''; at = parentOf(at)) if (changed.has(at)) return true;
  return false;
}

/** The judgement with what another snapshot holds at its paths. */
async function entriesAt(snapshot: Snapshot, judgement: Judgement): Promise<Judgement> {
  const [a, b] = await Promise.all(
    [judgement.pair.a, judgement.pair.b].map(async (path) => {
      return path === null ? undefined : ((await readJudged(snapshot, path)) ?? ABSENT);
    }),
  );
  return { ...judgement, a: a ?? judgement.a, b: b ?? judgement.b };
}
