// Messages about an unstaged manifest: the hooks use the staged one.

import { show } from './show.js';

/** Why an edit of the manifest was not staged with it. */
export type NotStaged = 'edits' | 'unmerged' | ManifestMark;

/** What keeps `git add` from staging the manifest. */
export type ManifestMark = 'ignored' | 'assumed' | 'skipped';

/** The command that stages the manifest. `word`: its path as the user types it. */
export function sayHowToStage(word: string, mark: ManifestMark | undefined): string {
  switch (mark) {
    case 'ignored':
      return `git add -f ${word}`;
    case 'assumed':
      return `git update-index --no-assume-unchanged ${word} && git add ${word}`;
    case 'skipped':
      return `git update-index --no-skip-worktree ${word} && git add --sparse ${word}`;
    case undefined:
      return `git add ${word}`;
  }
}

/** After an edit: that it is staged, or why not and the command. */
export function sayStaging(why: NotStaged | undefined, word: string): string[] {
  if (why === undefined) return ['  it is staged: the hooks use it from the next commit on'];
  const mark = why === 'edits' || why === 'unmerged' ? undefined : why;
  return [
    `  it is not staged, ${becauseOf(why)}; the hooks ignore it until you stage it:`,
    `    ${sayHowToStage(word, mark)}`,
  ];
}

const FIRST_NAMES = 3;

/** The first few names, and the number of further ones. */
export function sayFirst(names: readonly string[]): string {
  const first = names.slice(0, FIRST_NAMES).map(show).join(', ');
  return names.length > FIRST_NAMES ? `${first} and ${names.length - FIRST_NAMES} more` : first;
}

/** `partial`: `git commit -- PATH` uses HEAD's manifest, unless the manifest is among the paths. */
export function sayUnguarded(keys: readonly string[], partial = false): string {
  const pairs = keys.length === 1 ? '1 pair' : `${keys.length} pairs`;
  const unchecked = partial
    ? 'this commit does not check, because it leaves that file out'
    : 'the hooks do not check until it is staged';
  return `.dos-sync-manifest.json declares ${pairs} that ${unchecked} (${sayFirst(keys)})`;
}

/** The same in one line for stderr, with the command. */
export function sayUnguardedLine(keys: readonly string[], command: string, partial: boolean): string {
  return `dos-sync: ${sayUnguarded(keys, partial)}: ${command}`;
}

export function sayUnreadable(program: string): string {
  return `dos-sync: .dos-sync-manifest.json in the working tree is invalid, so the hooks do not check the pairs that it adds: ${program} check`;
}

/**
 * `deleted`: still in git's index. `skipped`: sparse checkout leaves it out of the working tree.
 */
export function sayNoManifest(why: 'none' | 'deleted' | 'skipped'): string {
  switch (why) {
    case 'none':
      return 'There is no .dos-sync-manifest.json in the working tree.';
    case 'deleted':
      return '.dos-sync-manifest.json was deleted in the working tree; git still has it in the index.';
    case 'skipped':
      return '.dos-sync-manifest.json is in the index, but sparse checkout (skip-worktree) keeps it out of the working tree.';
  }
}

export function sayHowToRestore(skipped: boolean): string {
  return `bring it back: git restore ${skipped ? '--ignore-skip-worktree-bits ' : ''}:/.dos-sync-manifest.json`;
}

function becauseOf(why: NotStaged): string {
  switch (why) {
    case 'edits':
      return 'because it had unstaged edits';
    case 'unmerged':
      return 'because it is unmerged in the index';
    case 'ignored':
      return 'because git ignores it (.gitignore)';
    case 'assumed':
      return 'because it is marked assume-unchanged';
    case 'skipped':
      return 'because it is marked skip-worktree';
  }
}
