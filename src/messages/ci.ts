// Texts of the machine formats for the people who read them.

import type { DriftReason } from '../judge/types.js';
import { sayDifference } from './differences.js';
import { show } from './show.js';

/** A verdict in plain text. A path is null if an alias uses its name. */
export interface VerdictText {
  readonly status: string;
  readonly reason: DriftReason | undefined;
  readonly a: string | null;
  readonly b: string | null;
}

export const RULES = {
  DRIFT: 'The two sides of a pair differ.',
  MISSING_A: 'The a side of a pair is missing.',
  MISSING_B: 'The b side of a pair is missing.',
} as const;

export const RULE_DETAILS = {
  DRIFT:
    'The manifest .dos-sync-manifest.json says that these two files are equal. One of them was changed and the other was not.',
  MISSING_A:
    'The manifest .dos-sync-manifest.json pairs this file with a copy. It is missing on the side that the manifest calls a.',
  MISSING_B:
    'The manifest .dos-sync-manifest.json pairs this file with a copy. It is missing on the side that the manifest calls b.',
} as const;

export const RULE_HELP =
  'To see which side is stale and what to type: git dos-sync check. To copy the newer side over the other: git dos-sync fix.';

/** The verdict in one line. */
export function sayVerdict({ status, reason, a, b }: VerdictText): string {
  if (a === null || b === null)
    return `${show(a ?? b ?? '')} is not paired: an alias pairs the other path with another file.`;
  const [sideA, sideB] = [show(a), show(b)];
  if (status === 'MISSING_A') return `${sideA} is missing; its counterpart ${sideB} exists.`;
  if (status === 'MISSING_B') return `${sideB} is missing; its counterpart ${sideA} exists.`;
  return `${sideA} and ${sideB} must be equal, but differ${sayDifference(reason)}.`;
}

export const FINDING_TITLE = 'out of sync';

export const SEE_LOCALLY = 'To see how to fix it: git dos-sync check';

export const NOTHING_WAS_COMPARED = 'Pairs are declared, but none of their files was compared.';

export const TOP_LEVEL = 'The top level of the repository.';
