// Removes exceptions from the manifest's text; everything else keeps its format.

import { applyEdits, type Edit, findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { otherKeys } from './alias-keys.js';
import { findRenames } from './renames.js';
import type { DeclaredAlias, Manifest } from './types.js';

/**
 * The text without these exceptions. If only the alias pairs the two paths, the alias stays, so
 * that they must be equal again.
 */
export function removeExceptions(source: string, manifest: Manifest, exceptions: readonly DeclaredAlias[]): string {
  const renames = findRenames(manifest.pairs, exceptions);
  return exceptions.reduce((text, alias) => {
    const paired = renames.get(alias)?.some(({ restA, restB }) => restA === restB) ?? false;
    return removeOne(text, alias, paired);
  }, source);
}

/** The position of an alias in the text: the whole of it, and its value. */
interface Place {
  readonly entry: Node;
  /** The value in a map; undefined for an element with `a` and `b`. */
  readonly value: Node | undefined;
}

function removeOne(source: string, { a, b }: DeclaredAlias, paired: boolean): string {
  const tree = parseTree(source);
  const aliases = tree && findNodeAtLocation(tree, ['aliases']);
  const place = aliases && findPlace(aliases, a.text, b.text);
  if (!place) return source;
  const { entry, value } = place;
  const node = value ?? entry;
  const others = otherKeys(node);
  if (paired && others === '') return applyEdits(source, [withoutChild(aliases, entry)]);
  const target = `"b": ${JSON.stringify(b.text)}${others}`;
  const inMap = others === '' ? JSON.stringify(b.text) : `{ ${target} }`;
  const content = value ? inMap : `{ "a": ${JSON.stringify(a.text)}, ${target} }`;
  return applyEdits(source, [{ offset: node.offset, length: node.length, content }]);
}

function findPlace(aliases: Node, a: string, b: string): Place | undefined {
  for (const entry of aliases.children ?? []) {
    if (aliases.type === 'array' && textAt(entry, 'a') === a && textAt(entry, 'b') === b) {
      if (findNodeAtLocation(entry, ['exception'])) return { entry, value: undefined };
      continue;
    }
    const property = aliases.type === 'object' ? entry : entry.children?.[0];
    const [key, value] = property?.children ?? [];
    if (key?.value === a && value && textAt(value, 'b') === b) return { entry, value };
  }
  return undefined;
}

function textAt(node: Node, key: string): unknown {
  return node.type === 'object' ? findNodeAtLocation(node, [key])?.value : undefined;
}

/** Removes the child with one comma: the one after it, or for the last child the one before it. */
function withoutChild(parent: Node, child: Node): Edit {
  const children = parent.children ?? [];
  const at = children.indexOf(child);
  const [before, next] = [children[at - 1], children[at + 1]];
  const end = child.offset + child.length;
  if (next) return { offset: child.offset, length: next.offset - child.offset, content: '' };
  if (before) return { offset: endOf(before), length: end - endOf(before), content: '' };
  return { offset: parent.offset + 1, length: parent.length - 2, content: '' };
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}
