// Parses the manifest's text as JSON, with the positions of its parts.

import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import {
  COMMENT,
  EMPTY,
  HAS_BOM,
  KEEP_ONE,
  NOT_UTF8,
  ONE_BY_ONE,
  REMOVE_COMMA,
  REMOVE_COMMENT,
  SAVE_NO_BOM,
  SAVE_UTF8,
  SEE_SHAPE,
  START_ONE,
  sayDuplicateKey,
  sayNotJson,
  TOO_DEEP,
  TOO_LARGE,
  TRAILING_COMMA,
} from '../messages/manifest.js';
import { LARGEST_MANIFEST, type Problem } from './types.js';

const DEEPEST = 16;

/** The text, its syntax tree, and its JSON problems. */
export interface ManifestSource {
  readonly text: string;
  /** Undefined if the text is not JSON. */
  readonly tree: Node | undefined;
  readonly problems: readonly Problem[];
}

/** An offset in the text as line and column, from 1. */
export function locate(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}

/** Pure. Parses bytes as JSON. */
export function parseSource(bytes: Uint8Array): ManifestSource {
  const at = (text: string, offset: number, message: string, hint?: string): Problem => ({
    ...locate(text, offset),
    message,
    ...(hint === undefined ? {} : { hint }),
  });
  const none = (problem: Problem): ManifestSource => ({ text: '', tree: undefined, problems: [problem] });
  // safeguard large-manifest (T14): a manifest over 16 MiB is refused (unit/manifest/parse: more)
  if (bytes.length > LARGEST_MANIFEST) return none(at('', 0, TOO_LARGE, ONE_BY_ONE));
  const text = decode(bytes);
  // safeguard not-utf8 (T14): a manifest is UTF-8 (unit/manifest/parse: not JSON)
  if (text === undefined) return none(at('', 0, NOT_UTF8, SAVE_UTF8));
  if (text.trim() === '') return none(at(text, 0, EMPTY, START_ONE));
  // safeguard byte-order-mark: a byte order mark is refused (unit/manifest/parse: not JSON)
  if (text.startsWith('\ufeff')) return none(at(text, 0, HAS_BOM, SAVE_NO_BOM));
  const deep = findTooDeep(text);
  // safeguard deep-manifest (T14): nesting has a limit (unit/manifest/parse: more than 16)
  if (deep !== undefined) return none(at(text, deep, TOO_DEEP, SEE_SHAPE));
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  if (errors.length > 0) {
    const lenient = parseLeniently(text);
    const duplicates = lenient ? findDuplicates(text, lenient) : [];
    return { text, tree: lenient, problems: [...syntaxProblems(text, errors), ...duplicates] };
  }
  const refusal = refusalOfStandardParser(text);
  if (refusal !== undefined) return { text, tree: undefined, problems: [at(text, 0, sayNotJson(refusal))] };
  return { text, tree, problems: tree ? findDuplicates(text, tree) : [] };
}

/**
 * The tree of a text whose only problems are comments and trailing commas; undefined if it has
 * others.
 */
function parseLeniently(text: string): Node | undefined {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: false, allowTrailingComma: true });
  return errors.length === 0 ? tree : undefined;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** The offset where the nesting is too deep. The parser recurses, so this check runs first. */
function findTooDeep(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  // SyntaxKind: 1 {, 2 }, 3 [, 4 ], 17 the end; with isolated modules the enum cannot be imported.
  for (let token: number = scanner.scan(); token !== 17; token = scanner.scan()) {
    if (token === 1 || token === 3) depth += 1;
    if (token === 2 || token === 4) depth -= 1;
    if (depth > DEEPEST) return scanner.getTokenOffset();
  }
  return undefined;
}

/** For a trailing comma the parser reports twice that something is missing after it. */
function syntaxProblems(text: string, errors: readonly ParseError[]): readonly Problem[] {
  const problems = errors.map((error) => syntaxProblem(text, error));
  return [...new Map(problems.map((each) => [`${each.line}:${each.column} ${each.message}`, each])).values()];
}

function syntaxProblem(text: string, { error, offset, length }: ParseError): Problem {
  const code = printParseErrorCode(error);
  const position = locate(text, offset);
  if (code === 'InvalidCommentToken') return { ...position, message: COMMENT, hint: REMOVE_COMMENT };
  const closes = /^[}\]]/.test(text.slice(offset, offset + length));
  const comma = /,\s*$/.test(text.slice(0, offset));
  if (closes && comma) return { ...position, message: TRAILING_COMMA, hint: REMOVE_COMMA };
  return { ...position, message: sayNotJson(code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()) };
}

// Other readers of this file use JSON.parse, so it decides.
function refusalOfStandardParser(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
}

function findDuplicates(text: string, node: Node): Problem[] {
  const seen = new Set<unknown>();
  return (node.children ?? []).flatMap((child) => {
    const key = node.type === 'object' ? child.children?.[0] : undefined;
    const repeated = key !== undefined && seen.has(key.value);
    if (key) seen.add(key.value);
    const own = repeated
      ? [{ ...locate(text, key.offset), message: sayDuplicateKey(String(key.value)), hint: KEEP_ONE }]
      : [];
    return [...own, ...findDuplicates(text, child)];
  });
}
