// Adds to the manifest's lists: pairs, aliases, one-sided names. Existing text keeps its format.

import { applyEdits, type FormattingOptions, findNodeAtLocation, type JSONPath, modify, parseTree } from 'jsonc-parser';
import { addPair } from './edit.js';
import { formOf } from './form.js';

/** What to add. */
export interface Addition {
  readonly pairs: readonly { readonly a: string; readonly b: string; readonly exclude: readonly string[] }[];
  readonly aliases: readonly (readonly [string, string])[];
  readonly liveOnly: readonly string[];
  readonly submoduleOnly: readonly string[];
}

/** The text with all additions. @throws Fault `manifest` if the text has no list of pairs. */
export function addAll(source: string, addition: Addition): string {
  let text = source;
  for (const { a, b, exclude } of addition.pairs) text = addPair(text, a, b, { exclude });
  for (const [a, b] of addition.aliases) text = addAlias(text, a, b);
  for (const name of addition.liveOnly) text = addToList(text, 'live_only', name);
  for (const name of addition.submoduleOnly) text = addToList(text, 'submodule_only', name);
  return text;
}

/** As an element or as a key, depending on the manifest's form. */
function addAlias(text: string, a: string, b: string): string {
  const aliases = nodeAt(text, ['aliases']);
  if (aliases?.type !== 'array') return setValue(text, ['aliases', a], b);
  return insert(text, ['aliases', aliases.children?.length ?? 0], { a, b });
}

function addToList(text: string, key: 'live_only' | 'submodule_only', name: string): string {
  const list = nodeAt(text, [key]);
  if (!list) return setValue(text, [key], [name]);
  return insert(text, [key, list.children?.length ?? 0], name);
}

function nodeAt(text: string, path: JSONPath) {
  const tree = parseTree(text);
  return tree && findNodeAtLocation(tree, path);
}

function setValue(text: string, path: JSONPath, value: unknown): string {
  return applyEdits(text, modify(text, path, value, { formattingOptions: formatting(text) }));
}

function insert(text: string, path: JSONPath, value: unknown): string {
  const options = { formattingOptions: formatting(text), isArrayInsertion: true };
  return applyEdits(text, modify(text, path, value, options));
}

/** The indentation of the text. */
function formatting(text: string): FormattingOptions {
  const { eol, step } = formOf(text);
  return { insertSpaces: !step.includes('\t'), tabSize: step.length, eol };
}
