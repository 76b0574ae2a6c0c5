// The results of an examination.

/**
 * `problem`: a hook or a check lacks something that it needs. `warning`: it works, but perhaps not
 * as intended.
 */
export type Level = 'ok' | 'warning' | 'problem';

/** One examined thing. */
export interface Note {
  /** The name of the probe; stable across versions. */
  readonly probe: string;
  readonly level: Level;
  /** A full sentence. */
  readonly says: string;
  /** The command to type next. */
  readonly next?: string;
}

export function note(probe: string, level: Level, says: string, next?: string): Note {
  return { probe, level, says, ...(next !== undefined && { next }) };
}
