// The texts of the graph's page.

import { show } from './show.js';

export function sayTitle(repository: string): string {
  return `Copies in ${show(repository)}`;
}

/** What the page says first. */
export function sayState(out: number, unchecked: number, rows: number): string {
  if (rows === 0) return 'There is nothing to compare.';
  if (out > 0) return `${out} of ${rows} ${out === 1 ? 'is' : 'are'} out of sync.`;
  if (unchecked > 0)
    return `Nothing is out of sync; ${unchecked} of ${rows} ${unchecked === 1 ? 'was' : 'were'} not checked.`;
  return 'Everything is in sync.';
}

export const SEARCH_LABEL = 'Search names and paths';
export const FILTER_LABEL = 'Rows to show';

/** The filter's choices, in their order. */
export const KIND_WORDS = { out: 'Out of sync', unchecked: 'Not checked', in: 'In sync' } as const;

export function sayKind(words: string, count: number): string {
  return `${words} (${count})`;
}

export function sayOutOfSyncFiles(count: number): string {
  return `Out of sync: ${count} ${count === 1 ? 'file' : 'files'}`;
}

/** The columns of the list of files. */
export const FILE_HEADINGS = ['state', 'source', 'copy', 'show the difference'] as const;

/** The page's script fills in the numbers. */
export function sayShownRows(): string {
  return '{shown} of {all} rows';
}

export function sayShownFiles(): string {
  return '{shown} of {all} files';
}

export function sayMoreOutOfSync(count: number): string {
  return `… and ${count} more: git dos-sync check --full`;
}

export function sayMore(count: number): string {
  return `… and ${count} more`;
}

export const PLACES_HEADING = 'Where the copies are';
export const DRAWING_HEADING = 'The same as a drawing';
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
