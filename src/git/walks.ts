// Walks over commits: what many tips have, and their merge bases with one commit.

import { type Oid, parseOid } from './oid.js';
import { type Git, gitFailed, runGit } from './run.js';

/** A commit, and its parents in order. */
export interface Ancestry {
  readonly oid: Oid;
  readonly parents: readonly Oid[];
}

/** Children before parents. @throws Fault `git` if a commit on the way is missing. */
export async function readWalk(git: Git, words: readonly string[], input?: string): Promise<readonly Ancestry[]> {
  const args = ['rev-list', '--parents', '--topo-order', ...words];
  const answer = await runGit(git, args, input === undefined ? undefined : Buffer.from(input));
  if (answer.code !== 0) throw gitFailed(args, answer);
  return linesOf(answer.stdout.toString('latin1')).map(parseAncestry);
}

export function linesOf(input: string): readonly string[] {
  return input.split('\n').filter((line) => line !== '');
}

function parseAncestry(line: string): Ancestry {
  const [oid = '', ...parents] = line.split(' ');
  return { oid: parseOid(oid), parents: parents.map(parseOid) };
}

/** The commits of a walk that each tip has. */
export class Walked {
  readonly #commits: ReadonlyMap<Oid, Ancestry>;

  constructor(commits: readonly Ancestry[]) {
    this.#commits = new Map(commits.map((commit) => [commit.oid, commit]));
  }

  has(commit: Oid): boolean {
    return this.#commits.has(commit);
  }

  /** In the order of the walk. */
  of(tip: Oid): readonly Ancestry[] {
    const found = new Set<Oid>();
    const next = [tip];
    for (let at = next.pop(); at !== undefined; at = next.pop()) {
      const commit = this.#commits.get(at);
      if (!commit || found.has(at)) continue;
      found.add(at);
      next.push(...commit.parents);
    }
    return [...this.#commits.values()].filter(({ oid }) => found.has(oid));
  }
}

/** A merge base; undefined if there is none; `several` if only git can choose it. */
export type MergeBase = Oid | 'several' | undefined;

/** Of each tip with `main`, given the walk of the tips without the commits of `main`. */
export function mergeBasesOf(walk: readonly Ancestry[], tips: Iterable<Oid>): ReadonlyMap<Oid, MergeBase> {
  const bases = new Map<Oid, MergeBase>();
  const walked = new Set(walk.map(({ oid }) => oid));
  for (const { oid, parents } of [...walk].reverse()) {
    const near = new Set(parents.map((parent) => (walked.has(parent) ? bases.get(parent) : parent)));
    near.delete(undefined);
    bases.set(oid, near.size > 1 ? 'several' : [...near][0]);
  }
  // A commit that the walk lacks is one of main's.
  return new Map([...tips].map((tip) => [tip, walked.has(tip) ? bases.get(tip) : tip]));
}
