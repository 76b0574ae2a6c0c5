// Puts the proposals in order, and turns each into what the manifest would say.

import { below, joinPath, type RepoPath, textOf } from '../git/path.js';
import { isAccepted } from './accepted.js';
import { type Contents, type DirectoryPair, findDirectories, readContents } from './directories.js';
import { type FanOut, findFanOuts } from './fan-outs.js';
import type { Limits } from './limits.js';
import type { Links } from './links.js';
import { areTwinNames, areVersionSiblings, isTrial } from './noise.js';
import { orient } from './orient.js';
import type { Past } from './past.js';
import type { CopyTree } from './tree.js';
import { type Candidate, LIKELY, type Proposal, type Twins } from './types.js';
import { Votes } from './votes.js';

/** A proposal with fewer new links tells what is known already. */
const LEAST_NEW = 0.2;
const LARGEST_SET = 4;
/** So many commits in which both moved are no accident. */
const OFTEN = 2;

interface Sources {
  readonly tree: CopyTree;
  /** Undefined where history was not read. */
  readonly past: Past | undefined;
  /** Holds what the manifest declares; takes what is proposed. */
  readonly links: Links;
  /** The first segments of the declared a sides and b sides. */
  readonly known: { readonly a: ReadonlySet<string>; readonly b: ReadonlySet<string> };
  readonly limits: Limits;
}

/** The proposals, the best first. */
export function propose(sources: Sources): readonly Proposal[] {
  const { tree, limits } = sources;
  const fanOuts = [...findFanOuts(tree, limits)].sort((one, other) => other.copies.length - one.copies.length);
  const directories = findDirectories(tree, collectVotes(sources, fanOuts));
  const proposals = [
    ...fanOuts.filter(({ overVersions }) => !overVersions).flatMap((each) => proposeFanOut(sources, each)),
    ...directories.flatMap((each) => proposeDirectories(sources, each)),
    ...fanOuts.filter(({ overVersions }) => overVersions).flatMap((each) => proposeFanOut(sources, each)),
    ...proposeFiles(sources),
  ];
  return proposals.sort((one, other) => other.score - one.score);
}

function collectVotes({ tree, past, limits }: Sources, fanOuts: readonly FanOut[]) {
  const instances = new Map(fanOuts.flatMap((fanOut) => fanOut.copies.map((copy) => [copy, fanOut] as const)));
  const areOfOne = ([one, other]: Twins) => instances.has(one) && instances.get(one) === instances.get(other);
  const votes = new Votes();
  for (const group of tree.groups) {
    if (group.length > limits.largestGroup || (group[0]?.size ?? 0) < limits.smallest) continue;
    for (const twins of pairsIn(group)) if (!areOfOne(twins)) votes.add(twins);
  }
  for (const twins of past?.onceEqual ?? []) if (!areOfOne(twins)) votes.add(twins);
  for (const { commit, files } of past?.together ?? []) {
    if (files.length <= limits.largestGroup) for (const twins of pairsIn(files)) votes.addKept(twins, commit);
  }
  return votes.outermost;
}

function* pairsIn(group: readonly Candidate[]): Generator<Twins> {
  for (const [at, one] of group.entries()) for (const other of group.slice(at + 1)) yield [one, other];
}

/** In how many commits two or more of these moved together. */
function keptAmong(past: Past | undefined, paths: ReadonlySet<RepoPath>): number {
  const moved = past?.together.filter(({ files }) => files.filter(({ path }) => paths.has(path)).length > 1) ?? [];
  return new Set(moved.map(({ commit }) => commit)).size;
}

function proposeFanOut({ tree, past, links }: Sources, fanOut: FanOut): readonly Proposal[] {
  const { copies, pattern, outside, share, overVersions } = fanOut;
  const names = ['{name}', '{part}'];
  const b = textOf(pattern.map((segment) => segment ?? names.shift() ?? '').join('/') as RepoPath);
  const source = outside.find(({ path }) => isAccepted(textOf(path), b));
  const from = source ?? copies[0];
  if (!from || !isAccepted(textOf(from.path), b)) return [];
  const others = copies.filter((copy) => copy !== from);
  const mapped = others.map(({ path }) => [from.path, path] as const);
  if (!links.linkIfNew(mapped, LEAST_NEW)) return [];
  const kept = keptAmong(past, new Set([from.path, ...copies.map(({ path }) => path)]));
  const fixed = pattern.filter((segment) => segment !== null).join('/');
  const score = copies.length * share * (source ? 1 : 0.5);
  const drifted = driftedCopies(tree, past, fanOut, from);
  return [
    rated(
      {
        kind: 'fan-out',
        pairs: [{ a: textOf(from.path), b }],
        ...NOTHING_MORE,
        identical: others.length,
        drifted,
        kept,
      },
      score * weight(overVersions, isTrial(fixed)),
    ),
  ];
}

const NOTHING_MORE = { exclude: [], aliases: [], onlyA: [], onlyB: [] };

/** What matches the pattern and was equal to a copy once. */
function driftedCopies(tree: CopyTree, past: Past | undefined, { pattern }: FanOut, from: Candidate) {
  if (!past) return [];
  const matches = ({ segments }: Candidate) =>
    segments.length === pattern.length && pattern.every((segment, at) => segment === null || segment === segments[at]);
  return [...tree.candidates.values()]
    .filter((each) => each.oid !== from.oid && matches(each) && past.wereEqual(each.path, from.path))
    .map(({ path }) => [textOf(from.path), textOf(path)] as const);
}

function proposeDirectories({ tree, past, links, known }: Sources, pair: DirectoryPair): readonly Proposal[] {
  const [a, b] = orient(pair.a, pair.b, known);
  if (!isAccepted(textOf(a), textOf(b))) return [];
  const contents = readContents(tree, { a, b }, (one, other) => past?.wereEqual(one, other) ?? false);
  const mapped = [...contents.equal, ...contents.drifted].map(
    (name) => [joinPath(a, name), joinPath(b, name)] as const,
  );
  if (!links.linkIfNew(mapped, LEAST_NEW)) return [];
  for (const [one, other] of contents.moved) links.link(joinPath(a, one), joinPath(b, other));
  const siblings = areVersionSiblings(a, b);
  const trial = isTrial(a) || isTrial(b);
  return [
    rated({ ...describe(a, b, contents), kept: pair.kept }, pair.evidence * pair.share * weight(siblings, trial)),
  ];
}

function describe(a: RepoPath, b: RepoPath, contents: Contents): Omit<Proposal, 'kept' | 'score' | 'likely'> {
  const under = (side: RepoPath, names: readonly RepoPath[]) => names.map((name) => textOf(joinPath(side, name)));
  return {
    kind: 'directories',
    pairs: [{ a: textOf(a), b: textOf(b) }],
    exclude: contents.different.map(textOf),
    aliases: contents.renamed.map(([one, other]) => [textOf(joinPath(a, one)), textOf(joinPath(b, other))] as const),
    onlyA: under(a, contents.onlyA),
    onlyB: under(b, contents.onlyB),
    identical: contents.equal.length + contents.moved.length,
    drifted: contents.drifted.map((name) => [textOf(joinPath(a, name)), textOf(joinPath(b, name))] as const),
  };
}

/** What no directory and no fan-out explains: small sets of equal files, and files that were equal once. */
function proposeFiles(sources: Sources): readonly Proposal[] {
  const { tree, past, links, limits } = sources;
  const sets = tree.groups.filter(
    (group) => group.length <= LARGEST_SET && (group[0]?.size ?? 0) >= limits.smallestAlone,
  );
  const drifted = [...(past?.onceEqual ?? [])].filter(
    (twins) => Math.min(...twins.map(({ size }) => size)) >= limits.smallestAlone && wereCopies(past, twins),
  );
  return [...sets, ...drifted].flatMap((set) => {
    const [first, ...others] = [...set].sort((one, other) => byOrder(sources, one, other));
    const isLoose = (source: Candidate) => (other: Candidate) =>
      !links.areLinked(source.path, other.path) && isAccepted(textOf(source.path), textOf(other.path));
    const loose = first ? others.filter(isLoose(first)) : [];
    if (!first || loose.length === 0) return [];
    for (const other of loose) links.link(first.path, other.path);
    return [proposeSet(sources, first, loose)];
  });
}

/** Two files that were equal for a moment prove nothing; that they were kept equal, or are named for it, does. */
function wereCopies(past: Past | undefined, [one, other]: Twins): boolean {
  const kept = keptAmong(past, new Set([one.path, other.path]));
  return kept >= OFTEN || areTwinNames(one.segments.at(-1) ?? '', other.segments.at(-1) ?? '');
}

function byOrder({ known }: Sources, one: Candidate, other: Candidate): number {
  if (below(one.path, other.path) !== undefined || below(other.path, one.path) !== undefined) return 0;
  return orient(one.path, other.path, known)[0] === one.path ? -1 : 1;
}

function proposeSet({ past, limits }: Sources, source: Candidate, copies: readonly Candidate[]): Proposal {
  const all = [source, ...copies];
  const best = Math.max(...copies.map((copy) => nameScore(source, copy)));
  const size = Math.min(...all.map((each) => each.size));
  const siblings = copies.every((copy) => areVersionSiblings(source.path, copy.path));
  const trial = all.some(({ path }) => isTrial(path));
  const apart = copies.filter(({ oid }) => oid !== source.oid);
  return rated(
    {
      kind: 'files',
      pairs: copies.map((copy) => ({ a: textOf(source.path), b: textOf(copy.path) })),
      ...NOTHING_MORE,
      identical: copies.length - apart.length,
      drifted: apart.map((copy) => [textOf(source.path), textOf(copy.path)] as const),
      kept: keptAmong(past, new Set(all.map(({ path }) => path))),
    },
    best * (size < limits.half ? 0.5 : 1) * weight(siblings, trial),
  );
}

function nameScore(one: Candidate, other: Candidate): number {
  const [a = '', b = ''] = [one.segments.at(-1), other.segments.at(-1)];
  if (areTwinNames(a, b)) return 2;
  return a === b ? 1 : 0.3;
}

function weight(siblings: boolean, trial: boolean): number {
  return (siblings ? 0.1 : 1) * (trial ? 0.2 : 1);
}

function rated(proposal: Omit<Proposal, 'score' | 'likely'>, base: number): Proposal {
  const score = Math.round(base * (1 + Math.min(3, proposal.kept)) * 100) / 100;
  return { ...proposal, score, likely: score >= LIKELY };
}
