// Walks back through history with all pairs at once, until each was last equal.

import { posix } from 'node:path';
import { ABSENT } from '../git/entry.js';
import { type Commit, readHistory } from '../git/history.js';
import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import { parentOf, type RepoPath } from '../git/path.js';
import { readShallow } from '../git/range.js';
import type { RawChange } from '../git/records.js';
import type { Repository } from '../git/repository.js';
import { isOutside } from '../manifest/outside.js';
import { entryOf } from '../snapshot/entry.js';
import { noteAgreed } from './agreed.js';
import { asCompared } from './compared.js';
import type { Held, PairHistory, SideHistory } from './pair-history.js';
import { type RenameSources, renameSourcesIn } from './rename-sources.js';
import type { Happening } from './types.js';

interface Place {
  readonly repository: Repository;
  readonly objects: ObjectReader;
}

/** One side of a pair during the walk. */
interface Walker {
  readonly pair: PairHistory;
  readonly side: SideHistory;
  /** The declared directory of this side. */
  readonly root: RepoPath;
}

/**
 * Walks back from the commit, until every pair is settled or `limit` commits were read; in the
 * latter case returns true if there is more history.
 */
export async function walkBack(
  place: Place,
  tip: Oid,
  pairs: readonly PairHistory[],
  limit: number | undefined,
): Promise<boolean> {
  const walk = new BackwardWalk(place, pairs);
  if (walk.done) return false;
  const bound = limit === undefined ? {} : { part: { skip: 0, count: limit + 1 } };
  const shallow = readShallow(place.repository);
  let read = 0;
  for await (const commit of readHistory(place.repository.git, { tip, excluded: [], firstParent: true, ...bound })) {
    if (read === limit) return true;
    if (shallow.has(commit.oid)) {
      walk.endHere();
      return false;
    }
    read += 1;
    await walk.goBack(commit, read);
    if (walk.done) return false;
  }
  return false;
}

class BackwardWalk {
  readonly #place: Place;
  readonly #open: Set<PairHistory>;
  readonly #byPath = new Map<RepoPath, Set<Walker>>();

  constructor(place: Place, pairs: readonly PairHistory[]) {
    this.#place = place;
    this.#open = new Set(pairs.filter((pair) => !pair.settled));
    for (const pair of this.#open) {
      const { rootA, rootB } = pair.verdict.pair;
      this.#add({ pair, side: pair.a, root: rootA });
      this.#add({ pair, side: pair.b, root: rootB });
    }
  }

  get done(): boolean {
    return this.#open.size === 0;
  }

  /** No commit contains an outside file, even if names match. */
  /** A shallow clone ends here: neither this commit's changes nor older ones are known. */
  endHere(): void {
    for (const pair of this.#open) pair.shallow = true;
  }

  #add(walker: Walker): void {
    const { path } = walker.side;
    if (isOutside(path)) return;
    this.#byPath.set(path, (this.#byPath.get(path) ?? new Set()).add(walker));
  }

  async goBack(commit: Commit, position: number): Promise<void> {
    this.#cutBelowGitlinks(commit);
    const met = commit.changes.flatMap((change) =>
      [...(this.#byPath.get(change.path) ?? [])].map((walker) => ({ walker, change })),
    );
    if (commit.parents.length > 1) for (const pair of this.#open) pair.passedMerge = true;
    if (met.length === 0) return;
    const { oid, author, time } = commit;
    const what: Happening = { kind: 'commit', oid, author, time };
    const sources = renameSourcesIn(this.#place.repository.git, commit);
    // Look up all old names before moving anything: one side's old name may be another's new one.
    const moves = await Promise.all(
      met.map(async (each) => ({ ...each, ...(await this.#before(each, commit, sources)) })),
    );
    for (const { walker } of moves) this.#byPath.get(walker.side.path)?.delete(walker);
    for (const { walker, path, held } of moves) {
      walker.side.goBack(held, path, what, position);
      this.#add(walker);
    }
    for (const pair of new Set(moves.map(({ walker }) => walker.pair))) {
      pair.look(what, commit.parents[0]);
      await noteAgreed(this.#place.objects, pair);
      if (pair.settled) this.#leave(pair);
    }
  }

  /** The stream shows nothing below a gitlink, so that side's walk ends where the gitlink moves. */
  #cutBelowGitlinks({ changes }: Commit): void {
    const moved = changes.filter(({ before, after }) => isGitlink(before) || isGitlink(after));
    for (const { path: gitlink } of moved) {
      for (const pair of this.#open) {
        if (![pair.a, pair.b].some(({ path }) => path.startsWith(`${gitlink}/`))) continue;
        pair.cut = true;
        this.#leave(pair);
      }
    }
  }

  #leave(pair: PairHistory): void {
    this.#open.delete(pair);
    for (const side of [pair.a, pair.b]) {
      for (const walker of this.#byPath.get(side.path) ?? []) {
        if (walker.pair === pair) this.#byPath.get(side.path)?.delete(walker);
      }
    }
  }

  async #before(
    { walker, change }: { walker: Walker; change: RawChange },
    commit: Commit,
    sources: RenameSources,
  ): Promise<{ path: RepoPath; held: Held }> {
    const { path } = change;
    const entry = entryOf(change.before);
    if (entry.kind !== 'absent') return { path, held: await this.#held(walker, path, change) };
    const through = commit.changes.find(({ path: above, before }) => isLink(before) && path.startsWith(`${above}/`));
    if (through) return { path, held: await this.#through(path, through) };
    const source = await sources.source(change, walker.root);
    // Without a source the name stays: the file may have existed earlier.
    return source
      ? { path: source.path, held: await this.#held(walker, source.path, source) }
      : { path, held: { entry: ABSENT } };
  }

  async #held({ pair, side }: Walker, path: RepoPath, { before }: RawChange): Promise<Held> {
    const entry = await asCompared(this.#place.objects, pair, side, entryOf(before));
    return entry.kind === 'link' ? { entry, landing: landingOf(path, await this.#readLink(before)) } : { entry };
  }

  /** A directory above the path was a symlink. */
  async #through(path: RepoPath, { path: link, before }: RawChange): Promise<Held> {
    const directory = landingOf(link, await this.#readLink(before));
    return { entry: ABSENT, landing: directory && (`${directory}${path.slice(link.length)}` as RepoPath) };
  }

  async #readLink({ oid }: RawChange['before']): Promise<string> {
    return (await this.#place.objects.contents(oid))?.content.toString('latin1') ?? '';
  }
}

function isLink({ mode }: RawChange['before']): boolean {
  return mode.startsWith('120');
}

function isGitlink({ mode }: RawChange['before']): boolean {
  return mode.startsWith('160');
}

/**
 * The target of a symlink inside the repository, from its text alone; undefined if it is outside.
 */
export function landingOf(path: RepoPath, target: string): RepoPath | undefined {
  if (target === '' || target.startsWith('/')) return undefined;
  const landing = posix.normalize(posix.join(parentOf(path), target)).replace(/\/$/, '');
  return landing === '..' || landing.startsWith('../') ? undefined : (landing as RepoPath);
}
