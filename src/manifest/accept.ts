// Adds pinned exceptions to the manifest's text in the style of the existing ones; nothing else
// changes.

import { applyEdits, type Edit, findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { noPairsList, notAnObject } from '../messages/manifest.js';
import { otherKeys } from './alias-keys.js';
import { formOf } from './form.js';

/** An accepted difference, valid while both sides keep these states. */
export interface Accepted {
  readonly a: string;
  readonly b: string;
  readonly reason: string;
  /** `<mode> <object id>`, or null for absent. */
  readonly at: readonly [string | null, string | null];
  /** The digest of the difference, which may then move with edits that both sides take. */
  readonly digest?: string;
}

/**
 * The text with the exceptions in `aliases`. @throws Fault `manifest` if the text is not a
 * manifest.
 */
export function addExceptions(source: string, accepted: readonly Accepted[]): string {
  return accepted.reduce(addException, source);
}

function addException(source: string, accepted: Accepted): string {
  const tree = parseTree(source);
  if (tree?.type !== 'object') throw notAnObject();
  const aliases = findNodeAtLocation(tree, ['aliases']);
  if (!aliases) return applyEdits(source, [newList(source, tree, accepted)]);
  const known = knownPlace(aliases, accepted);
  if (known) {
    const others = otherKeys(known.node);
    const text = known.form === 'map' ? value(accepted, others) : element(accepted, others);
    return applyEdits(source, [replace(known.node, text)]);
  }
  // safeguard name-in-use: an object of aliases does not lose a name (unit/manifest/accept)
  if (aliases.type === 'object' && !isFree(aliases, accepted.a)) {
    // An object cannot hold the name twice; an array of one-key objects can, and means the same.
    return addException(applyEdits(source, toArray(aliases)), accepted);
  }
  if ((aliases.children ?? []).length === 0)
    return applyEdits(source, [replace(aliases, list(source, aliases, accepted))]);
  const added = aliases.type === 'array' ? element(accepted) : `${JSON.stringify(accepted.a)}: ${value(accepted)}`;
  return applyEdits(source, [after(source, aliases, added)]);
}

function states({ at, reason, digest }: Accepted): string {
  const pinned = at.map((state) => JSON.stringify(state)).join(', ');
  const holds = digest === undefined ? '' : `, "holds": "difference", "digest": ${JSON.stringify(digest)}`;
  return `"exception": ${JSON.stringify(reason)}, "at": [${pinned}]${holds}`;
}

function value(accepted: Accepted, others = ''): string {
  return `{ "b": ${JSON.stringify(accepted.b)}, ${states(accepted)}${others} }`;
}

function element(accepted: Accepted, others = ''): string {
  const sides = `"a": ${JSON.stringify(accepted.a)}, "b": ${JSON.stringify(accepted.b)}`;
  return `{ ${sides}, ${states(accepted)}${others} }`;
}

function replace(node: Node, content: string): Edit {
  return { offset: node.offset, length: node.length, content };
}

/** The existing alias of the two paths: one that becomes an exception, or one that has lapsed. */
function knownPlace(aliases: Node, { a, b }: Accepted): { node: Node; form: 'map' | 'element' } | undefined {
  for (const child of aliases.children ?? []) {
    if (aliases.type === 'object') {
      const node = child.children?.[1];
      if (node && child.children?.[0]?.value === a && targetOf(node) === b) return { node, form: 'map' };
      continue;
    }
    if (textAt(child, 'a') === a && textAt(child, 'b') === b) return { node: child, form: 'element' };
    const node = findNodeAtLocation(child, [a]);
    if (node && targetOf(node) === b) return { node, form: 'map' };
  }
  return undefined;
}

function targetOf(node: Node): unknown {
  return node.type === 'string' ? node.value : textAt(node, 'b');
}

function textAt(node: Node, key: string): unknown {
  return node.type === 'object' ? findNodeAtLocation(node, [key])?.value : undefined;
}

function isFree(map: Node, name: string): boolean {
  return findNodeAtLocation(map, [name]) === undefined;
}

/** Turns the object's braces into brackets, and each of its properties into an object. */
function toArray(map: Node): Edit[] {
  const properties = map.children ?? [];
  return [
    { offset: map.offset, length: 1, content: '[' },
    ...properties.flatMap(({ offset, length }) => [
      { offset, length: 0, content: '{ ' },
      { offset: offset + length, length: 0, content: ' }' },
    ]),
    { offset: map.offset + map.length - 1, length: 1, content: ']' },
  ];
}

/** Adds after the last child, with the whitespace of the first child. */
function after(source: string, parent: Node, added: string): Edit {
  const [first, last] = [parent.children?.[0] as Node, parent.children?.at(-1) as Node];
  const lead = source.slice(parent.offset + 1, first.offset);
  return { offset: last.offset + last.length, length: 0, content: `,${lead.includes('\n') ? lead : ' '}${added}` };
}

/** A list with one element, on a separate line. */
function list(source: string, at: Node, accepted: Accepted): string {
  const line = source.slice(source.lastIndexOf('\n', at.offset) + 1, at.offset);
  return listAt(source, /^[ \t]*/.exec(line)?.[0] ?? '', accepted);
}

function listAt(source: string, indent: string, accepted: Accepted): string {
  const { eol, step } = formOf(source);
  return `[${eol}${indent}${step}${element(accepted)}${eol}${indent}]`;
}

/** `aliases` as a new key, after the pairs. */
function newList(source: string, tree: Node, accepted: Accepted): Edit {
  const properties = tree.children ?? [];
  const pairs = properties.find((each) => each.children?.[0]?.value === 'pairs') ?? properties.at(-1);
  if (!pairs) throw noPairsList();
  const before = source.slice(0, pairs.offset);
  const lead = /\s*$/.exec(before)?.[0] ?? '';
  const indent = /[ \t]*$/.exec(lead)?.[0] ?? '';
  const text = lead.includes('\n')
    ? `${lead}"aliases": ${listAt(source, indent, accepted)}`
    : ` "aliases": [${element(accepted)}]`;
  return { offset: pairs.offset + pairs.length, length: 0, content: `,${text}` };
}
