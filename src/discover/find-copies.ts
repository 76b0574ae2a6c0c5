// Discovery: finds undeclared copies in one commit, and their history.

import { readHistory } from '../git/history.js';
import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import { type RepoPath, textOf } from '../git/path.js';
import { readShallow } from '../git/range.js';
import type { Repository } from '../git/repository.js';
import { readTreeFiles, type TreeFile } from '../git/tree-files.js';
import { placeOf } from '../manifest/sides.js';
import type { Rules } from '../rules/types.js';
import { TreeSnapshot } from '../snapshot/tree.js';
import type { Snapshot } from '../snapshot/types.js';
import { Chooser } from './choose.js';
import type { CopyEvidence } from './contents.js';
import { LIMITS, type Limits } from './limits.js';
import { Links } from './links.js';
import type { KnownSides } from './orient.js';
import { CopyPast } from './past.js';
import { draftAll } from './propose.js';
import { proveDraft } from './prove-copies.js';
import { isNoise, type Rating, rate } from './rate.js';
import type { Settled } from './settle.js';
import { CopyTree, isCandidate } from './tree.js';
import type { Draft, Proposal } from './types.js';

export interface Search {
  readonly commit: Oid;
  readonly tree: Oid;
  /** The declared rules; undefined without a manifest. */
  readonly declared: { readonly rules: Rules; readonly source: string } | undefined;
  /** The number of commits to read along first parents. */
  readonly history: number;
  readonly limits?: Limits;
  /** Called after each commit. */
  readonly onCommit?: () => void;
}

/** Likely proposals first, best first. */
export async function findCopies(
  { repository, objects }: { readonly repository: Repository; readonly objects: ObjectReader },
  search: Search,
): Promise<readonly Proposal[]> {
  const evidence = await readEvidence(repository, objects, search);
  const rules = search.declared?.rules;
  const links = new Links();
  if (rules) linkDeclared(evidence.tree.files.keys(), rules, links);
  const chooser = new Chooser(search.declared?.source, links);
  const finder = new Finder(evidence, chooser, new TreeSnapshot(objects, search.tree));
  await finder.find(draftAll({ evidence, known: knownSides(rules, chooser.forward) }));
  return [...finder.proposals].sort((one, other) => other.score - one.score);
}

interface Proven {
  readonly draft: Draft;
  readonly settled: Settled;
  readonly rating: Rating;
}

/** More unlikely proposals do not help. */
const MOST_UNLIKELY = 50;

/** Takes likely proposals first, so that unlikely ones never block them. */
class Finder {
  readonly proposals: Proposal[] = [];
  readonly #evidence: CopyEvidence;
  readonly #chooser: Chooser;
  readonly #snapshot: Snapshot;
  readonly #unlikely: Proven[] = [];
  readonly #noise: Draft[] = [];

  constructor(evidence: CopyEvidence, chooser: Chooser, snapshot: Snapshot) {
    this.#evidence = evidence;
    this.#chooser = chooser;
    this.#snapshot = snapshot;
  }

  async find(drafts: readonly Draft[]): Promise<void> {
    for (const draft of drafts) await this.#try(draft);
    const most = this.proposals.length + MOST_UNLIKELY;
    for (const proven of this.#unlikely) if (this.proposals.length < most) this.#choose(proven);
    for (const draft of this.#noise) {
      if (this.proposals.length >= most) return;
      const proven = this.#chooser.isNew(draft.mapped) ? await this.#prove(draft) : undefined;
      if (proven) this.#choose(proven);
    }
  }

  async #try(draft: Draft): Promise<void> {
    if (isNoise(draft.mapped)) this.#noise.push(draft);
    if (isNoise(draft.mapped) || !this.#chooser.isNew(draft.mapped)) return;
    const proven = await this.#prove(draft);
    if (proven && !proven.rating.likely) this.#unlikely.push(proven);
    if (proven && (!proven.rating.likely || this.#choose(proven))) return;
    for (const part of draft.parts()) await this.#try(part);
  }

  async #prove(draft: Draft): Promise<Proven | undefined> {
    const settled = await proveDraft(this.#evidence, draft, this.#snapshot);
    return settled && { draft, settled, rating: rate(this.#evidence, draft, settled) };
  }

  #choose({ draft, settled: all, rating }: Proven): boolean {
    const choice = this.#chooser.take(draft, all);
    if (!choice) return false;
    const { settled, turned, refused } = choice;
    // If the manifest rejects a draft, it may accept parts of it.
    if (refused && rating.likely && draft.parts().length > 0) return false;
    const rated = refused || settled.pairs.length === all.pairs.length ? rating : rate(this.#evidence, draft, settled);
    const proposal = propose(draft, settled, refused ? { ...rated, likely: false, score: 0 } : rated);
    this.proposals.push(turned ? turnRound(proposal) : proposal);
    return true;
  }
}

async function readEvidence(repository: Repository, objects: ObjectReader, search: Search): Promise<CopyEvidence> {
  const files = await readTreeFiles(repository.git, search.tree);
  const sizes = new Map<Oid, number>();
  const candidates = files.filter(isCandidate);
  await readSizes(objects, repeatedIn(candidates), sizes);
  const tree = new CopyTree(files, candidates, sizes);
  const past = search.history > 0 ? await readPast(repository, tree, search) : undefined;
  const stepped = past?.findStepped() ?? [];
  await readSizes(
    objects,
    stepped.flat().map(({ oid }) => oid),
    sizes,
  );
  return { tree, past, limits: search.limits ?? LIMITS };
}

/** Contents that occur twice; no other file can be a copy now. */
function repeatedIn(files: readonly TreeFile[]): readonly Oid[] {
  const counts = new Map<Oid, number>();
  for (const { oid } of files) counts.set(oid, (counts.get(oid) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 1).map(([oid]) => oid);
}

/** A missing object has no size, so size does not decide about it. */
async function readSizes(objects: ObjectReader, oids: readonly Oid[], sizes: Map<Oid, number>): Promise<void> {
  const unknown = [...new Set(oids)].filter((oid) => !sizes.has(oid));
  for (const object of await Promise.all(unknown.map((oid) => objects.info(oid)))) {
    if (object) sizes.set(object.oid, object.size);
  }
}

async function readPast(repository: Repository, tree: CopyTree, search: Search): Promise<CopyPast> {
  const past = new CopyPast(tree);
  const shallow = readShallow(repository);
  const walk = { tip: search.commit, excluded: [], firstParent: true, part: { skip: 0, count: search.history } };
  for await (const commit of readHistory(repository.git, walk)) {
    if (!shallow.has(commit.oid)) past.take(commit);
    search.onCommit?.();
  }
  return past;
}

function propose({ kind, basis, aliases }: Draft, settled: Settled, rating: Rating): Proposal {
  const paths = (rows: readonly { readonly a: RepoPath; readonly b: RepoPath }[]) =>
    rows.map(({ a, b }) => [textOf(a), textOf(b)] as const);
  return {
    kind,
    basis,
    pairs: settled.pairs,
    aliases,
    onlyA: settled.alone.flatMap(({ side, path }) => (side === 'a' ? [textOf(path)] : [])),
    onlyB: settled.alone.flatMap(({ side, path }) => (side === 'b' ? [textOf(path)] : [])),
    identical: settled.equal.length,
    drifted: paths(settled.drifted),
    different: paths(settled.excluded.filter(({ relation }) => relation === 'different')),
    apart: paths(settled.excluded.filter(({ relation }) => relation !== 'different')),
    ...rating,
  };
}

function turnRound(proposal: Proposal): Proposal {
  const turn = (pairs: readonly (readonly [string, string])[]) => pairs.map(([a, b]) => [b, a] as const);
  return {
    ...proposal,
    basis: 'declared',
    pairs: proposal.pairs.map(({ a, b, exclude }) => ({ a: b, b: a, exclude })),
    aliases: turn(proposal.aliases),
    drifted: turn(proposal.drifted),
    different: turn(proposal.different),
    apart: turn(proposal.apart),
    onlyA: proposal.onlyB,
    onlyB: proposal.onlyA,
  };
}

/** Links the paths that the manifest pairs, equal or not. */
export function linkDeclared(paths: Iterable<RepoPath>, rules: Rules, links: Links): void {
  for (const path of paths) {
    for (const membership of rules.lookUp(path)) {
      // A fan-out's source is linked from its copies.
      if (membership.rule.shape === 'fanout' && membership.side === 'a') continue;
      const pair = rules.pairOf(membership);
      if (pair?.a && pair.b) links.link(pair.a, pair.b);
    }
  }
}

export function knownSides(rules: Rules | undefined, forward: boolean): KnownSides {
  const firsts = (side: 'a' | 'b') =>
    new Set((rules?.all ?? []).map((rule) => placeOf(rule[side])[0]).filter((first) => typeof first === 'string'));
  return { a: firsts('a'), b: firsts('b'), forward };
}
