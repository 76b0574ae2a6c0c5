// Edits the manifest's text in place: what is added looks like what is there, and nothing else
// moves.

import { applyEdits, findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { noPairsList } from '../messages/manifest.js';
import { formOf } from './form.js';

/** An array on one line up to this width. */
const WIDTH = 100;

/** The text with one more pair at the end of `pairs`. @throws Fault `manifest` if the text has no
 * list of pairs. */
export function addPair(source: string, a: string, b: string, exclude: readonly string[] = []): string {
  const tree = parseTree(source);
  const pairs = tree && findNodeAtLocation(tree, ['pairs']);
  if (pairs?.type !== 'array') throw noPairsList();
  const [first, last] = [pairs.children?.[0], pairs.children?.at(-1)];
  const content = first && last ? { offset: end(last), ...nextTo(source, pairs, first, last) } : alone(source, pairs);
  const fields = [`"a": ${JSON.stringify(a)}`, `"b": ${JSON.stringify(b)}`];
  if (exclude.length > 0) fields.push(`"exclude": ${formatList(source, exclude)}`);
  const element = `{${content.inner}${fields.join(`,${content.between}`)}${content.close}}`;
  const edit = { offset: content.offset, length: content.length, content: content.before + element + content.after };
  return applyEdits(source, [edit]);
}

/** On one line; a long one with a line for each item, deeper than any pair. */
function formatList(source: string, items: readonly string[]): string {
  const written = items.map((item) => JSON.stringify(item));
  const line = `[${written.join(', ')}]`;
  if (line.length <= WIDTH) return line;
  const { eol, step } = formOf(source);
  const indent = eol + step.repeat(3);
  return `[${indent}${written.join(`,${indent}`)}${eol}${step.repeat(2)}]`;
}

/** How the new element is laid out, and what it replaces. */
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

/** As the last element is laid out, with the space that stands before the first. */
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

/** The first element of an empty list: on a line of its own, one step further in than the list's
 * line. */
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
