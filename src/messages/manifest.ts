// What is said about a manifest that cannot be used.

import { show } from './show.js';

interface Positioned {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint?: string;
}

/** One problem a line, as compilers print them: `name:line:column: what is wrong: what to write`. */
export function formatProblems(name: string, problems: readonly Positioned[]): string {
  const lines = problems.map(({ line, column, message, hint }) => {
    const advice = hint === undefined ? '' : `\n    ${show(hint)}`;
    return `${name}:${line}:${column}: ${show(message)}${advice}`;
  });
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  return `The manifest has ${count}.\n${lines.join('\n')}`;
}

export const EMPTY = 'the file is empty';
export const NOT_UTF8 = 'the file is not UTF-8';
export const HAS_BOM = 'the file begins with a byte order mark, which JSON.parse refuses';
export const TOO_DEEP = 'objects and arrays are nested deeper than 16';
export const TOO_LARGE = 'the file is larger than 16 MiB';
export const COMMENT = 'a comment: others read this file with JSON.parse, which refuses it';
export const TRAILING_COMMA = 'a trailing comma: others read this file with JSON.parse, which refuses it';

export function sayNotJson(what: string): string {
  return `not JSON: ${what}`;
}

export function sayDuplicateKey(key: string): string {
  return `the key ${JSON.stringify(key)} stands twice in this object`;
}

export function sayUnknownKey(key: string): string {
  return `the key ${JSON.stringify(key)} is unknown`;
}

export function sayNearest(key: string | undefined, known: readonly string[]): string {
  return key === undefined ? `known are ${known.join(', ')}` : `did you mean ${JSON.stringify(key)}?`;
}

export function sayMissingKey(key: string): string {
  return `the required key ${JSON.stringify(key)} is missing`;
}

export function sayPath(text: string, message: string): string {
  return text === '' ? message : `${JSON.stringify(text)}: ${message}`;
}
