// The texts of the graph's page.

export const TITLE = 'Copies';
export const PLACES_HEADING = 'Where the copies are';
export const TIMELINE_HEADING = 'How they drifted';
export const NO_EVENTS =
  'No commit along the first parents brought a pair out of sync, resolved drift or kept a pair in sync.';
export const NEWEST_HEADING = 'The newest commits that brought pairs out of sync';

export function sayDrawnFrom(commit: string | undefined, pairs: number): string {
  const where = commit === undefined ? 'before its first commit' : `at ${commit}`;
  return `The working tree ${where}, ${pairs} declared ${pairs === 1 ? 'pair' : 'pairs'}.`;
}

export function sayBar(day: string, introduced: number, resolved: number, kept: number): string {
  return `from ${day}: ${introduced} introduced, ${resolved} resolved, ${kept} kept in sync`;
}

export const BAR_WORDS = { introduced: 'introduced', resolved: 'resolved', kept: 'kept in sync' } as const;
