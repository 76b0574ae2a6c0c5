// Finds near-copies: texts that are kept in step by hand, and the rule that would do it.

import { readHistory } from '../git/history.js';
import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import { readShallow } from '../git/range.js';
import type { Repository } from '../git/repository.js';
import { readTreeFiles } from '../git/tree-files.js';
import type { Rules } from '../rules/types.js';
import { knownSides, linkDeclared } from './find-copies.js';
import { Links } from './links.js';
import { readNearFiles } from './near-files.js';
import { pairGroup } from './near-pairs.js';
import { NearPast } from './near-past.js';
import { proposeNear, type RankedPair } from './near-propose.js';
import { NearTexts } from './near-texts.js';
import type { NearCopy, NearLeftOut, NearPair, NearText } from './near-types.js';

/** Pairs for which a rule is looked for. */
const MOST_TRIED = 100;
/** The same among those that never took the same edit. */
const MOST_TRIED_UNKEPT = 40;

export interface NearSearch {
  readonly commit: Oid;
  readonly tree: Oid;
  readonly rules: Rules | undefined;
  /** The manifest's text, and whether fixes copy from a to b. */
  readonly source: string;
  readonly forward: boolean;
  /** The number of commits to read along first parents. */
  readonly history: number;
  readonly onCommit: () => void;
}

/** Likely ones first, then by how often both took the same edit. */
export async function findNear(
  { repository, objects }: { readonly repository: Repository; readonly objects: ObjectReader },
  search: NearSearch,
): Promise<{ readonly copies: readonly NearCopy[]; readonly leftOut: NearLeftOut }> {
  const files = await readTreeFiles(repository.git, search.tree);
  const { groups, skipped } = await readNearFiles(objects, files);
  const links = new Links();
  if (search.rules)
    linkDeclared(
      files.map(({ path }) => path),
      search.rules,
      links,
    );
  for (const group of groups) linkEqual(group, links);
  const found = groups.map(pairGroup);
  const pairs = found.flatMap((each) => each.pairs).filter(({ one, other }) => !links.areLinked(one.path, other.path));
  const past = await readPast(repository, pairs, search);
  const texts = new NearTexts(objects);
  const ranked = await rank(pairs, past, texts);
  const ground = { texts, past, known: knownSides(search.rules, search.forward), source: search.source };
  const { copies, untried } = await proposeAll(ranked, links, (pair) => proposeNear(ground, pair));
  const left = found.reduce((sum, each) => sum + each.skipped, untried);
  return { copies, leftOut: { files: skipped, pairs: left } };
}

/** Equal files are not near: `discover` finds them, and one of them stands for all. */
function linkEqual(group: readonly NearText[], links: Links): void {
  const first = new Map<Oid, NearText>();
  for (const text of group) {
    const known = first.get(text.oid);
    if (known) links.link(known.path, text.path);
    else first.set(text.oid, text);
  }
}

async function readPast(repository: Repository, pairs: readonly NearPair[], search: NearSearch): Promise<NearPast> {
  const past = new NearPast(pairs.flatMap(({ one, other }) => [one.path, other.path]));
  if (pairs.length === 0 || search.history === 0) return past;
  const shallow = readShallow(repository);
  const part = { skip: 0, count: search.history };
  for await (const commit of readHistory(repository.git, {
    tip: search.commit,
    excluded: [],
    firstParent: true,
    part,
  })) {
    if (!shallow.has(commit.oid)) past.take(commit);
    search.onCommit();
  }
  return past;
}

async function rank(pairs: readonly NearPair[], past: NearPast, texts: NearTexts): Promise<readonly RankedPair[]> {
  const ranked: RankedPair[] = [];
  for (const pair of pairs) ranked.push({ ...pair, kept: await past.countKept(pair, texts) });
  return ranked.sort(
    (one, other) => other.kept - one.kept || other.alike - one.alike || (one.one.path < other.one.path ? -1 : 1),
  );
}

/** Each file is linked to those before it once. */
async function proposeAll(
  ranked: readonly RankedPair[],
  links: Links,
  propose: (pair: RankedPair) => Promise<NearCopy | undefined>,
): Promise<{ readonly copies: readonly NearCopy[]; readonly untried: number }> {
  const copies: NearCopy[] = [];
  let [tried, unkept, untried] = [0, 0, 0];
  for (const pair of ranked) {
    if (links.areLinked(pair.one.path, pair.other.path)) continue;
    if (tried >= MOST_TRIED || (pair.kept === 0 && unkept >= MOST_TRIED_UNKEPT)) {
      untried += 1;
      continue;
    }
    tried += 1;
    if (pair.kept === 0) unkept += 1;
    const copy = await propose(pair);
    if (!copy) continue;
    links.link(pair.one.path, pair.other.path);
    copies.push(copy);
  }
  return { copies: [...copies.filter(({ likely }) => likely), ...copies.filter(({ likely }) => !likely)], untried };
}
