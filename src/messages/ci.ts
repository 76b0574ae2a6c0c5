// Texts of the machine formats for the people who read them.

import { show } from './show.js';

/** A verdict in plain text. A path is null if an alias uses its name. */
export interface VerdictText {
  readonly status: string;
  readonly reason: 'content' | 'mode' | 'type' | undefined;
  readonly a: string | null;
  readonly b: string | null;
}

export const RULES = {
  DRIFT: 'The two sides of a pair differ.',
  MISSING_A: 'A pair lacks its live side.',
  MISSING_B: 'A pair lacks its copy.',
} as const;

/** The verdict in one line. */
export function sayVerdict({ status, reason, a, b }: VerdictText): string {
  if (a === null || b === null) return `${show(a ?? b ?? '')} has no partner: an alias has given the name away.`;
  const [sideA, sideB] = [show(a), show(b)];
  if (status === 'MISSING_A') return `${sideA} is missing; its partner ${sideB} is there.`;
  if (status === 'MISSING_B') return `${sideB} is missing; its partner ${sideA} is there.`;
  if (reason === 'mode') return `${sideA} and ${sideB} must be equal, and differ in the executable bit.`;
  if (reason === 'type')
    return `${sideA} and ${sideB} must be equal, and one is a file, the other a link or a submodule.`;
  return `${sideA} and ${sideB} must be equal, and differ.`;
}

export const FINDING_TITLE = 'out of sync';

export const SEE_LOCALLY = 'What to do about it: git dos-sync check';

export const NOTHING_WAS_COMPARED = 'Pairs are declared, but not one of their files was compared.';
