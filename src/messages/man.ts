// The prose of the manual page, around the grammar.

export const MAN_SUMMARY = 'keep files that must be equal in several places of a repository in step';

export const MAN_DESCRIPTION: readonly string[] = [
  'The file .dos-sync-manifest.json at the top level declares pairs of files or directories that must be byte-identical.',
  'The hooks refuse a commit that would leave a pair out of sync, and offer to stage the fix; only what is staged is looked at, and only the pairs that it touches. check tells about the whole working tree.',
];

export const MAN_EXIT: readonly (readonly [string, string])[] = [
  ['0', 'in sync, or done'],
  ['1', 'drift, or something left to do'],
  ['2', 'could not check; nothing was written'],
];

export const MAN_FILES: readonly (readonly [string, string])[] = [
  ['.dos-sync-manifest.json', 'what is paired; others read it with JSON.parse, so it has no comments'],
  ['.git/dos-sync/', 'what install has to remember to give everything back'],
];

/** One configuration key: its term and its text. */
export function manSetting(key: string, values: readonly string[], doc: string, otherwise: string): [string, string] {
  return [values.length > 0 ? `${key} (${values.join(', ')})` : key, `${doc} Default: ${otherwise}.`];
}
