// Adds a pair with a rule to the manifest's text.

import { applyEdits, findNodeAtLocation, parseTree } from 'jsonc-parser';
import { addPair } from './edit.js';
import type { DeclaredRule, OwnPart } from './types.js';

/** As `own` in the manifest. */
export type WrittenPart =
  | 'front_matter'
  | { readonly first_lines: number }
  | { readonly lines: string }
  | { readonly from: string; readonly to: string };

export function writtenPart(part: OwnPart): WrittenPart {
  switch (part.kind) {
    case 'front_matter':
      return 'front_matter';
    case 'first_lines':
      return { first_lines: part.count };
    case 'lines':
      return { lines: part.prefix };
    case 'block':
      return { from: part.from, to: part.to };
  }
}

/** The text with one more pair. @throws Fault `manifest` if the text has no list of pairs. */
export function addPairWithRule(source: string, a: string, b: string, rule: DeclaredRule): string {
  const text = addPair(source, a, b);
  const tree = parseTree(text);
  const pair = tree && findNodeAtLocation(tree, ['pairs'])?.children?.at(-1);
  const [first, last] = pair?.children ?? [];
  if (!first || !last) return text;
  const between = text.slice(first.offset + first.length, last.offset);
  const fields = [
    ...(rule.with.length > 0 ? [`"with": ${spaced(rule.with)}`] : []),
    ...(rule.own.length > 0 ? [`"own": ${spaced(rule.own.map(writtenPart))}`] : []),
  ];
  const content = fields.map((field) => between + field).join('');
  return applyEdits(text, [{ offset: last.offset + last.length, length: 0, content }]);
}

/** JSON on one line, with a space behind commas and colons and inside braces. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, field]) => `${JSON.stringify(key)}: ${spaced(field)}`);
  return `{ ${fields.join(', ')} }`;
}
