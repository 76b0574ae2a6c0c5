// In what two sides differ.

import type { DriftReason } from '../judge/types.js';

const DIFFERENCES: Readonly<Record<DriftReason, string>> = {
  content: '',
  mode: ' (the executable bit differs)',
  type: ' (one is a file, the other a symlink or a submodule)',
};

/** To append to "differ"; empty for the content. */
export function sayDifference(reason: DriftReason | undefined): string {
  return reason === undefined ? '' : DIFFERENCES[reason];
}
