// Formats discovery's proposals: numbered text, or JSON.

import type { Proposal } from '../discover/types.js';
import { sayAlias, sayDrifted, sayEvidence, sayList, sayPair, saySource } from '../messages/discover.js';
import { buildHead, type ReportHead } from './report.js';

/** More names than this are only counted. */
const MOST_NAMES = 5;

/** One proposal: its pairs, the evidence, and its further declarations. */
export function formatProposal(number: number, proposal: Proposal): string[] {
  const { pairs, drifted, different, apart, aliases, onlyA, onlyB, basis } = proposal;
  const [first, ...rest] = pairs.map(({ a, b }) => sayPair(a, b));
  const head = `${number}`.padStart(2);
  return [
    `${head}  ${first}`,
    ...some(rest, (pair) => pair, 4),
    `      ${sayEvidence({ ...proposal, drifted: drifted.length, different: different.length, apart: apart.length })}`,
    ...some(drifted, ([a, b]) => sayDrifted(a, b)),
    ...some(aliases, ([a, b]) => sayAlias(a, b)),
    ...names('exclude', excludesOf(proposal)),
    ...names('only', [...onlyA, ...onlyB]),
    ...(basis === 'history' || basis === 'name' ? [`      ${saySource(basis)}`] : []),
  ];
}

function excludesOf({ pairs }: Proposal): readonly string[] {
  return [...new Set(pairs.flatMap(({ exclude }) => exclude))];
}

function some<Item>(items: readonly Item[], say: (item: Item) => string, indent = 6): string[] {
  const lead = ' '.repeat(indent);
  const lines = items.slice(0, MOST_NAMES).map((item) => lead + say(item));
  const more = items.length - MOST_NAMES;
  return more > 0 ? [...lines, `${lead}… and ${more} more`] : lines;
}

function names(word: 'exclude' | 'only', list: readonly string[]): string[] {
  if (list.length === 0) return [];
  return [`      ${sayList(word, list.slice(0, MOST_NAMES), Math.max(0, list.length - MOST_NAMES))}`];
}

/** Two paths, one of each side. */
interface JsonTwo {
  readonly a: string;
  readonly b: string;
}

/** `number` is the argument of --write. */
interface JsonProposal extends Pick<Proposal, 'kind' | 'likely' | 'score' | 'pairs' | 'identical' | 'kept' | 'basis'> {
  readonly number: number;
  readonly exclude: readonly string[];
  readonly aliases: readonly JsonTwo[];
  readonly only_a: readonly string[];
  readonly only_b: readonly string[];
  readonly drifted: readonly JsonTwo[];
  readonly different: readonly JsonTwo[];
  readonly apart: readonly JsonTwo[];
}

/** `discover --json`. */
export interface DiscoverReport extends ReportHead<'discover'> {
  readonly commit: string;
  readonly proposals: readonly JsonProposal[];
}

export function buildDiscoverJson(exitCode: 0 | 1, commit: string, proposals: readonly Proposal[]): DiscoverReport {
  const found = proposals.map((proposal, at) => ({
    number: at + 1,
    kind: proposal.kind,
    likely: proposal.likely,
    score: proposal.score,
    pairs: proposal.pairs,
    exclude: excludesOf(proposal),
    aliases: proposal.aliases.map(([a, b]) => ({ a, b })),
    only_a: proposal.onlyA,
    only_b: proposal.onlyB,
    identical: proposal.identical,
    drifted: proposal.drifted.map(([a, b]) => ({ a, b })),
    different: proposal.different.map(([a, b]) => ({ a, b })),
    apart: proposal.apart.map(([a, b]) => ({ a, b })),
    kept: proposal.kept,
    basis: proposal.basis,
  }));
  return { ...buildHead('discover', exitCode), commit, proposals: found };
}
