// `discover`: finds undeclared copies in HEAD; lists them, fails for CI, or writes the chosen ones
// to the manifest.

import type { Command } from 'commander';
import { findCopies } from '../discover/find-copies.js';
import { LIMITS } from '../discover/limits.js';
import type { Proposal } from '../discover/types.js';
import { buildDiscoverJson, formatProposal } from '../format/discover.js';
import { formatJson } from '../format/json.js';
import { readInvocation } from '../git/invocation.js';
import { readRevisions } from '../git/range.js';
import { readTreeId } from '../git/repository.js';
import { addAll } from '../manifest/edit-lists.js';
import { readManifestFile } from '../manifest/read.js';
import { NOTHING_FOUND, noSuchNumber, sayHowToAdd, sayLessLikely, sayUndeclared } from '../messages/discover.js';
import { writeWithReport } from '../messages/options.js';
import { buildRules } from '../rules/build.js';
import { ask, type Declarable, type DiscoverOptions, declare, parseHistory, readWritable } from './discover-write.js';
import type { Output } from './output.js';
import { Progress } from './progress.js';
import { withRepository } from './scope.js';
import type { Stage } from './verb.js';

interface DiscoverFlags {
  readonly near?: boolean;
  readonly all?: boolean;
  readonly fail?: boolean;
  readonly json?: boolean;
  /** True without a number after it. */
  readonly write?: string[] | true;
  readonly history?: string;
}

export function addDiscover(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('discover')
    .description('find copies in HEAD that no pair declares, and copies that once were equal; the best first')
    .option('--near', 'find texts with most of their lines in common instead, and the rule that makes them equal')
    .option('--write [numbers...]', 'add these to the manifest; without numbers, ask at the terminal')
    .option('--fail', 'exit code 1 if there are likely ones, for CI')
    .option('--all', 'also show the less likely ones')
    .option('--json', 'print JSON, for programs')
    .option('--history <commits>', 'how many commits to read for the ranking (default 2000, 0 for none)')
    .action(async ({ near = false, all = false, fail = false, json = false, write, history }: DiscoverFlags) => {
      if (write && (fail || json)) throw writeWithReport();
      const options = { cwd, all, fail, json, write: write === true ? [] : write, history };
      if (!near) finish(await runDiscover(options, output));
      else finish(await (await import('./discover-near.js')).runDiscoverNear(options, output));
    });
}

type Place = Parameters<Parameters<typeof withRepository>[1]>[0];

/** 0, or with --fail 1 if a likely set of copies is undeclared. @throws Fault for 2. */
export function runDiscover(options: DiscoverOptions, output: Output): Promise<number> {
  const history = parseHistory(options.history);
  return withRepository(options.cwd, async (place) => {
    const { commit, proposals } = await search(place, history);
    const shown = proposals.filter(({ likely }) => likely || options.all);
    if (options.write) {
      const known = await readWritable(place);
      const words = options.write.map((word) => declarable(pick(proposals, word), Number(word)));
      const chosen = words.length > 0 ? words : await askAbout(shown, output);
      return declare(place, { known, chosen: chosen ?? [], cwd: options.cwd }, output);
    }
    const likely = proposals.filter((proposal) => proposal.likely).length;
    const code = options.fail && likely > 0 ? 1 : 0;
    if (options.json) output.print(formatJson(buildDiscoverJson(code, commit, proposals)));
    else await list(place, proposals, shown, output);
    if (code === 0) return 0;
    output.complain([sayUndeclared(likely)]);
    return 1;
  });
}

/** Asks about each likely proposal, and declares the chosen ones. False for Ctrl-C: none is. */
export function declareAtTerminal(cwd: string, output: Output): Promise<boolean> {
  return withRepository(cwd, async (place) => {
    const known = await readWritable(place);
    const { proposals } = await search(place, parseHistory(undefined));
    const likely = proposals.filter((proposal) => proposal.likely);
    const chosen = await askAbout(likely, output);
    if (chosen) await declare(place, { known, chosen, cwd }, output);
    return chosen !== undefined;
  });
}

async function search(place: Place, history: number): Promise<{ commit: string; proposals: readonly Proposal[] }> {
  const { repository } = place;
  const known = readManifestFile(repository.top);
  const { tip } = await readRevisions(repository, 'HEAD');
  const tree = await readTreeId(repository.git, tip);
  const progress = new Progress();
  const declared = known && { rules: buildRules(known.manifest), source: known.source };
  const onCommit = () => progress.step();
  try {
    const found = await findCopies(place, { commit: tip, tree, declared, history, limits: LIMITS, onCommit });
    return { commit: tip, proposals: found };
  } finally {
    progress.clear();
  }
}

async function list(
  place: Place,
  proposals: readonly Proposal[],
  shown: readonly Proposal[],
  output: Output,
): Promise<void> {
  const numbers = shown.map((proposal) => proposals.indexOf(proposal) + 1);
  output.print(shown.flatMap((proposal, at) => formatProposal(numbers[at] ?? 0, proposal)));
  const hidden = proposals.length - shown.length;
  if (shown.length > 0) output.print([sayHowToAdd(await readInvocation(place.repository.git), numbers)]);
  // On stderr, so that stdout stays empty in a repository without copies.
  output.complain([...(proposals.length === 0 ? [NOTHING_FOUND] : []), ...(hidden > 0 ? [sayLessLikely(hidden)] : [])]);
}

function askAbout(shown: readonly Proposal[], output: Output): Promise<readonly Declarable[] | undefined> {
  if (shown.length === 0) output.complain([NOTHING_FOUND]);
  return ask(
    shown.map((proposal, at) => declarable(proposal, at + 1)),
    output,
  );
}

function pick(proposals: readonly Proposal[], word: string): Proposal {
  const proposal = /^\d{1,9}$/.test(word) ? proposals[Number(word) - 1] : undefined;
  if (proposal) return proposal;
  throw noSuchNumber(word, proposals.length);
}

/** As `number` in the list. */
function declarable(proposal: Proposal, number: number): Declarable {
  const { likely, pairs, aliases, onlyA, onlyB } = proposal;
  const addTo = (text: string) => addAll(text, { pairs, aliases, liveOnly: onlyA, submoduleOnly: onlyB });
  return { lines: formatProposal(number, proposal), likely, pairs, addTo };
}
