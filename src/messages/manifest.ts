// Messages about an invalid manifest.

import type { Problem } from '../manifest/types.js';
import { Fault } from './fault.js';
import { show } from './show.js';

/** One problem per line, as in compilers: `name:line:column: what is wrong: what to write`. */
export function formatProblems(name: string, problems: readonly Problem[]): string {
  const lines = problems.map(({ line, column, message, hint }) => {
    const advice = hint === undefined ? '' : `\n    ${show(hint)}`;
    return `${name}:${line}:${column}: ${show(message)}${advice}`;
  });
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  return `The manifest has ${count}.\n${lines.join('\n')}`;
}

export function sayNotAFile(kind: 'link' | 'directory' | 'special'): string {
  const what = { link: 'a symbolic link', directory: 'a directory or a submodule', special: 'a special file' }[kind];
  return `.dos-sync-manifest.json is ${what}, not a regular file.`;
}

export const EMPTY = 'the file is empty';
export const NOT_UTF8 = 'the file is not UTF-8';
export const HAS_BOM = 'the file begins with a byte order mark, which JSON.parse rejects';
export const TOO_DEEP = 'objects and arrays are nested deeper than 16';
export const TOO_LARGE = 'the file is larger than 16 MiB';
export const COMMENT = 'a comment: other programs read this file with JSON.parse, which rejects it';
export const TRAILING_COMMA = 'a trailing comma: other programs read this file with JSON.parse, which rejects it';

export function sayNotJson(what: string): string {
  return `not JSON: ${what}`;
}

export function sayDuplicateKey(key: string): string {
  return `the key ${JSON.stringify(key)} appears twice in this object`;
}

export function sayUnknownKey(key: string): string {
  return `the key ${JSON.stringify(key)} is unknown`;
}

/** Keys of other programs' manifests with this name, and their equivalent here. */
const INSTEAD: Readonly<Record<string, string>> = {
  pack_pairs: 'write each of its entries into "pairs", as { "a": "…", "b": "…" } with "exclude" where it has one',
  native_workflows: 'write each of its entries into "pairs", as a pair of two files: { "a": "~/…", "b": "…" }',
  kind: 'remove it: dos-sync sees on its own whether a path is a file or a directory',
};

/** The equivalent of another program's key. */
export function insteadOf(key: string): string | undefined {
  return Object.hasOwn(INSTEAD, key) ? INSTEAD[key] : undefined;
}

export function sayNearest(key: string | undefined, known: readonly string[]): string {
  return key === undefined ? `known keys: ${known.join(', ')}` : `did you mean ${JSON.stringify(key)}?`;
}

export function sayMissingKey(key: string): string {
  return `the required key ${JSON.stringify(key)} is missing`;
}

const TYPES: Readonly<Record<string, string>> = { Array: 'an array', Object: 'an object', string: 'a string' };

/** `expected` and `received` in the validator's words: a type, a JSON value, or several of them. */
export function sayWrongType(expected: string, received: string): string {
  const type = (word: string) => TYPES[word] ?? word.replace(/^\((.*)\)$/, '$1').replaceAll(' | ', ' or ');
  return `expected ${type(expected)}, not ${type(received)}`;
}

export function sayPath(text: string, message: string): string {
  return text === '' ? message : `${JSON.stringify(text)}: ${message}`;
}

export const ONE_BY_ONE = 'pair directories instead of single files';
export const SAVE_UTF8 = 'save it as UTF-8';
export const SAVE_NO_BOM = 'save it as UTF-8 without BOM';
export const START_ONE = 'start one: git dos-sync init';
export const SEE_SHAPE = 'see docs/manifest.md for the shape';
export const REMOVE_COMMENT = 'remove it';
export const REMOVE_COMMA = 'remove the comma before it';
export const KEEP_ONE = 'keep one of them';

export function noPairsList(): Fault {
  return new Fault('manifest', 'The manifest has no list "pairs".', 'write "pairs": []');
}

export function notAnObject(): Fault {
  return new Fault('manifest', 'The manifest is not a JSON object.', 'see docs/manifest.md');
}

/** The addition, and the problems that it would cause. */
export function wouldBeInvalid(what: 'exception' | 'pair', problems: string): Fault {
  return new Fault('manifest', `The manifest would be invalid with this ${what}, so it was not added.\n${problems}`);
}

export function tooLarge(): Fault {
  return new Fault('manifest', '.dos-sync-manifest.json is larger than 16 MiB.', ONE_BY_ONE);
}

export function noManifestFile(name: string): Fault {
  return new Fault('usage', `There is no file ${show(name)}.`, 'name the manifest to judge by');
}
