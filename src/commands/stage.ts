// What every verb of the grammar is handed.

import type { Output } from './output.js';

/** Where a verb runs, speaks, and leaves its exit code. */
export interface Stage {
  readonly cwd: string;
  readonly output: Output;
  readonly finish: (code: number) => void;
}
