// Discovery: the copies in one commit that no pair declares, with what history knows of them.

import { LIMITS, type Limits } from './discover/limits.js';
import { Links } from './discover/links.js';
import { Past } from './discover/past.js';
import { propose } from './discover/propose.js';
import { CopyTree, isCandidate } from './discover/tree.js';
import type { Proposal } from './discover/types.js';
import { readHistory } from './git/history.js';
import type { ObjectReader } from './git/objects.js';
import type { Oid } from './git/oid.js';
import type { RepoPath } from './git/path.js';
import { readShallow } from './git/range.js';
import type { Repository } from './git/repository.js';
import { readTreeFiles, type TreeFile } from './git/tree-files.js';
import { placeOf } from './manifest/sides.js';
import type { PairIndex } from './pairs/types.js';

export interface Search {
  readonly commit: Oid;
  readonly tree: Oid;
  /** What is declared; undefined without a manifest. */
  readonly index: PairIndex | undefined;
  /** How many commits are read, along first parents. */
  readonly history: number;
  readonly limits?: Limits;
  /** Called after each commit. */
  readonly onCommit?: () => void;
}

export async function findCopies(
  { repository, objects }: { readonly repository: Repository; readonly objects: ObjectReader },
  search: Search,
): Promise<readonly Proposal[]> {
  const files = await readTreeFiles(repository.git, search.tree);
  const sizes = new Map<Oid, number>();
  const candidates = files.filter(isCandidate);
  await readSizes(objects, repeatedIn(candidates), sizes);
  const tree = new CopyTree(files, candidates, sizes);
  const past = search.history > 0 ? await readPast(repository, tree, search) : undefined;
  await readSizes(
    objects,
    [...(past?.onceEqual ?? [])].flat().map(({ oid }) => oid),
    sizes,
  );
  const links = new Links();
  if (search.index) linkDeclared(tree.files.keys(), search.index, links);
  return propose({ tree, past, links, known: knownSides(search.index), limits: search.limits ?? LIMITS });
}

/** What occurs twice; nothing else can be a copy as it stands. */
function repeatedIn(files: readonly TreeFile[]): readonly Oid[] {
  const counts = new Map<Oid, number>();
  for (const { oid } of files) counts.set(oid, (counts.get(oid) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 1).map(([oid]) => oid);
}

/** An object that is not here has no size that could speak for it or against it. */
async function readSizes(objects: ObjectReader, oids: readonly Oid[], sizes: Map<Oid, number>): Promise<void> {
  const unknown = [...new Set(oids)].filter((oid) => !sizes.has(oid));
  for (const object of await Promise.all(unknown.map((oid) => objects.info(oid)))) {
    if (object) sizes.set(object.oid, object.size);
  }
}

async function readPast(repository: Repository, tree: CopyTree, search: Search): Promise<Past> {
  const past = new Past(tree);
  const shallow = readShallow(repository);
  const walk = { tip: search.commit, excluded: [], firstParent: true, part: { skip: 0, count: search.history } };
  for await (const commit of readHistory(repository.git, walk)) {
    if (!shallow.has(commit.oid)) past.take(commit);
    search.onCommit?.();
  }
  return past;
}

/** Links what the manifest pairs, whether equal or not. */
export function linkDeclared(paths: Iterable<RepoPath>, index: PairIndex, links: Links): void {
  for (const path of paths) {
    for (const membership of index.lookUp(path)) {
      // A fan-out's source is linked from its copies.
      if (membership.rule.shape === 'fanout' && membership.side === 'a') continue;
      const pair = index.pairOf(membership);
      if (pair?.a && pair.b) links.link(pair.a, pair.b);
    }
  }
}

function knownSides(index: PairIndex | undefined) {
  const firsts = (side: 'a' | 'b') =>
    new Set((index?.rules ?? []).map((rule) => placeOf(rule[side])[0]).filter((first) => typeof first === 'string'));
  return { a: firsts('a'), b: firsts('b') };
}
