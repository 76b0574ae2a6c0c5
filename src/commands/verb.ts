// What every verb of the command line is, and what it is given.

import type { Command } from 'commander';
import type { Output } from './output.js';

/** Where a verb runs, writes its output, and leaves its exit code. */
export interface Stage {
  readonly cwd: string;
  readonly output: Output;
  readonly finish: (code: number) => void;
}

/** Adds a verb to the command line: its arguments, its options, and what it does. */
export type Verb = (program: Command, stage: Stage) => void;
