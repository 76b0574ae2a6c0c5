// The lines that each side keeps for itself: cutting them out, and putting them back into new text.

import type { OwnPart } from '../manifest/types.js';
import { linesOf, matchLines, withoutEnd } from './lines.js';

/** Own lines, and where they stand: after that many of the compared lines. */
interface OwnLines {
  readonly after: number;
  readonly text: string;
  readonly kind: 'top' | 'block' | 'line';
}

/** A text without its own lines, and these. */
export interface Cut {
  readonly rest: string;
  readonly own: readonly OwnLines[];
  /** The number of own lines, and of all lines. */
  readonly ownLines: number;
  readonly lines: number;
}

/** A part that begins and never ends, or ends without a beginning. */
export interface Unbalanced {
  /** Its line, from 1. */
  readonly line: number;
  readonly text: string;
}

export type CutResult = Cut | { readonly unbalanced: Unbalanced };

/** Cuts out the own lines of one side. The lines that mark a block stay: both sides have them. */
export function cutOwn(parts: readonly OwnPart[], text: string): CutResult {
  const top = topOf(parts, text);
  // safeguard front-matter: front matter without an end stays (unit/differences/text-rule)
  if (top === undefined) return { unbalanced: { line: 1, text: lineAt(text, 0) } };
  const cutting = new Cutting(parts, text);
  for (let line = 0; line < top; line += 1) cutting.keep('top');
  while (!cutting.isDone) {
    if (!cutting.read()) return { unbalanced: cutting.unbalanced };
  }
  return cutting.finish();
}

/** The number of own lines at the top; undefined if front matter begins there and never ends. */
function topOf(parts: readonly OwnPart[], text: string): number | undefined {
  const first = Math.max(0, ...parts.map((part) => (part.kind === 'first_lines' ? part.count : 0)));
  if (!parts.some(({ kind }) => kind === 'front_matter') || lineAt(text, 0) !== '---') return first;
  let line = 1;
  for (let at = endOfLine(text, 0); at < text.length; at = endOfLine(text, at)) {
    line += 1;
    if (text.startsWith('---', at) && lineAt(text, at) === '---') return line + first;
  }
  return undefined;
}

/** The offset behind the line that begins here. */
function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** The line that begins here, without its end. */
function lineAt(text: string, at: number): string {
  return withoutEnd(text.slice(at, endOfLine(text, at)));
}

const SPACE = 0x20;
const TAB = 0x09;

/** The offset of the first char at or after this one that is not white space. */
function skipSpace(text: string, at: number): number {
  let visible = at;
  while (text.charCodeAt(visible) === SPACE || text.charCodeAt(visible) === TAB) visible += 1;
  return visible;
}

/** Reads a text line by line. Most lines begin no part, and cost no more than their search. */
class Cutting {
  readonly #text: string;
  readonly #prefixes: readonly string[];
  readonly #blocks: readonly { readonly from: string; readonly to: string }[];
  /** The first visible char of every prefix and marker. */
  readonly #begins: ReadonlySet<number>;
  readonly #rest: string[] = [];
  readonly #own: { after: number; text: string; kind: OwnLines['kind'] }[] = [];
  #at = 0;
  #line = 0;
  #ownLines = 0;
  /** Where the compared lines begin that are not in `rest` yet. */
  #from = 0;
  #open: { readonly to: string; readonly line: number; readonly text: string } | undefined;

  constructor(parts: readonly OwnPart[], text: string) {
    this.#text = text;
    this.#prefixes = parts.flatMap((part) => (part.kind === 'lines' ? [part.prefix] : []));
    this.#blocks = parts.flatMap((part) => (part.kind === 'block' ? [part] : []));
    const words = [...this.#prefixes, ...this.#blocks.flatMap(({ from, to }) => [from, to])];
    this.#begins = new Set(words.map((word) => word.charCodeAt(skipSpace(word, 0))));
  }

  get isDone(): boolean {
    return this.#at >= this.#text.length;
  }

  get unbalanced(): Unbalanced {
    const { line, text } = this.#open ?? { line: this.#line, text: lineAt(this.#text, this.#at) };
    return { line, text };
  }

  /** Takes the next line as an own one. */
  keep(kind: OwnLines['kind']): void {
    if (this.isDone) return;
    this.#rest.push(this.#text.slice(this.#from, this.#at));
    const start = this.#at;
    this.#next();
    this.#from = this.#at;
    this.#ownLines += 1;
    const last = this.#own.at(-1);
    const after = this.#line - this.#ownLines;
    const line = this.#text.slice(start, this.#at);
    if (last?.kind === kind && last.after === after) last.text += line;
    else this.#own.push({ after, text: line, kind });
  }

  #next(): void {
    this.#at = endOfLine(this.#text, this.#at);
    this.#line += 1;
  }

  /** Reads one line. False if it begins a block inside a block, or ends one that has not begun. */
  read(): boolean {
    const visible = skipSpace(this.#text, this.#at);
    if (!this.#open && !this.#begins.has(this.#text.charCodeAt(visible))) {
      this.#next();
      return true;
    }
    const text = this.#blocks.length === 0 ? '' : lineAt(this.#text, this.#at);
    if (this.#open) return this.#readInside(text, this.#open.to);
    const block = this.#blocks.find(({ from }) => from === text);
    if (!block && this.#blocks.some(({ to }) => to === text)) {
      this.#line += 1;
      return false;
    }
    if (!block && this.#prefixes.some((prefix) => this.#text.startsWith(prefix, visible))) this.keep('line');
    else this.#next();
    if (block) {
      this.#open = { to: block.to, line: this.#line, text };
      this.#own.push({ after: this.#line - this.#ownLines, text: '', kind: 'block' });
    }
    return true;
  }

  #readInside(text: string, to: string): boolean {
    if (text === to) {
      this.#next();
      this.#open = undefined;
    } else if (this.#blocks.some(({ from }) => from === text)) return false;
    else this.keep('block');
    return true;
  }

  finish(): CutResult {
    // safeguard block-ends: a block without an end is not cut out (unit/differences/text-rule)
    if (this.#open) return { unbalanced: this.unbalanced };
    this.#rest.push(this.#text.slice(this.#from));
    return { rest: this.#rest.join(''), own: this.#own, ownLines: this.#ownLines, lines: this.#line };
  }
}

/**
 * New compared lines with the own lines of the present text: the top at the top, blocks by their
 * order, other lines after the line that they followed. Undefined if a place is gone or not clear.
 */
export function putOwnInto(parts: readonly OwnPart[], rest: string, present: Cut): string | undefined {
  const placed = new Map<number, string>();
  const place = (after: number, text: string) => placed.set(after, (placed.get(after) ?? '') + text);
  const marked = cutOwn(
    parts.filter(({ kind }) => kind === 'block'),
    rest,
  );
  if ('unbalanced' in marked) return undefined;
  const blocks = present.own.filter(({ kind }) => kind === 'block');
  if (marked.own.length !== blocks.length) return undefined;
  const lines = linesOf(rest);
  const anchors = new Anchors(present.rest, lines);
  for (const { kind, after, text } of present.own) {
    if (kind === 'block') continue;
    const at = kind === 'top' || after === 0 ? 0 : anchors.after(after);
    if (at === undefined) return undefined;
    place(at, text);
  }
  // A block's place is behind its marker, so nothing else is placed there.
  for (const [at, { after }] of marked.own.entries()) place(after, blocks[at]?.text ?? '');
  const text = [...lines, ''].map((line, at) => `${placed.get(at) ?? ''}${line}`).join('');
  return holdsBoth(parts, text, rest, present) ? text : undefined;
}

/** True if the text has exactly these compared lines, and the own lines of the present text. */
function holdsBoth(parts: readonly OwnPart[], text: string, rest: string, present: Cut): boolean {
  const cut = cutOwn(parts, text);
  if ('unbalanced' in cut) return false;
  const ownOf = ({ own }: Cut) => own.map((each) => each.text).join('');
  return cut.rest === rest && ownOf(cut) === ownOf(present);
}

/** Finds the place after a line of the present text in the new lines. */
class Anchors {
  readonly #present: readonly string[];
  readonly #new: readonly string[];
  #matches: ReadonlyMap<number, number> | undefined;

  constructor(present: string, lines: readonly string[]) {
    this.#present = linesOf(present);
    this.#new = lines;
  }

  /** The number of new lines up to the line that was the `after`-th; undefined if it is gone. */
  after(after: number): number | undefined {
    this.#matches ??= new Map(matchLines(this.#present, this.#new));
    const matched = this.#matches.get(after - 1);
    if (matched !== undefined) return matched + 1;
    const anchor = this.#present[after - 1] ?? '';
    const first = this.#new.indexOf(anchor);
    return first >= 0 && first === this.#new.lastIndexOf(anchor) ? first + 1 : undefined;
  }
}
