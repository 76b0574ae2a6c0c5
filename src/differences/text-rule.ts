// What two texts of a pair with `with` or `own` must have in common, and what a fix writes. Pure.

import { opposite } from '../manifest/direction.js';
import type { OwnPart, Side } from '../manifest/types.js';
import { linesOf, matchLines } from './lines.js';
import { type Cut, cutOwn, putOwnInto, type Unbalanced } from './own.js';
import { type Substitution, substitute, turned } from './substitute.js';

/** Bytes; the rules do not apply to a larger text. */
export const LARGEST_TEXT = 1024 * 1024;

/** Bytes that are searched for NUL, as in git: https://git-scm.com/docs/gitattributes#_diff */
const SEARCHED = 8000;

/** True for contents that rules apply to. */
export function isText(content: Buffer): boolean {
  return content.length <= LARGEST_TEXT && !content.subarray(0, SEARCHED).includes(0);
}

/** The compared text of a side; the number of lines that were left out. */
export type Compared =
  | { readonly text: string; readonly leftOut: number; readonly lines: number }
  | { readonly unbalanced: Unbalanced };

/** Why a text cannot be carried to the other side. */
export type CarryRefusal =
  /** The substitutions cannot be turned back without changing other text. */
  | 'not-reversible'
  /** The place of an own line or block is gone, or not clear. */
  | 'no-place'
  /** A part begins and never ends. */
  | 'unbalanced';

/** Which parts of a rule there are. */
export type RuleKind = 'with' | 'own' | 'with+own';

/** The rule of one pair, with its `{Name}`s filled in. Texts have one char per byte. */
export class TextRule {
  readonly kind: RuleKind;
  readonly #with: readonly Substitution[];
  readonly #own: readonly OwnPart[];

  constructor(substitutions: readonly Substitution[], own: readonly OwnPart[]) {
    this.#with = substitutions;
    this.#own = own;
    this.kind = own.length === 0 ? 'with' : substitutions.length === 0 ? 'own' : 'with+own';
  }

  /** Everything that decides what the rule does. */
  get declared(): object {
    return [this.#with, this.#own];
  }

  /** True if identical texts are always in sync. */
  get keepsEqual(): boolean {
    return this.#with.length === 0;
  }

  /** What is compared: the text without own lines, in the words of side b. */
  compared(side: Side, text: string): Compared {
    if (this.#own.length === 0) return { text: this.#inWordsOfB(side, text), leftOut: 0, lines: 0 };
    const cut = cutOwn(this.#own, text);
    // safeguard unbalanced: a part without an end is not cut (unit/differences/text-rule)
    if ('unbalanced' in cut) return cut;
    return { text: this.#inWordsOfB(side, cut.rest), leftOut: cut.ownLines, lines: cut.lines };
  }

  #inWordsOfB(side: Side, text: string): string {
    return side === 'a' && this.#with.length > 0 ? substitute(this.#with, text) : text;
  }

  /**
   * What the other side becomes when this side is copied onto it; without a present text, own lines
   * are copied too.
   */
  carry(from: Side, source: string, present: string | undefined): { readonly text: string } | CarryRefusal {
    const cut = cutOwn(this.#own, source);
    const there = present === undefined ? undefined : cutOwn(this.#own, present);
    // safeguard unbalanced-copy: a part without an end gets no copy (unit/differences/text-rule)
    if ('unbalanced' in cut || (there && 'unbalanced' in there)) return 'unbalanced';
    return this.#write(opposite(from), this.#inWordsOfB(from, cut.rest), there, cut);
  }

  /** The text of a side that holds this compared text and the own lines of its present text. */
  written(side: Side, compared: string, present: string): { readonly text: string } | CarryRefusal {
    const there = cutOwn(this.#own, present);
    return 'unbalanced' in there ? 'unbalanced' : this.#write(side, compared, there, there);
  }

  /** `own`: whose own lines a new file gets. */
  #write(side: Side, compared: string, there: Cut | undefined, own: Cut): { readonly text: string } | CarryRefusal {
    const rest = side === 'b' ? compared : this.#turnBack(compared, there);
    // safeguard not-reversible: words that cannot turn back stay (unit/differences/text-rule)
    if (rest === undefined) return 'not-reversible';
    const text = putOwnInto(this.#own, rest, there ?? withRest(own, rest));
    return text === undefined ? 'no-place' : { text };
  }

  /**
   * The text in the words of side a; undefined if the way forth does not lead to `text` again.
   * Lines that have not changed keep the words that they have there.
   */
  #turnBack(text: string, there: Cut | undefined): string | undefined {
    const back = this.#with.map(turned);
    if (back.length === 0) return text;
    const candidates = [this.#turnLinesBack(back, text, there), substitute(back, text)];
    return candidates.find((each) => each !== undefined && substitute(this.#with, each) === text);
  }

  #turnLinesBack(back: readonly Substitution[], text: string, there: Cut | undefined): string | undefined {
    if (!there || back.some(({ left, right }) => `${left}${right}`.includes('\n'))) return undefined;
    const lines = linesOf(text);
    const present = linesOf(there.rest);
    const forth = present.map((line) => substitute(this.#with, line));
    const same = new Map(matchLines(lines, forth));
    const kept = lines.map((line, at) => {
      const matched = same.get(at);
      return matched === undefined ? substitute(back, line) : present[matched];
    });
    return kept.join('');
  }
}

/** The own lines of another text, at the same places of this one. */
function withRest({ rest, own, ...counts }: Cut, text: string): Cut {
  const alike = linesOf(rest).length === linesOf(text).length;
  return { ...counts, rest: text, own: alike ? own : own.filter(({ after }) => after === 0) };
}
