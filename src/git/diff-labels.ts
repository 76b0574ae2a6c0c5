// The headings of a diff between the two sides of a pair.

/** Stands before the path in a heading, where git has `a` and `b`. */
export type DiffLabel = 'source' | 'copy';

/** The arguments of `git diff`. git swaps the two under `-R`. */
export function labelArguments(before: DiffLabel, after: DiffLabel): readonly string[] {
  return [`--src-prefix=${before}/`, `--dst-prefix=${after}/`];
}
