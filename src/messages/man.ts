// The prose of the manual page, around the grammar.

export const MAN_SUMMARY = 'keep identical copies of files in a git repository in sync';

export const MAN_DESCRIPTION: readonly string[] = [
  'The file .dos-sync-manifest.json at the top level declares pairs of files or directories that must be byte-identical.',
  'The hooks block a commit that would leave a pair out of sync, and offer to stage the fix. They look only at what is staged, and check only the pairs that the commit touches. check reports on the whole working tree.',
];

export const MAN_EXIT: readonly (readonly [string, string])[] = [
  ['0', 'in sync, or done'],
  ['1', 'drift, or something left to do'],
  ['2', 'could not check; nothing was written'],
];

export const MAN_FILES: readonly (readonly [string, string])[] = [
  [
    '.dos-sync-manifest.json',
    'the declared pairs; plain JSON without comments, since other programs read it with JSON.parse',
  ],
  ['.git/dos-sync/', 'what uninstall and undo need to restore files, and caches'],
];

/** One configuration key: its term and its text. */
export function manSetting(key: string, values: readonly string[], doc: string, otherwise: string): [string, string] {
  return [values.length > 0 ? `${key} (${values.join(', ')})` : key, `${doc} Default: ${otherwise}.`];
}
