// Formats discovery's proposals: numbered text, or JSON.

import type { Proposal } from '../discover/types.js';
import { sayAlias, sayDrifted, sayEvidence, sayList, sayPair, saySource } from '../messages/discover.js';
import { showJson } from '../messages/show.js';

const SCHEMA_VERSION = 1;
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

/** `number` is the argument of --write. */
export function buildDiscoverJson(commit: string, proposals: readonly Proposal[]): string {
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
  const report = { schema_version: SCHEMA_VERSION, report: 'discover', commit, proposals: found };
  return showJson(JSON.stringify(report, null, 2));
}
