// The type of a verb of the command line, and its environment.

import type { Command } from 'commander';
import type { Output } from './output.js';

/** A verb's directory, output and exit code. */
export interface Stage {
  readonly cwd: string;
  readonly output: Output;
  readonly finish: (code: number) => void;
}

/** Adds a verb to the command line: its arguments, options and action. */
export type Verb = (program: Command, stage: Stage) => void;
