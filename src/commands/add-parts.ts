// The words of `add` for how two texts may differ: --with and --own.

import type { PairFields } from '../manifest/edit.js';
import { noOwnPart, noSubstitution } from '../messages/options.js';
import { shellWord } from '../messages/show.js';

type OwnField = NonNullable<PairFields['own']>[number];

export const OWN_PARTS = 'front_matter, first_lines=N, lines=PREFIX, or from=LINE,to=LINE';

/** `A=B`, divided at the first `=`. @throws Fault `usage`. */
export function readSubstitution(word: string): [string, string] {
  const at = word.indexOf('=');
  if (at < 1) throw noSubstitution(word);
  return [word.slice(0, at), word.slice(at + 1)];
}

/** A part of `own` as the manifest has it. @throws Fault `usage`. */
export function readOwnPart(word: string): OwnField {
  if (word === 'front_matter') return word;
  const [, count] = /^first_lines=([1-9][0-9]*)$/.exec(word) ?? [];
  if (count !== undefined) return { first_lines: Number(count) };
  const [, prefix] = /^lines=(.+)$/.exec(word) ?? [];
  if (prefix !== undefined) return { lines: prefix };
  const [, from, to] = /^from=(.+),to=(.+)$/.exec(word) ?? [];
  if (from !== undefined && to !== undefined) return { from, to };
  throw noOwnPart(word, OWN_PARTS);
}

/** The options that declare these fields, to be typed again. */
export function optionsOf({ with: substitutions = [], own = [], name }: PairFields): readonly string[] {
  const words = [
    ...substitutions.map(([a, b]) => ['--with', `${a}=${b}`]),
    ...own.map((part) => ['--own', wordOfPart(part)]),
    ...(name === undefined ? [] : [['--name', name]]),
  ];
  return words.flat().map(shellWord);
}

function wordOfPart(part: OwnField): string {
  if (typeof part === 'string') return part;
  return Object.entries(part)
    .map(([key, value]) => `${key}=${value}`)
    .join();
}
