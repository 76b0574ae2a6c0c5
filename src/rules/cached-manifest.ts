// The manifest in a form for lookups: finds the few declarations for a path without reading the
// others. Pure.

import type { RepoPath } from '../git/path.js';
import { pathOf } from '../manifest/sides.js';
import type { DeclaredAlias, DeclaredPair, Manifest } from '../manifest/types.js';

/** Aliases and templates apply to every path; with more than this the cache does not pay. */
const MOST_COMMON = 2000;

/**
 * Header: everything but the plain pairs, and the length in bytes of the two sections below,
 * `pairs` and `places`.
 */
interface Head {
  readonly common: Manifest;
  readonly pairs: number;
  readonly places: number;
  readonly bytes: number;
}

const NEWLINE = 0x0a;
const TAB = 0x09;

/**
 * The text, one char per byte: a header; a line of JSON per plain pair; the sides of these, sorted
 * by bytes, with their pair's offset. Undefined if too many declarations apply to every path.
 */
export function formatCachedManifest(manifest: Manifest): string | undefined {
  const plain = manifest.pairs.filter(isPlain);
  const common = { ...manifest, pairs: manifest.pairs.filter((pair) => !isPlain(pair)) };
  if (common.pairs.length + common.aliases.length > MOST_COMMON) return undefined;
  const lines: string[] = [];
  const places: string[] = [];
  let offset = 0;
  for (const pair of plain) {
    const line = `${inAscii(pair)}\n`;
    for (const side of [pair.a, pair.b]) if (!side.outside) places.push(`${pathOf(side)}\t${offset}\n`);
    lines.push(line);
    offset += line.length;
  }
  const sorted = places.sort((one, other) => (one < other ? -1 : 1)).join('');
  const body = lines.join('') + sorted;
  const head: Head = { common, pairs: offset, places: sorted.length, bytes: body.length };
  return `${inAscii(head)}\n${body}`;
}

function isPlain({ a, b }: DeclaredPair): boolean {
  return [a, b].every(({ segments }) => segments.every((segment) => typeof segment === 'string'));
}

/** JSON in ASCII, so that each char is one byte. */
function inAscii(value: object): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Thrown for a cached text that is not what was written. */
export class DamagedCache extends Error {}

/** The cached text, and its lookups by path. @throws DamagedCache. */
export class CachedManifest {
  readonly #bytes: Buffer;
  readonly #head: Head;
  readonly #pairsAt: number;
  readonly #placesAt: number;
  readonly #found = new Map<number, DeclaredPair>();

  constructor(bytes: Buffer) {
    const end = bytes.indexOf(NEWLINE);
    this.#bytes = bytes;
    this.#head = parse<Head>(bytes.toString('latin1', 0, end), isHead);
    this.#pairsAt = end + 1;
    this.#placesAt = this.#pairsAt + this.#head.pairs;
    const { bytes: promised, pairs, places } = this.#head;
    if (end < 0 || pairs + places !== promised || this.#pairsAt + promised !== bytes.length) {
      // safeguard cut-cache (R21): a cut cache is not read (unit/rules/cached-manifest)
      throw new DamagedCache('the compiled manifest is not whole');
    }
  }

  /**
   * A manifest of the declarations with a side at, above or below one of these paths, and those
   * that apply to every path.
   */
  narrow(paths: Iterable<RepoPath>): Manifest {
    for (const path of paths) {
      for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1))
        this.#take(path.slice(0, end), '\t');
      this.#take(path, '\t');
      this.#take(path, '/');
    }
    const { common } = this.#head;
    const aliases: readonly DeclaredAlias[] = common.aliases;
    const pairs = [...this.#found].sort(([one], [other]) => one - other).map(([, pair]) => pair);
    return { ...common, aliases, pairs: [...pairs, ...common.pairs] };
  }

  /** Takes the pairs of every place that begins with the path and this character. */
  #take(path: string, next: '\t' | '/'): void {
    const wanted = Buffer.from(path + next, 'latin1');
    for (let at = this.#lowerBound(wanted); at < this.#bytes.length; at = this.#bytes.indexOf(NEWLINE, at) + 1) {
      const end = Math.min(this.#bytes.length, at + wanted.length);
      if (this.#bytes.compare(wanted, 0, wanted.length, at, end) !== 0) return;
      this.#takePair(at);
    }
  }

  /** The start of the first line of `places` that does not sort before `wanted`. */
  #lowerBound(wanted: Buffer): number {
    let low = this.#placesAt;
    let high = this.#bytes.length;
    while (low < high) {
      const start = this.#lineStart(Math.floor((low + high) / 2), low);
      const end = this.#bytes.indexOf(NEWLINE, start);
      if (this.#bytes.compare(wanted, 0, wanted.length, start, Math.min(end, start + wanted.length)) < 0) low = end + 1;
      else high = start;
    }
    return low;
  }

  #lineStart(within: number, lowest: number): number {
    return Math.max(lowest, this.#bytes.lastIndexOf(NEWLINE, within - 1) + 1);
  }

  #takePair(at: number): void {
    const tab = this.#bytes.indexOf(TAB, at);
    const offset = Number(this.#bytes.toString('latin1', tab + 1, this.#bytes.indexOf(NEWLINE, tab)));
    if (this.#found.has(offset)) return;
    const start = this.#pairsAt + offset;
    const line = this.#bytes.toString('latin1', start, this.#bytes.indexOf(NEWLINE, start));
    const pair = parse<DeclaredPair>(line, isPair);
    const place = this.#bytes.toString('latin1', at, tab);
    if (pathOf(pair.a) !== place && pathOf(pair.b) !== place)
      // safeguard wrong-cache (R21): a changed cache is not read (unit/rules/cached-manifest)
      throw new DamagedCache('the compiled manifest is damaged');
    this.#found.set(offset, pair);
  }
}

function parse<Value>(json: string, isOne: (value: Fields) => boolean): Value {
  try {
    const value: unknown = JSON.parse(json);
    if (isOne(Object(value) as Fields)) return value as Value;
  } catch (cause) {
    throw new DamagedCache('the compiled manifest cannot be read', { cause });
  }
  throw new DamagedCache('the compiled manifest is not what was written');
}

type Fields = Readonly<Record<string, unknown>>;

function isListOf(value: unknown, isOne: (each: Fields) => boolean): boolean {
  return Array.isArray(value) && value.every((each) => isOne(Object(each) as Fields));
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || value instanceof String;
}

function isSide(value: unknown): boolean {
  const { text, outside, segments } = Object(value) as Fields;
  return (
    isText(text) && typeof outside === 'boolean' && isListOf(segments, (each) => isText(each) || isText(each['name']))
  );
}

function isPair({ a, b, exclude, textRule }: Fields): boolean {
  return isSide(a) && isSide(b) && isListOf(exclude, isText) && isRule(textRule);
}

function isRule(value: unknown): boolean {
  const { with: substitutions, own } = Object(value) as Fields;
  const isBoth = (each: Fields) => isText(each[0]) && isText(each[1]);
  const isPart = ({ kind, ...texts }: Fields) =>
    isText(kind) && Object.values(texts).every((each) => isText(each) || Number.isInteger(each));
  return value === undefined || (isListOf(substitutions, isBoth) && isListOf(own, isPart));
}

function isHead({ common, pairs, places, bytes }: Fields): boolean {
  const { aliases, liveOnly, submoduleOnly, fixDirection, pairs: templates } = Object(common) as Fields;
  const globs = isListOf(liveOnly, isText) && isListOf(submoduleOnly, isText);
  const declared =
    isListOf(templates, isPair) &&
    isListOf(aliases, ({ a, b, textRule }) => isSide(a) && isSide(b) && isRule(textRule));
  return globs && declared && isText(fixDirection) && [pairs, places, bytes].every(Number.isInteger);
}
