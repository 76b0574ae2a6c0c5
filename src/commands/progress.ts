// How far a long walk has come: one line on a terminal, rewritten in place, once there is something
// to wait for.

import { sayProgress } from '../messages/progress.js';

/** Milliseconds. */
const PATIENCE = 1000;
const BETWEEN = 200;

const ERASE_LINE = '\r\u001b[K';

/** Where the line goes, and the clock. */
export interface Display {
  readonly isTerminal: boolean;
  readonly write: (text: string) => void;
  readonly now: () => number;
}

const STANDARD_DISPLAY: Display = {
  isTerminal: process.stderr.isTTY === true && process.env['TERM'] !== 'dumb',
  write: (text) => process.stderr.write(text),
  now: () => performance.now(),
};

export class Progress {
  readonly #display: Display;
  readonly #start: number;
  #last = Number.NEGATIVE_INFINITY;
  #done = 0;
  #visible = false;
  /** How many there will be, once that is known. */
  total: number | undefined;

  constructor(display: Display = STANDARD_DISPLAY) {
    this.#display = display;
    this.#start = display.now();
  }

  /** True where somebody can see the line; only then is it worth counting ahead. */
  get isSeen(): boolean {
    return this.#display.isTerminal;
  }

  /** One more is done. */
  step(): void {
    this.#done += 1;
    if (!this.#display.isTerminal) return;
    const now = this.#display.now();
    if (now - this.#start < PATIENCE || now - this.#last < BETWEEN) return;
    this.#last = now;
    this.#visible = true;
    this.#display.write(ERASE_LINE + sayProgress(this.#done, this.total));
  }

  /** Takes the line away: before anything else is printed, and at the end. */
  clear(): void {
    if (this.#visible) this.#display.write(ERASE_LINE);
    this.#visible = false;
  }
}
