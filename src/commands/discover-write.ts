// What both kinds of discovery share: asking about each finding, and writing the chosen ones.

import { hasTerminal, withTerminal } from '../ask/terminal.js';
import { isManifestTracked, noManifest, writeManifest } from '../fix/manifest-file.js';
import { refuseInterrupted } from '../fix/recover.js';
import { wordFor } from '../format/person.js';
import type { Workplace } from '../git/workplace.js';
import { parseManifest } from '../manifest/parse.js';
import { readManifestFile } from '../manifest/read.js';
import { MANIFEST_PATH } from '../manifest/types.js';
import { ASK, noSuchCount, sayAnswer, sayRefused, sayWritten } from '../messages/discover.js';
import { sayStaging } from '../messages/staging.js';
import type { Output } from './output.js';
import { readPerson } from './person.js';

const DEFAULT_HISTORY = 2000;

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

/** A manifest that declares nothing. */
export const EMPTY_MANIFEST = `{\n  "pairs": [],\n  "fix_direction": "live_to_submodule"\n}\n`;

/** A finding that can be declared. */
export interface Declarable {
  /** As it is printed. */
  readonly lines: readonly string[];
  readonly likely: boolean;
  readonly pairs: readonly { readonly a: string; readonly b: string }[];
  /** The manifest's text with it. */
  readonly addTo: (text: string) => string;
}

/** How many commits to read. @throws Fault `usage` for other words. */
export function parseHistory(words: string | undefined): number {
  if (words === undefined) return DEFAULT_HISTORY;
  if (/^\d{1,9}$/.test(words)) return Number(words);
  throw noSuchCount(words);
}

/** The manifest's text; undefined if there is none yet. @throws Fault if it must not be written. */
export async function readWritable({ repository }: Workplace): Promise<string | undefined> {
  refuseInterrupted(repository);
  const known = readManifestFile(repository.top)?.source;
  if (known === undefined && (await isManifestTracked(repository))) throw await noManifest(repository);
  return known;
}

interface Chosen {
  readonly known: string | undefined;
  readonly chosen: readonly Declarable[];
  readonly cwd: string;
}

/** Adds the chosen ones to the manifest. 1 if one could not be added. */
export async function declare(place: Workplace, { known, chosen, cwd }: Chosen, output: Output): Promise<number> {
  let text = known ?? EMPTY_MANIFEST;
  let refused = 0;
  const lines: string[] = [];
  for (const one of new Set(chosen)) {
    const result = addOne(text, one);
    text = result.text;
    lines.push(...result.lines);
    if (!result.added) refused += 1;
  }
  if (text !== (known ?? EMPTY_MANIFEST)) {
    const why = await writeManifest(place, { before: known, after: text, command: 'discover' });
    lines.push(...sayStaging(why, wordFor(await readPerson({ place }, cwd))(MANIFEST_PATH)));
  }
  output.print(lines);
  return refused > 0 ? 1 : 0;
}

function addOne(text: string, { pairs, addTo }: Declarable): { text: string; lines: string[]; added: boolean } {
  const edited = addTo(text);
  const result = parseManifest(Buffer.from(edited, 'utf8'));
  if (result.ok) return { text: edited, lines: pairs.map(({ a, b }) => sayWritten(a, b)), added: true };
  const why = result.problems[0]?.message ?? '';
  return { text, lines: pairs.map(({ a, b }) => sayRefused(a, b, why)), added: false };
}

/** The chosen ones, or without a terminal the likely ones; undefined for Ctrl-C. */
export async function ask(shown: readonly Declarable[], output: Output): Promise<readonly Declarable[] | undefined> {
  if (shown.length === 0 || !hasTerminal()) return shown.filter(({ likely }) => likely);
  const { askAt } = await import('../ask/prompt.js');
  const chosen: Declarable[] = [];
  const meant = { add: ['yes'], done: [], skip: ['no'] };
  const choices = (['add', 'done', 'skip'] as const).map((value) => ({
    value,
    name: sayAnswer(value),
    also: meant[value],
  }));
  for (const one of shown) {
    output.print(one.lines);
    const answer = await withTerminal((terminal) => askAt(terminal, ASK, choices));
    if (answer === 'add') chosen.push(one);
    if (answer === undefined) return undefined;
    if (answer === 'done') break;
  }
  return chosen;
}
