// The texts of the graph's page.

import { show } from './show.js';

export function sayTitle(repository: string): string {
  return `Copies in ${show(repository)}`;
}

export const OUT_OF_SYNC_HEADING = 'Out of sync';

export function sayMoreOutOfSync(count: number): string {
  return `… and ${count} more: git dos-sync check --full`;
}

export const PLACES_HEADING = 'Where the copies are';
export const TIMELINE_HEADING = 'How they drifted';
export const NO_EVENTS =
  'No commit along the first parents brought a pair out of sync, resolved drift or kept a pair in sync.';
export const NEWEST_HEADING = 'The newest commits that brought pairs out of sync';

/** `day`: when it was drawn, as 2026-01-31. */
export function sayDrawnFrom(commit: string | undefined, pairs: number, day: string): string {
  const where = commit === undefined ? 'before its first commit' : `at ${commit}`;
  return `The working tree ${where}, ${pairs} declared ${pairs === 1 ? 'pair' : 'pairs'}. Drawn on ${day}.`;
}

export function sayBar(day: string, introduced: number, resolved: number, kept: number): string {
  return `from ${day}: ${introduced} introduced, ${resolved} resolved, ${kept} kept in sync`;
}

export const BAR_WORDS = { introduced: 'introduced', resolved: 'resolved', kept: 'kept in sync' } as const;
