// Checks pushed commits: the pairs that they touch, in the last commit's tree, by the manifest
// there.

import { ABSENT } from '../git/entry.js';
import type { ObjectReader } from '../git/objects.js';
import { emptyTree, type Oid } from '../git/oid.js';
import { parentOf, type RepoPath } from '../git/path.js';
import type { Store } from '../git/repository.js';
import { TreeDiffs } from '../git/tree-diffs.js';
import type { Ancestry } from '../git/walks.js';
import { MANIFEST_PATH } from '../manifest/types.js';
import { Fault } from '../messages/fault.js';
import { sayAtCommit } from '../messages/push.js';
import { missingHere } from '../messages/trees.js';
import { pathsOf, touchesRules } from '../rules/identity.js';
import type { Rules } from '../rules/types.js';
import { RulesReader } from '../snapshot/rules-in.js';
import { TreeSnapshot } from '../snapshot/tree.js';
import type { Snapshot } from '../snapshot/types.js';
import { holdsAlike, type Inheritance, readJudged } from './inheritance.js';
import { judgeChange } from './judge-change.js';
import { POLICIES } from './policies.js';
import type { CommitDrift, Verdict } from './types.js';

/** The commits, the last of them, and the state before them. */
export interface CommitRange {
  readonly tip: Oid;
  readonly base: Oid | undefined;
  readonly commits: readonly Ancestry[];
}

export interface CommitCheck {
  /** Undefined without a manifest at the tip. */
  readonly rules: Rules | undefined;
  readonly verdicts: readonly Verdict[];
  readonly drifts: readonly CommitDrift[];
}

const NOTHING: CommitCheck = { rules: undefined, verdicts: [], drifts: [] };

/** A commit and the paths that it changed. */
interface ChangedCommit extends Ancestry {
  /** Against each parent; for a root commit all paths. */
  readonly paths: ReadonlySet<RepoPath>;
}

/** So many snapshots are kept: the bases of many tips are few. */
const MOST_SNAPSHOTS = 16;

/** Checks ranges of one repository; keeps rules and some trees that it has read. */
export class CommitChecker {
  readonly #store: Store;
  readonly #objects: ObjectReader;
  readonly #diffs: TreeDiffs;
  readonly #trees = new Map<Oid, Promise<Oid>>();
  readonly #snapshots = new Map<Oid, TreeSnapshot>();
  /** The rules of the commits. */
  readonly rules: RulesReader;

  constructor(store: Store, objects: ObjectReader) {
    this.#store = store;
    this.#objects = objects;
    this.#diffs = new TreeDiffs(store.git);
    this.rules = new RulesReader(objects);
  }

  /** @throws Fault if a touched pair cannot be compared; names the commit. */
  async check(range: CommitRange): Promise<CommitCheck> {
    try {
      return await this.#check(range);
    } catch (error) {
      if (!Fault.is(error) || error.kind === 'bug') throw error;
      throw new Fault(error.kind, sayAtCommit(range.tip, error.message), error.hint, { cause: error });
    }
  }

  async #check(range: CommitRange): Promise<CommitCheck> {
    // What the remote already has is accepted, with its manifest.
    if (range.commits.length === 0) return NOTHING;
    const after = await this.snapshot(range.tip);
    const rules = await this.rules.read(after);
    if (!rules) return NOTHING;
    const before = range.base === undefined ? undefined : await this.snapshot(range.base);
    const changed = await this.#diffs.ofCommits(range.commits, (path) => concerns(rules, path));
    const commits = range.commits.map((commit) => ({
      ...commit,
      paths: changed.get(commit.oid) ?? new Set<RepoPath>(),
    }));
    const touched = new Set(commits.flatMap(({ paths }) => [...paths]));
    const oldRules = touched.has(MANIFEST_PATH) ? await this.rules.readOld(before) : rules;
    const blamed = new Map<Verdict, Oid>();
    const isInherited: Inheritance = async (verdict, byNewRule) => {
      const commit = await this.#commitOf(commits, verdict, byNewRule);
      if (commit) blamed.set(verdict, commit.oid);
      return commit === undefined;
    };
    const judged = { change: { after, before }, touched, rules, oldRules, isInherited };
    const { verdicts } = await judgeChange(judged, POLICIES.push);
    const drifts = [...blamed].map(([verdict, commit]) => {
      return { verdict, commit, changed: changedSides(verdict, touched) };
    });
    return { rules, verdicts, drifts };
  }

  /** The files of a commit. @throws Fault `git` if the commit is missing. */
  async snapshot(commit: Oid): Promise<Snapshot> {
    const tree = await this.#treeOf(commit);
    const snapshot = this.#snapshots.get(tree) ?? new TreeSnapshot(this.#objects, tree);
    // The last one in the map is the one used last.
    this.#snapshots.delete(tree);
    this.#snapshots.set(tree, snapshot);
    const [oldest] = this.#snapshots.keys();
    if (this.#snapshots.size > MOST_SNAPSHOTS && oldest !== undefined) this.#snapshots.delete(oldest);
    return snapshot;
  }

  /** The wanted paths that differ between two commits; without `from`, all wanted ones of `to`. */
  async readChanged(
    from: Oid | undefined,
    to: Oid,
    wants: (path: RepoPath) => boolean,
  ): Promise<ReadonlySet<RepoPath>> {
    const before = from === undefined ? emptyTree(this.#store.format) : await this.#treeOf(from);
    return this.#diffs.between(before, await this.#treeOf(to), wants);
  }

  /** Ends its git. @throws Fault `git` if git failed. */
  close(): Promise<void> {
    return this.#diffs.close();
  }

  #treeOf(commit: Oid): Promise<Oid> {
    const known = this.#trees.get(commit) ?? this.#readTree(commit);
    this.#trees.set(commit, known);
    return known;
  }

  async #readTree(commit: Oid): Promise<Oid> {
    const tree = await this.#objects.info(`${commit}^{tree}`);
    if (!tree) throw missingHere(`A part of the commit ${commit}`);
    return tree.oid;
  }

  /**
   * The newest commit that causes the verdict; undefined if only merges touch it, each with both
   * sides as in some parent: then the drift is the parent's.
   */
  async #commitOf(
    commits: readonly ChangedCommit[],
    verdict: Verdict,
    byNewRule: boolean,
  ): Promise<ChangedCommit | undefined> {
    const ends = [...pathsOf(verdict.pair), ...(byNewRule ? [MANIFEST_PATH] : [])];
    const near = commits.filter(({ paths }) => ends.some((path) => isChanged(path, paths)));
    // Otherwise a new name created the pair.
    for (const commit of near.length > 0 ? near : commits) {
      if (commit.parents.length < 2 || !(await this.#isTakenWhole(commit, verdict))) return commit;
    }
    return undefined;
  }

  async #isTakenWhole(merge: ChangedCommit, verdict: Verdict): Promise<boolean> {
    const here = await entriesAt(await this.snapshot(merge.oid), verdict);
    for (const parent of merge.parents) {
      if (await holdsAlike(await this.snapshot(parent), here)) return true;
    }
    return false;
  }
}

/** True if a change of the path can cause drift in a pair of the rules. */
export function concerns(rules: Rules, path: RepoPath): boolean {
  return path === MANIFEST_PATH || touchesRules(rules, path);
}

/** The sides that are among the changed paths. */
export function changedSides(
  { pair: { a, b } }: Verdict,
  changed: ReadonlySet<RepoPath>,
): { readonly a: boolean; readonly b: boolean } {
  return { a: a !== null && isChanged(a, changed), b: b !== null && isChanged(b, changed) };
}

/** True if the path has changed, or a gitlink or symlink above it. */
function isChanged(path: RepoPath, changed: ReadonlySet<RepoPath>): boolean {
  for (let at = path; at !== ''; at = parentOf(at)) if (changed.has(at)) return true;
  return false;
}

/** The verdict with another snapshot's entries. */
async function entriesAt(snapshot: Snapshot, verdict: Verdict): Promise<Verdict> {
  const [a, b] = await Promise.all(
    [verdict.pair.a, verdict.pair.b].map(async (path) => {
      return path === null ? undefined : ((await readJudged(snapshot, path)) ?? ABSENT);
    }),
  );
  return { ...verdict, a: a ?? verdict.a, b: b ?? verdict.b };
}
