// Messages of the hooks, apart from findings.

import { show } from './show.js';
import { sayFirst } from './staging.js';

/** The hooks' sh prints the same text. */
export function sayHookSkipped(hook: string): string {
  return `dos-sync: skipped ${hook}, since DOS_SYNC=0 is set.`;
}

export const NOTHING_WRITTEN = 'Nothing was changed; the commit was not made.';

export function sayBlocked(cases: number, what: 'commit' | 'merge' | 'push'): string {
  return `dos-sync: this ${what} would leave ${cases === 1 ? 'a pair' : `${cases} groups of files`} out of sync.`;
}

export function sayUnchecked(count: number, why: string): string {
  return `dos-sync: ${count} ${count === 1 ? 'pair was' : 'pairs were'} not checked: ${why}.`;
}

export function sayHidden(count: number, why: string): string {
  const sides = count === 1 ? 'one side of a pair was' : `sides of ${count} pairs were`;
  return `dos-sync: a submodule has come to where ${sides}, and cannot be read: ${why}.`;
}

export function sayInherited(count: number): string {
  const pairs = count === 1 ? '1 pair comes' : `${count} pairs come`;
  return `dos-sync: ${pairs} out of sync from a merged branch as it is; the merge is not blocked by that.`;
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
  return `dos-sync: by the manifest in HEAD this commit leaves ${pairs} out of sync; a server that runs pre-receive wants the change of the manifest pushed first.`;
}

/** The pairs whose last file a commit deletes. */
export function sayEmptied(keys: readonly string[]): string {
  const pairs = keys.length === 1 ? sayFirst(keys) : `${keys.length} pairs (${sayFirst(keys)})`;
  return `dos-sync: nothing is left of ${pairs} after this commit; if that is meant, remove the entry from .dos-sync-manifest.json.`;
}

/** New pairs without files. */
export function sayNeverThere(keys: readonly string[]): string {
  const pairs = keys.length === 1 ? sayFirst(keys) : `${keys.length} pairs (${sayFirst(keys)})`;
  return `dos-sync: neither side of ${pairs} exists in this commit, so there is nothing to compare.`;
}

export const STILL_OUT_OF_SYNC = 'dos-sync: still out of sync; see git status, then commit again.';

/** What remains if the commit is aborted after a fix. */
export function sayIfAborted(rollsBack: boolean): string {
  return rollsBack
    ? 'If the commit is still given up, the index goes back, and the fixed working files stay.'
    : 'If the commit is still given up, the fix stays staged.';
}

export const WHY_NO_OFFER = 'This commit takes only the named paths, so the fix cannot be staged from here.';

export function sayMergeFixed(): string {
  return 'dos-sync: the fix is staged, but git has already written this merge. Complete it with: git commit';
}

export function sayReplaced(path: string, oid: string): string {
  return `What was staged in ${show(path)} can still be read: git cat-file -p ${oid}`;
}
