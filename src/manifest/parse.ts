// Text -> Manifest, or all its problems at once.

import { findNodeAtLocation, getNodeValue, type JSONPath, type Node } from 'jsonc-parser';
import * as v from 'valibot';
import { sayMissingKey, sayWrongType } from '../messages/manifest.js';
import { type AliasAt, readAliases } from './aliases.js';
import { type Complain, checkPath, refuseUnknown } from './complain.js';
import { DECLARATION_KEYS, readDeclaration } from './declaration.js';
import { findOverlaps, type PairAt } from './overlap.js';
import { findPathProblem, type PathUse, parseSide } from './path-rules.js';
import { isDirection, KNOWN_KEYS, type ManifestShape, manifestSchema, pairSchema } from './schema.js';
import { locate, parseSource } from './source.js';
import type { DeclaredPair, Manifest, ParsedManifest, Problem } from './types.js';

/** Pure. The result has every problem, with line and column. */
export function parseManifest(bytes: Uint8Array): ParsedManifest {
  const { text, tree, problems: syntax } = parseSource(bytes);
  if (!tree) return { ok: false, problems: syntax };
  const problems: Problem[] = [...syntax];
  const complain = complainer(text, tree, problems);
  // Comments and trailing commas are already reported; all other problems are reported with them.
  const document: unknown = syntax.length === 0 ? JSON.parse(text) : getNodeValue(tree);
  const shape = v.safeParse(manifestSchema, document);
  for (const issue of shape.issues ?? []) if (!isReadHere(pathOf(issue))) explain(issue, complain);
  // safeguard unknown-keys (T14): an unknown key is refused (unit/manifest/parse: each unknown)
  findUnknown(document, complain);
  const before = problems.length;
  const aliases = readAliases(document, complain);
  // Without its aliases, a manifest can seem to overlap.
  const pairs = problems.length > before ? [] : soundPairs(document);
  // safeguard checked-paths (T3): every declared path is checked (unit/manifest/parse)
  checkPaths(document, complain);
  const fixDirection = fieldOf(document, 'fix_direction');
  // safeguard overlaps (T15): pairs do not overlap (unit/manifest/parse: pairs that cannot)
  if (isDirection(fixDirection)) findOverlaps({ pairs, aliases, fixDirection }, complain);
  if (problems.length > 0 || !shape.success) return failed(problems, shape.issues);
  return { ok: true, manifest: buildManifest(shape.output, aliases) };
}

/** valibot's messages about unions are vague; readAliases and readDeclaration report them. */
function isReadHere([list, , key]: JSONPath): boolean {
  return list === 'aliases' || (list === 'pairs' && DECLARATION_KEYS.includes(String(key)));
}

function failed(problems: readonly Problem[], issues?: readonly v.BaseIssue<unknown>[]): ParsedManifest {
  const rest = issues?.[0] ? [{ line: 1, column: 1, message: issues[0].message }] : [];
  const found = problems.length > 0 ? problems : rest;
  return { ok: false, problems: [...found].sort((one, other) => one.line - other.line || one.column - other.column) };
}

function complainer(text: string, tree: Node, problems: Problem[]): Complain {
  return (at, message, hint, place = 'value') => {
    const node = nodeAt(tree, at);
    const offset = (place === 'key' ? node?.parent?.children?.[0]?.offset : node?.offset) ?? 0;
    problems.push({ ...locate(text, offset), message, ...(hint === undefined ? {} : { hint }) });
  };
}

/** The value at the position; if there is none, the nearest one around it. */
function nodeAt(tree: Node, at: JSONPath): Node | undefined {
  for (let path = at; ; path = path.slice(0, -1)) {
    const node = findNodeAtLocation(tree, path);
    if (node || path.length === 0) return node;
  }
}

function pathOf(issue: v.BaseIssue<unknown>): JSONPath {
  return (issue.path ?? []).map(({ key }) => key as string | number);
}

function explain(issue: v.BaseIssue<unknown>, complain: Complain): void {
  const at = pathOf(issue);
  const last = at[at.length - 1];
  if (issue.received === 'undefined') complain(at.slice(0, -1), sayMissingKey(String(last)));
  else if (issue.type === 'min_length') complain(at, 'an empty path', 'name a file or a directory');
  else complain(at, sayWrongType(issue.expected ?? 'something else', issue.received));
}

function findUnknown(document: unknown, complain: Complain): void {
  if (isObject(document)) refuseUnknown(document, KNOWN_KEYS.manifest, [], complain);
  for (const [at, pair] of listIn(document, 'pairs').entries()) {
    if (!isObject(pair)) continue;
    refuseUnknown(pair, KNOWN_KEYS.pair, ['pairs', at], complain);
    readDeclaration(pair, ['pairs', at], complain);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Also if the shape is wrong elsewhere, so that every problem is reported at once. */
function checkPaths(document: unknown, complain: Complain): void {
  for (const [at, pair] of listIn(document, 'pairs').entries()) {
    for (const side of ['a', 'b'] as const) checkText(fieldOf(pair, side), 'side', ['pairs', at, side], complain);
    for (const [each, glob] of listIn(pair, 'exclude').entries()) {
      checkText(glob, 'exclude', ['pairs', at, 'exclude', each], complain);
    }
  }
  for (const list of ['live_only', 'submodule_only']) {
    for (const [at, glob] of listIn(document, list).entries()) checkText(glob, 'glob', [list, at], complain);
  }
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const list = fieldOf(value, key);
  return Array.isArray(list) ? list : [];
}

/** The pairs that can be compared despite problems elsewhere. */
function soundPairs(document: unknown): readonly PairAt[] {
  return listIn(document, 'pairs').flatMap((element, at) => {
    const pair = v.safeParse(pairSchema, element);
    if (!pair.success || findPathProblem(pair.output.a, 'side') || findPathProblem(pair.output.b, 'side')) return [];
    return [{ pair: declaredPair(pair.output), at: ['pairs', at] }];
  });
}

/** The schema already reports values that are empty or not a string. */
function checkText(text: unknown, use: PathUse, at: JSONPath, complain: Complain): void {
  if (typeof text === 'string' && text !== '') checkPath(text, use, at, complain);
}

function declaredPair(shape: ManifestShape['pairs'][number]): DeclaredPair {
  const { a, b, exclude } = shape;
  return { a: parseSide(a), b: parseSide(b), exclude: exclude ?? [], ...readDeclaration(shape, [], () => undefined) };
}

function buildManifest(shape: ManifestShape, aliases: readonly AliasAt[]): Manifest {
  return {
    pairs: shape.pairs.map(declaredPair),
    aliases: aliases.map(({ alias }) => alias),
    liveOnly: shape.live_only ?? [],
    submoduleOnly: shape.submodule_only ?? [],
    fixDirection: shape.fix_direction,
  };
}
