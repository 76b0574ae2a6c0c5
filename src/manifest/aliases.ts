// The three forms of `aliases`: an object, an array of {a, b}, an array of one-key maps.

import type { JSONPath } from 'jsonc-parser';
import { sayMissingKey } from '../messages/manifest.js';
import * as say from '../messages/pairs.js';
import { type Complain, checkPath, refuseUnknown } from './complain.js';
import { DECLARATION_KEYS, readDeclaration } from './declaration.js';
import { parseSide } from './path-rules.js';
import { KNOWN_KEYS } from './schema.js';
import type { DeclaredAlias, Exception, PinnedState } from './types.js';

/** An alias, and its position in the document. */
export interface AliasAt {
  readonly alias: DeclaredAlias;
  readonly at: JSONPath;
}

type Json = Readonly<Record<string, unknown>>;

const DIGEST = /^sha256:[0-9a-f]{64}$/;
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
  note(['aliases'], say.ALIASES_SHAPE, complain);
  return [];
}

function readMap(map: Json, at: JSONPath, complain: Complain): readonly AliasAt[] {
  return Object.entries(map).flatMap(([a, target]) => {
    const here = [...at, a];
    if (typeof target === 'string') return readAlias(a, target, {}, { alias: here, a: here, b: here }, complain);
    // safeguard alias-shape: an alias of another shape is refused (unit/manifest/parse)
    if (!isObject(target)) {
      note(here, say.ALIAS_SHAPE, complain);
      return [];
    }
    refuseUnknown(target, KNOWN_KEYS.exception, here, complain);
    // safeguard alias-partner: an alias without a partner is refused (unit/manifest/parse)
    if (!requireText(target, 'b', here, complain)) return [];
    const says = [...DECLARATION_KEYS, 'exception'].some((key) => target[key] !== undefined);
    // safeguard alias-reason: an alias that excepts nothing is refused (unit/manifest/parse)
    if (!says) complain(here, sayMissingKey('exception'), say.HOW_TO_EXCEPT);
    return readAlias(a, target['b'] as string, target, { alias: here, a: here, b: [...here, 'b'] }, complain);
  });
}

function readElement(element: unknown, at: JSONPath, complain: Complain): readonly AliasAt[] {
  // safeguard alias-element: an element of another shape is refused (unit/manifest/parse)
  if (!isObject(element)) {
    note(at, say.ELEMENT_SHAPE, complain);
    return [];
  }
  if (!('a' in element) && !('b' in element)) {
    if (Object.keys(element).length === 1) return readMap(element, at, complain);
    note(at, say.ELEMENT_KEYS, complain);
    return [];
  }
  refuseUnknown(element, KNOWN_KEYS.alias, at, complain);
  const [hasA, hasB] = [requireText(element, 'a', at, complain), requireText(element, 'b', at, complain)];
  // safeguard alias-sides: an alias needs both sides (unit/manifest/parse)
  if (!hasA || !hasB) return [];
  const places = { alias: at, a: [...at, 'a'], b: [...at, 'b'] };
  return readAlias(element['a'] as string, element['b'] as string, element, places, complain);
}

function note(at: JSONPath, { message, hint }: say.PairText, complain: Complain): void {
  complain(at, message, hint);
}

function requireText(object: Json, key: string, at: JSONPath, complain: Complain): boolean {
  if (typeof object[key] === 'string') return true;
  if (object[key] === undefined) complain(at, sayMissingKey(key));
  else complain([...at, key], say.pathNotText(key));
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
  const declaration = readDeclaration(object, places.alias, complain);
  // An exception from a rule has to be pinned: without "at" it would allow everything.
  // safeguard rule-or-exception: an exception beside a rule is refused (unit/manifest/parse)
  if (exception && !exception.at && declaration.textRule) note(places.alias, say.RULE_AND_EXCEPTION, complain);
  const alias = { a: parseSide(a), b: parseSide(b), ...declaration, ...(exception && { exception }) };
  return [{ alias, at: places.alias }];
}

function readException(object: Json, at: JSONPath, complain: Complain): Exception | undefined {
  const reason = object['exception'];
  const pinned = object['at'];
  if (reason === undefined) {
    for (const key of ['at', 'holds', 'digest']) {
      // safeguard nothing-pinned: pins without an exception are refused (unit/manifest/parse)
      if (object[key] !== undefined) note([...at, key], say.nothingPinned(key), complain);
    }
    return undefined;
  }
  // safeguard exception-reason: an exception needs a reason (unit/manifest/parse)
  if (typeof reason !== 'string' || reason.trim() === '') {
    note([...at, 'exception'], say.NO_REASON, complain);
    return undefined;
  }
  const digest = readDigest(object, at, complain);
  if (pinned === undefined) return { reason };
  const states = Array.isArray(pinned) && pinned.length === 2 ? pinned.map(readState) : [undefined];
  const [stateA, stateB] = states;
  if (stateA !== undefined && stateB !== undefined) {
    return { reason, at: [stateA, stateB], ...(digest !== undefined && { digest }) };
  }
  note([...at, 'at'], say.NOT_STATES, complain);
  return undefined;
}

/** The digest of `holds: "difference"`. */
function readDigest(object: Json, at: JSONPath, complain: Complain): string | undefined {
  const { holds, digest } = object;
  // safeguard holds-values: another value of holds is refused (unit/manifest/parse)
  if (holds !== undefined && holds !== 'states' && holds !== 'difference') {
    note([...at, 'holds'], say.NOT_HOLDS, complain);
    return undefined;
  }
  if (holds !== 'difference') {
    // safeguard digest-needs-holds: a digest without holds is refused (unit/manifest/parse)
    if (digest !== undefined) note([...at, 'digest'], say.NO_HOLDS, complain);
    return undefined;
  }
  // safeguard holds-needs-at: holds without pinned states is refused (unit/manifest/parse)
  if (object['at'] === undefined) note([...at, 'holds'], say.HOLDS_NOTHING, complain);
  if (typeof digest === 'string' && DIGEST.test(digest)) return digest;
  note(digest === undefined ? [...at, 'holds'] : [...at, 'digest'], say.NOT_DIGEST, complain);
  return undefined;
}

function readState(value: unknown): PinnedState | undefined {
  if (value === null) return null;
  const [, mode, oid] = (typeof value === 'string' ? STATE.exec(value) : null) ?? [];
  return mode === undefined || oid === undefined ? undefined : { mode, oid };
}
