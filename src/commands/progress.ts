// The progress of a long walk: one line on a terminal, updated in place, after a short delay.

import { sayProgress } from '../messages/progress.js';

/** Milliseconds. */
const PATIENCE = 1000;
const BETWEEN = 200;

const ERASE_LINE = '\r\u001b[K';

/** The output of the line, and its clock. */
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
  /** The total, once it is known. */
  total: number | undefined;

  constructor(display: Display = STANDARD_DISPLAY) {
    this.#display = display;
    this.#start = display.now();
  }

  /** True if the line is visible; only then is counting ahead useful. */
  get isSeen(): boolean {
    return this.#display.isTerminal;
  }

  step(): void {
    this.#done += 1;
    // safeguard no-terminal: only a terminal sees progress (unit/commands/progress)
    if (!this.#display.isTerminal) return;
    const now = this.#display.now();
    // safeguard patience: a short wait shows nothing (unit/commands/progress)
    if (now - this.#start < PATIENCE || now - this.#last < BETWEEN) return;
    this.#last = now;
    this.#visible = true;
    this.#display.write(ERASE_LINE + sayProgress(this.#done, this.total));
  }

  /** Clears the line: before other output, and at the end. */
  clear(): void {
    if (this.#visible) this.#display.write(ERASE_LINE);
    this.#visible = false;
  }
}
