// What an examination comes to.

/** `problem`: something that a hook or a check needs is missing. `warning`: it works, but not as
 * somebody may think. */
export type Level = 'ok' | 'warning' | 'problem';

/** One thing that was looked at. */
export interface Note {
  /** What was probed; stays the same from version to version. */
  readonly probe: string;
  readonly level: Level;
  /** A whole sentence. */
  readonly says: string;
  /** What to type next. */
  readonly next?: string;
}

export function note(probe: string, level: Level, says: string, next?: string): Note {
  return { probe, level, says, ...(next !== undefined && { next }) };
}
