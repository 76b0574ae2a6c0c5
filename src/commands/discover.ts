// `discover`: finds undeclared copies in HEAD; lists them, fails for CI, or writes the chosen ones
// to the manifest.

import type { Command } from 'commander';
import { hasTerminal, withTerminal } from '../ask/terminal.js';
import { findCopies } from '../discover/find-copies.js';
import { LIMITS } from '../discover/limits.js';
import type { Proposal } from '../discover/types.js';
import { isManifestTracked, noManifest, writeManifest } from '../fix/manifest-file.js';
import { refuseInterrupted } from '../fix/recover.js';
import { buildDiscoverJson, formatProposal } from '../format/discover.js';
import { formatJson } from '../format/json.js';
import { wordFor } from '../format/person.js';
import { readInvocation } from '../git/invocation.js';
import { readRevisions } from '../git/range.js';
import { readTreeId } from '../git/repository.js';
import { addAll } from '../manifest/edit-lists.js';
import { parseManifest } from '../manifest/parse.js';
import { readManifestFile } from '../manifest/read.js';
import { MANIFEST_PATH } from '../manifest/types.js';
import {
  ASK,
  NOTHING_FOUND,
  noSuchCount,
  noSuchNumber,
  sayAnswer,
  sayHowToAdd,
  sayLessLikely,
  sayRefused,
  sayUndeclared,
  sayWritten,
} from '../messages/discover.js';
import { writeWithReport } from '../messages/options.js';
import { sayStaging } from '../messages/staging.js';
import { buildRules } from '../rules/build.js';
import type { Output } from './output.js';
import { readPerson } from './person.js';
import { Progress } from './progress.js';
import { withRepository } from './scope.js';
import type { Stage } from './verb.js';

interface DiscoverFlags {
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
    .option('--write [numbers...]', 'add these to the manifest; without numbers, ask at the terminal')
    .option('--fail', 'exit code 1 if there are likely ones, for CI')
    .option('--all', 'also show the less likely ones')
    .option('--json', 'print JSON, for programs')
    .option('--history <commits>', 'how many commits to read for the ranking (default 2000, 0 for none)')
    .action(async ({ all = false, fail = false, json = false, write, history }: DiscoverFlags) => {
      if (write && (fail || json)) throw writeWithReport();
      const chosen = write === true ? [] : write;
      finish(await runDiscover({ cwd, all, fail, json, write: chosen, history }, output));
    });
}

export interface DiscoverOptions {
  readonly cwd: string;
  readonly json: boolean;
  /** Also the unlikely ones. */
  readonly all: boolean;
  /** Exit code 1 if a likely copy is undeclared. */
  readonly fail: boolean;
  /** The chosen numbers. If empty: asks, or takes the likely ones without a terminal. */
  readonly write?: readonly string[] | undefined;
  /** The number of commits to read. */
  readonly history?: string | undefined;
}

const DEFAULT_HISTORY = 2000;
const EMPTY = `{\n  "pairs": [],\n  "fix_direction": "live_to_submodule"\n}\n`;

type Place = Parameters<Parameters<typeof withRepository>[1]>[0];

/** 0, or with --fail 1 if a likely set of copies is undeclared. @throws Fault for 2. */
export function runDiscover(options: DiscoverOptions, output: Output): Promise<number> {
  const history = parseCount(options.history);
  return withRepository(options.cwd, async (place) => {
    const { commit, proposals } = await search(place, history);
    const shown = proposals.filter(({ likely }) => likely || options.all);
    if (options.write) {
      const known = await readWritable(place);
      const words = options.write;
      const chosen = words.length > 0 ? words.map((word) => pick(proposals, word)) : await ask(shown, output);
      return declare(place, { known, proposals: chosen ?? [], cwd: options.cwd }, output);
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
    const { proposals } = await search(place, DEFAULT_HISTORY);
    const likely = proposals.filter((proposal) => proposal.likely);
    const chosen = await ask(likely, output);
    if (chosen) await declare(place, { known, proposals: chosen, cwd }, output);
    return chosen !== undefined;
  });
}

function parseCount(words: string | undefined): number {
  if (words === undefined) return DEFAULT_HISTORY;
  if (/^\d{1,9}$/.test(words)) return Number(words);
  throw noSuchCount(words);
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

/** The manifest's text; undefined if there is none yet. @throws Fault if it must not be written. */
async function readWritable({ repository }: Place): Promise<string | undefined> {
  refuseInterrupted(repository);
  const known = readManifestFile(repository.top)?.source;
  if (known === undefined && (await isManifestTracked(repository))) throw await noManifest(repository);
  return known;
}

interface Chosen {
  readonly known: string | undefined;
  readonly proposals: readonly Proposal[];
  readonly cwd: string;
}

/** Adds the chosen proposals to the manifest. 1 if one could not be added. */
async function declare(place: Place, { known, proposals, cwd }: Chosen, output: Output): Promise<number> {
  let text = known ?? EMPTY;
  let refused = 0;
  const lines: string[] = [];
  for (const proposal of new Set(proposals)) {
    const result = addProposal(text, proposal);
    text = result.text;
    lines.push(...result.lines);
    if (!result.added) refused += 1;
  }
  if (text !== (known ?? EMPTY)) {
    const why = await writeManifest(place, { before: known, after: text, command: 'discover' });
    lines.push(...sayStaging(why, wordFor(await readPerson({ place }, cwd))(MANIFEST_PATH)));
  }
  output.print(lines);
  return refused > 0 ? 1 : 0;
}

function pick(proposals: readonly Proposal[], word: string): Proposal {
  const proposal = /^\d{1,9}$/.test(word) ? proposals[Number(word) - 1] : undefined;
  if (proposal) return proposal;
  throw noSuchNumber(word, proposals.length);
}

/** The chosen ones; undefined for Ctrl-C. */
async function ask(shown: readonly Proposal[], output: Output): Promise<readonly Proposal[] | undefined> {
  if (shown.length === 0) {
    output.complain([NOTHING_FOUND]);
    return [];
  }
  if (!hasTerminal()) return shown.filter(({ likely }) => likely);
  const { askAt } = await import('../ask/prompt.js');
  const chosen: Proposal[] = [];
  const meant = { add: ['yes'], done: [], skip: ['no'] };
  const choices = (['add', 'done', 'skip'] as const).map((value) => ({
    value,
    name: sayAnswer(value),
    also: meant[value],
  }));
  for (const [at, proposal] of shown.entries()) {
    output.print(formatProposal(at + 1, proposal));
    const answer = await withTerminal((terminal) => askAt(terminal, ASK, choices));
    if (answer === 'add') chosen.push(proposal);
    if (answer === undefined) return undefined;
    if (answer === 'done') break;
  }
  return chosen;
}

function addProposal(text: string, proposal: Proposal): { text: string; lines: string[]; added: boolean } {
  const { pairs, aliases, onlyA, onlyB } = proposal;
  const edited = addAll(text, { pairs, aliases, liveOnly: onlyA, submoduleOnly: onlyB });
  const result = parseManifest(Buffer.from(edited, 'utf8'));
  if (result.ok) return { text: edited, lines: pairs.map(({ a, b }) => sayWritten(a, b)), added: true };
  const why = result.problems[0]?.message ?? '';
  return { text, lines: pairs.map(({ a, b }) => sayRefused(a, b, why)), added: false };
}
