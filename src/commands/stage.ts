// The environment of every command.

import type { Output } from './output.js';

/** A command's directory, output and exit code. */
export interface Stage {
  readonly cwd: string;
  readonly output: Output;
  readonly finish: (code: number) => void;
}
