// The three forms of `aliases`: an object, an array of {a, b}, an array of one-key maps.

import type { JSONPath } from 'jsonc-parser';
import { sayMissingKey } from '../messages/manifest.js';
import { type Complain, checkPath, refuseUnknown } from './complain.js';
import { parseSide } from './path-rules.js';
import { KNOWN_KEYS } from './schema.js';
import type { DeclaredAlias, Exception, PinnedState } from './types.js';

/** An alias, and its position in the document. */
export interface AliasAt {
  readonly alias: DeclaredAlias;
  readonly at: JSONPath;
}

type Json = Readonly<Record<string, unknown>>;

const STATE = /^(100644|100755|120000|160000) ([0-9a-f]{40}|[0-9a-f]{64})$/;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The aliases of a parsed document; problems go to `complain`. */
export function readAliases(document: unknown, complain: Complain): readonly AliasAt[] {
  const aliases = isObject(document) ? document['aliases'] : undefined;
  if (aliases === undefined) return [];
  if (isObject(aliases)) return readMap(aliases, ['aliases'], complain);
  if (Array.isArray(aliases)) {
    return aliases.flatMap((each: unknown, at) => readElement(each, ['aliases', at], complain));
  }
  complain(['aliases'], 'aliases is neither an object nor an array', 'write { "<a path>": "<b path>" }');
  return [];
}

function readMap(map: Json, at: JSONPath, complain: Complain): readonly AliasAt[] {
  return Object.entries(map).flatMap(([a, target]) => {
    const here = [...at, a];
    if (typeof target === 'string') return readAlias(a, target, {}, { alias: here, a: here, b: here }, complain);
    if (!isObject(target)) {
      complain(here, 'an alias names a path, or { b, exception }');
      return [];
    }
    refuseUnknown(target, KNOWN_KEYS.exception, here, complain);
    if (!requireText(target, 'b', here, complain)) return [];
    if (target['exception'] === undefined) complain(here, sayMissingKey('exception'), 'say why the two may differ');
    return readAlias(a, target['b'] as string, target, { alias: here, a: here, b: [...here, 'b'] }, complain);
  });
}

function readElement(element: unknown, at: JSONPath, complain: Complain): readonly AliasAt[] {
  if (!isObject(element)) {
    complain(at, 'an element of aliases is an object', 'write { "a": "…", "b": "…" }');
    return [];
  }
  if (!('a' in element) && !('b' in element)) {
    if (Object.keys(element).length === 1) return readMap(element, at, complain);
    complain(at, 'an alias needs a and b, or exactly one key', 'write { "a": "…", "b": "…" }');
    return [];
  }
  refuseUnknown(element, KNOWN_KEYS.alias, at, complain);
  const [hasA, hasB] = [requireText(element, 'a', at, complain), requireText(element, 'b', at, complain)];
  if (!hasA || !hasB) return [];
  const places = { alias: at, a: [...at, 'a'], b: [...at, 'b'] };
  return readAlias(element['a'] as string, element['b'] as string, element, places, complain);
}

function requireText(object: Json, key: string, at: JSONPath, complain: Complain): boolean {
  if (typeof object[key] === 'string') return true;
  if (object[key] === undefined) complain(at, sayMissingKey(key));
  else complain([...at, key], `${key} is a path, so it must be a string`);
  return false;
}

interface Places {
  readonly alias: JSONPath;
  readonly a: JSONPath;
  readonly b: JSONPath;
}

function readAlias(a: string, b: string, object: Json, places: Places, complain: Complain): readonly AliasAt[] {
  checkPath(a, 'alias', places.a, complain);
  checkPath(b, 'alias', places.b, complain);
  const exception = readException(object, places.alias, complain);
  return [{ alias: { a: parseSide(a), b: parseSide(b), ...(exception && { exception }) }, at: places.alias }];
}

function readException(object: Json, at: JSONPath, complain: Complain): Exception | undefined {
  const reason = object['exception'];
  const pinned = object['at'];
  if (reason === undefined) {
    if (pinned !== undefined) complain([...at, 'at'], '"at" pins an exception, and there is none', 'add "exception"');
    return undefined;
  }
  if (typeof reason !== 'string' || reason.trim() === '') {
    complain([...at, 'exception'], 'an exception without a reason', 'say why the two may differ');
    return undefined;
  }
  if (pinned === undefined) return { reason };
  const states = Array.isArray(pinned) && pinned.length === 2 ? pinned.map(readState) : [undefined];
  const [stateA, stateB] = states;
  if (stateA !== undefined && stateB !== undefined) return { reason, at: [stateA, stateB] };
  complain([...at, 'at'], '"at" is not [state, state]', 'a state is "<mode> <object id>", or null for absent');
  return undefined;
}

function readState(value: unknown): PinnedState | undefined {
  if (value === null) return null;
  const [, mode, oid] = (typeof value === 'string' ? STATE.exec(value) : null) ?? [];
  return mode === undefined || oid === undefined ? undefined : { mode, oid };
}
