// Edits the manifest's text: additions follow the style of the rest, and nothing else changes.

import { applyEdits, findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { noPairsList } from '../messages/manifest.js';
import { formOf } from './form.js';

/** The largest width of an array on one line. */
const WIDTH = 100;

/** The keys of a pair beside its sides, as the manifest has them. */
export interface PairFields {
  readonly exclude?: readonly string[];
  readonly with?: readonly (readonly [string, string])[];
  readonly own?: readonly (string | Readonly<Record<string, string | number>>)[];
  readonly name?: string;
  readonly note?: string;
}

/** The text with one more pair at the end of `pairs`. @throws Fault `manifest` if the text has no
 * list of pairs. */
export function addPair(source: string, a: string, b: string, { exclude = [], ...rest }: PairFields = {}): string {
  const tree = parseTree(source);
  const pairs = tree && findNodeAtLocation(tree, ['pairs']);
  if (pairs?.type !== 'array') throw noPairsList();
  const [first, last] = [pairs.children?.[0], pairs.children?.at(-1)];
  const content = first && last ? { offset: end(last), ...nextTo(source, pairs, first, last) } : alone(source, pairs);
  const fields = [`"a": ${JSON.stringify(a)}`, `"b": ${JSON.stringify(b)}`];
  if (exclude.length > 0) fields.push(`"exclude": ${formatList(source, exclude)}`);
  for (const [key, value] of Object.entries(rest)) fields.push(`${JSON.stringify(key)}: ${onOneLine(value)}`);
  const element = `{${content.inner}${fields.join(`,${content.between}`)}${content.close}}`;
  const edit = { offset: content.offset, length: content.length, content: content.before + element + content.after };
  return applyEdits(source, [edit]);
}

/** JSON with a space after each comma and colon, and inside braces. */
export function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${onOneLine(each)}`);
  return `{ ${fields.join(', ')} }`;
}

/** On one line; a long list with one line per item, indented deeper than the pairs. */
function formatList(source: string, items: readonly string[]): string {
  const written = items.map((item) => JSON.stringify(item));
  const line = `[${written.join(', ')}]`;
  if (line.length <= WIDTH) return line;
  const { eol, step } = formOf(source);
  const indent = eol + step.repeat(3);
  return `[${indent}${written.join(`,${indent}`)}${eol}${step.repeat(2)}]`;
}

/** The format of the new element, and the text that it replaces. */
interface ListLayout {
  readonly before: string;
  readonly inner: string;
  readonly between: string;
  readonly close: string;
  readonly after: string;
  readonly length: number;
}

function end(node: Node): number {
  return node.offset + node.length;
}

/** Formats it like the last element, with the whitespace before the first one. */
function nextTo(source: string, pairs: Node, first: Node, last: Node): ListLayout {
  const lead = source.slice(pairs.offset + 1, first.offset);
  const inner = /^\{(\s*)/.exec(source.slice(last.offset, end(last)))?.[1] ?? '';
  const close = /(\s*)\}$/.exec(source.slice(last.offset, end(last)))?.[1] ?? '';
  return {
    before: `,${lead.includes('\n') ? lead : ' '}`,
    inner,
    between: inner.includes('\n') ? inner : ' ',
    close,
    after: '',
    length: 0,
  };
}

/** The first element of an empty list: on a separate line, one level deeper than the list. */
function alone(source: string, pairs: Node): ListLayout & { readonly offset: number } {
  const { eol, step } = formOf(source);
  const line = source.slice(source.lastIndexOf('\n', pairs.offset) + 1, pairs.offset);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  return {
    offset: pairs.offset,
    before: `[${eol}${indent}${step}`,
    inner: ' ',
    between: ' ',
    close: ' ',
    after: `${eol}${indent}]`,
    length: pairs.length,
  };
}
