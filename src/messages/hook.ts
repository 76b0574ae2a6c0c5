// Messages of the hooks, apart from findings.

import { show } from './show.js';
import { sayFirst } from './staging.js';

/** The hooks' sh prints the same text. */
export function sayHookSkipped(hook: string): string {
  return `dos-sync: skipped ${hook}, since DOS_SYNC=0 is set.`;
}

export const NOTHING_WRITTEN = 'Nothing was changed; the commit was not made.';

export function sayBlocked(cases: number, what: 'commit' | 'merge' | 'push'): string {
  return `dos-sync: this ${what} would leave ${cases === 1 ? 'a pair' : `${cases} sets of copies`} out of sync.`;
}

export function sayUnchecked(count: number, why: string): string {
  return `dos-sync: ${count} ${count === 1 ? 'pair was' : 'pairs were'} not checked: ${why}.`;
}

export function sayHidden(count: number, why: string): string {
  const sides = count === 1 ? 'one side of a pair' : `sides of ${count} pairs`;
  return `dos-sync: a submodule has replaced ${sides} and cannot be read: ${why}.`;
}

export function sayInherited(count: number): string {
  const pairs = count === 1 ? '1 pair was' : `${count} pairs were`;
  return `dos-sync: ${pairs} already out of sync in a merged branch; this does not block the merge.`;
}

export function sayStaged(paths: readonly string[]): string {
  const [first = ''] = paths;
  return paths.length === 1 ? `dos-sync: staged ${show(first)}.` : `dos-sync: staged ${paths.length} files.`;
}

export const NOTHING_LEFT = 'dos-sync: nothing is left to commit; the commit was not made.';

export function sayMarkersWritten(path: string): string {
  return `dos-sync: resolve the conflicts in ${show(path)}, git add it, then commit again.`;
}

/** Pairs that the staged manifest drops or lets differ, and that the commit also changes. */
export function sayLoosened(paths: readonly string[], count: number): string {
  const first = paths.map(show).join(' and ');
  const pairs = count === 1 ? first : `${count} pairs (first: ${first})`;
  return `dos-sync: according to the manifest in HEAD, this commit leaves ${pairs} out of sync; a server that runs pre-receive accepts it only if the manifest change is pushed first.`;
}

/** Pairs that differ as before, and that the manifest of this commit allows to differ. */
export function sayWidened(paths: readonly string[], count: number): string {
  const first = paths.map(show).join(' and ');
  const pairs = count === 1 ? first : `${count} pairs (first: ${first})`;
  return `dos-sync: ${pairs} differ, and are in sync only because this commit changes their rule in .dos-sync-manifest.json.`;
}

/** The pairs whose last file a commit deletes. */
export function sayEmptied(keys: readonly string[]): string {
  const pairs = keys.length === 1 ? sayFirst(keys) : `${keys.length} pairs (${sayFirst(keys)})`;
  return `dos-sync: this commit deletes the last file of ${pairs}; if that is intended, remove the entry from .dos-sync-manifest.json.`;
}

/** New pairs without files. */
export function sayNeverThere(keys: readonly string[]): string {
  const pairs = keys.length === 1 ? sayFirst(keys) : `${keys.length} pairs (${sayFirst(keys)})`;
  return `dos-sync: neither side of ${pairs} exists in this commit, so there is nothing to compare.`;
}

/** `check`: the command that shows what a fix has left. */
export function sayStillOutOfSync(check: string): string {
  return `dos-sync: still out of sync; what is left, and how to fix it: ${check}`;
}

/** What remains of a fix if the commit is aborted. */
export function sayIfAborted(rollsBack: boolean): string {
  return rollsBack
    ? 'If you abort the commit now, git restores the index; the copied files stay in your working tree.'
    : 'If you abort the commit now, the fix stays staged.';
}

export const WHY_NO_OFFER = 'This commit takes only the named paths, so the fix cannot be staged from here.';

export function sayMergeFixed(): string {
  return 'dos-sync: the fix is staged, but git has already written this merge. Complete it with: git commit';
}

export function sayReplaced(path: string, oid: string): string {
  return `The content that was staged in ${show(path)} is still available: git cat-file -p ${oid}`;
}
