// Which side is stale: the earlier content of both sides of every pair that differs, from one walk
// through history.

import type { Entry } from '../git/entry.js';
import { type HistoryWalk, readHistory } from '../git/history.js';
import { mergeFile } from '../git/merge-file.js';
import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import { type RepoPath, textOf } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import type { Verdict } from '../judge/types.js';
import type { Side } from '../manifest/types.js';
import { identityOf } from '../rules/identity.js';
import { readContent, readSize } from '../snapshot/content.js';
import { entryOf } from '../snapshot/entry.js';
import { decideAgreed } from './agreed.js';
import { comparedContent, readComparedText } from './compared.js';
import { decideStale, type Questions } from './decide-stale.js';
import { contentOf, PairHistory, type SideHistory } from './pair-history.js';
import type { Base, Provenance, Provenances } from './types.js';
import { goBackToCommit, type Uncommitted } from './uncommitted.js';
import { walkBack } from './walk.js';

interface Place {
  readonly repository: Repository;
  readonly objects: ObjectReader;
}

export interface HistoryOptions {
  /** The judged commit, or the one below the judged state; undefined before the first commit. */
  readonly tip: Oid | undefined;
  /** The judged state on top of that commit, if it is not the commit itself. */
  readonly uncommitted?: Uncommitted | undefined;
  /** The maximum number of commits to read, so that hooks stay fast. */
  readonly limit?: number;
}

/**
 * The provenance of each pair; none for pairs with an unnamed side or entirely outside. Of an
 * outside file only the present content is known, which the other side may have had earlier.
 * @throws Fault `git` if the history cannot be read.
 */
export async function readProvenance(
  place: Place,
  verdicts: readonly Verdict[],
  options: HistoryOptions,
): Promise<Provenances> {
  const histories = verdicts.flatMap(historyOf);
  const { tip, uncommitted } = options;
  if (uncommitted) await goBackToCommit(place, tip, uncommitted, histories);
  const more = tip !== undefined && (await walkBack(place, tip, histories, options.limit));
  const ask = questionsTo(place, histories, options);
  const provenances = new Map<string, Provenance>();
  for (const history of histories) {
    const agreed = decideAgreed(history);
    const decided = agreed ?? (await decideStale(history, ask, more ? options.limit : undefined));
    provenances.set(identityOf(history.verdict.pair), decided);
  }
  return provenances;
}

function historyOf(verdict: Verdict): PairHistory[] {
  const { a, b, rule } = verdict.pair;
  if (a === null || b === null || (rule.a.outside && rule.b.outside)) return [];
  return [new PairHistory(verdict, a, b)];
}

function questionsTo(place: Place, histories: readonly PairHistory[], { tip, limit }: HistoryOptions): Questions {
  const names = new Set(histories.flatMap(({ a, b }) => [...a.names, ...b.names]));
  const branches = new Map<Oid, Promise<BranchHistory>>();
  return {
    merge: (pair, base) => mergeSides(place, pair, base),
    smaller: (pair) => readSmaller(place, pair),
    branches: async (pair, since) => {
      if (tip === undefined) return [];
      const part = limit === undefined ? {} : { part: { skip: 0, count: limit } };
      const walk = { tip, excluded: [since], firstParent: false, ...part };
      const known = branches.get(since) ?? readBranches(place, walk, names);
      branches.set(since, known);
      const history = await known;
      const held = (side: SideHistory, other: SideHistory) =>
        [...side.names].some((name) => history.get(name)?.has(contentOf(other.now) ?? ''));
      return [...(held(pair.b, pair.a) ? (['a'] as const) : []), ...(held(pair.a, pair.b) ? (['b'] as const) : [])];
    },
  };
}

type BranchHistory = ReadonlyMap<RepoPath, ReadonlySet<string>>;

/** The contents under these names on any branch of the walk. */
async function readBranches(
  { repository }: Place,
  walk: HistoryWalk,
  names: ReadonlySet<RepoPath>,
): Promise<BranchHistory> {
  const held = new Map<RepoPath, Set<string>>();
  for await (const { changes } of readHistory(repository.git, walk)) {
    for (const { path, after } of changes) {
      const content = names.has(path) ? contentOf(entryOf(after)) : undefined;
      if (content !== undefined) held.set(path, (held.get(path) ?? new Set()).add(content));
    }
  }
  return held;
}

async function mergeSides(
  place: Place,
  pair: PairHistory,
  base: Base,
): Promise<{ clean: boolean; equals?: Side } | undefined> {
  const { a, b } = pair.verdict;
  if (base.kind !== 'file' || a.kind !== 'file' || b.kind !== 'file') return undefined;
  const readSide = async (side: Side, path: RepoPath, entry: Entry) => {
    const content = await readContent(place, path, entry);
    return content && comparedContent(pair, side, content);
  };
  const [pathA, pathB] = [pair.verdict.pair.a as RepoPath, pair.verdict.pair.b as RepoPath];
  const [ours, theirs] = [await readSide('a', pathA, a), await readSide('b', pathB, b)];
  const old = await readComparedText(place.objects, pair, base.oid);
  if (!ours || !theirs || !old) return undefined;
  const names = { ours: textOf(pathA), base: 'base', theirs: textOf(pathB) };
  const merged = await mergeFile(place.repository.git, { ours, base: old, theirs }, names);
  if (!merged?.clean) return { clean: false };
  const equals = merged.content.equals(ours) ? 'a' : merged.content.equals(theirs) ? 'b' : undefined;
  return { clean: true, ...(equals && { equals }) };
}

async function readSmaller(place: Place, { verdict }: PairHistory): Promise<Side | undefined> {
  const { pair, a, b } = verdict;
  const [sizeA, sizeB] = [await readSize(place, pair.a, a), await readSize(place, pair.b, b)];
  if (sizeA === undefined || sizeB === undefined || sizeA === sizeB) return undefined;
  return sizeA < sizeB ? 'a' : 'b';
}
