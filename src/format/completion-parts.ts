// What the completions of several shells have in common.

/** A word of a shell, in single quotes. */
export function quote(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

/** Fails without a manifest, and where neither is found: then every file is offered. */
export const PAIRED = (word: string) =>
  `{ dos-sync complete-path -- ${word} || git dos-sync complete-path -- ${word}; } 2>/dev/null`;

/** The names of branches and tags. */
export const REFS = "git for-each-ref --format='%(refname:short)' 2>/dev/null";
