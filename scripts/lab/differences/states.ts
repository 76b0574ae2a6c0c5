// The states of a pair that people keep in step by hand, from a seed.

import type { Side } from '../../../src/manifest/types.js';
import type { DifferingPair, Own } from './histories.js';

/** What a commit does to the pair. */
export type Edit =
  /** The same edit on both sides. */
  | 'both'
  /** An edit on one side; the other one is forgotten. */
  | 'forgotten'
  /** The other side takes the forgotten edit. */
  | 'completed'
  /** A side edits its own part. */
  | 'own'
  /** A meant difference of another kind appears. */
  | 'new';

export interface PairState {
  readonly edit: Edit;
  readonly texts: Readonly<Record<Side, string>>;
  /** True if a side lacks an edit of the other one, so that a check should ask. */
  readonly isBehind: boolean;
}

/** The shares of the edits; the rest is the same edit on both sides. A forgotten one takes two. */
const SHARES = { forgotten: 0.08, own: 0.12 } as const;

const LINES = 40;
const FEWEST = 20;
const WORDS = 'check the branch before every commit and write what changed in one short line then run all tests'.split(
  ' ',
);

/** A pair that is edited again and again. */
export class Editing {
  readonly #history: DifferingPair;
  readonly #random: () => number;
  readonly #own: Record<Side, { revision: number }> = { a: { revision: 1 }, b: { revision: 1 } };
  #bodies: Record<Side, readonly string[]>;
  #hasNew = false;
  /** The side that was edited last where one is behind. */
  #ahead: Side = 'a';
  #lines = 0;

  constructor(history: DifferingPair, random: () => number) {
    this.#history = history;
    this.#random = random;
    const body = Array.from({ length: LINES }, () => this.#line());
    this.#bodies = { a: body, b: body };
  }

  get isBehind(): boolean {
    return this.#bodies.a !== this.#bodies.b;
  }

  /** The present state, before any edit. */
  get first(): PairState {
    return { edit: 'both', texts: this.#texts, isBehind: false };
  }

  /** Makes one edit; `wanted` is what happens where nothing is forgotten. */
  next(wanted: 'new' | undefined): PairState {
    const edit = this.isBehind ? 'completed' : (wanted ?? this.#pickEdit());
    switch (edit) {
      case 'both':
        this.#bodies = this.#both(this.#edited(this.#bodies.a));
        break;
      case 'forgotten':
        this.#ahead = this.#side();
        this.#bodies = { ...this.#bodies, [this.#ahead]: this.#edited(this.#bodies.a) };
        break;
      case 'completed':
        this.#bodies = this.#both(this.#bodies[this.#ahead]);
        break;
      case 'own':
        this.#own[this.#side()].revision += 1;
        break;
      case 'new':
        this.#hasNew = true;
        break;
    }
    return { edit, texts: this.#texts, isBehind: this.isBehind };
  }

  #pickEdit(): Edit {
    const at = this.#random();
    if (at < SHARES.forgotten) return 'forgotten';
    return at < SHARES.forgotten + SHARES.own && this.#history.hasOwnPart ? 'own' : 'both';
  }

  /** Three of four edits of one side are on side a. */
  #side(): Side {
    return this.#random() < 0.75 ? 'a' : 'b';
  }

  #both(body: readonly string[]): Record<Side, readonly string[]> {
    return { a: body, b: body };
  }

  /** One line is removed, changed or added. */
  #edited(body: readonly string[]): readonly string[] {
    const at = Math.floor(this.#random() * body.length);
    const kind = this.#random();
    if (kind < 0.15 && body.length > FEWEST) return body.toSpliced(at, 1);
    return body.toSpliced(at, kind < 0.6 ? 1 : 0, this.#line());
  }

  /** Each line is unlike any other. */
  #line(): string {
    this.#lines += 1;
    const words = Array.from({ length: 6 }, () => WORDS[Math.floor(this.#random() * WORDS.length)]);
    const named = this.#random() < this.#history.naming ? (this.#random() < 0.7 ? '{tool} ' : '{file} ') : '';
    return `${named}${words.join(' ')} (${this.#lines}).`;
  }

  get #texts(): PairState['texts'] {
    return { a: this.#render('a'), b: this.#render('b') };
  }

  #render(side: Side): string {
    const own: Own = { ...this.#own[side], hasNew: this.#hasNew };
    return `${this.#history.render(side, this.#bodies[side], own).join('\n')}\n`;
  }
}
