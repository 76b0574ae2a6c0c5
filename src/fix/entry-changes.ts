// The index changes of a plan's steps.

import { type Entry, modeOf } from '../git/entry.js';
import type { IndexState } from '../git/index-state.js';
import { hashObject } from '../git/oid.js';
import type { Repository } from '../git/repository.js';
import type { PathStatuses, Step } from '../resolve/types.js';
import { sameNameOf } from '../snapshot/obstacles.js';
import type { EntryChange } from './changes.js';

/**
 * The index changes that go with working files. Where two names are the same on this disk, the
 * entry moves to the new name, as with `git mv`.
 */
export function entriesBeside(steps: readonly Step[], statuses: PathStatuses, repository: Repository): EntryChange[] {
  const renamed = new Set([...statuses.values()].map(sameNameOf));
  return steps.flatMap((step) => {
    if (renamed.has(step.path)) return [entryChange(step, statuses)];
    const old = sameNameOf(statuses.get(step.path));
    const before = old === undefined ? undefined : statuses.get(old)?.index;
    if (before) return [entryChange({ path: step.path, entry: before }, statuses)];
    return entryBeside(step, statuses, repository);
  });
}

/**
 * The index change that goes with a working file: the name of a new file, or a mode that the disk
 * cannot hold.
 */
function entryBeside({ path, entry }: Step, statuses: PathStatuses, repository: Repository): EntryChange[] {
  const status = statuses.get(path);
  if (!status || entry.kind === 'absent' || entry.kind === 'gitlink') return [];
  const mode = modeOf(entry);
  const flags = { skipsWorktree: status.skipsWorktree, intended: false };
  if (status.index.kind === 'absent') {
    const plain = !status.modeOfIndex || mode === '100644';
    return [{ path, after: plain ? intended(entry, repository) : { mode, oid: entry.oid, ...flags } }];
  }
  if (!status.modeOfIndex || mode === modeOf(status.index)) return [];
  return [{ path, after: { mode, oid: status.index.oid, ...flags } }];
}

/** The step's entry, with the flags that the index has at its path. */
export function entryChange({ path, entry }: Pick<Step, 'path' | 'entry'>, statuses: PathStatuses): EntryChange {
  if (entry.kind === 'absent') return { path, after: null };
  const skipsWorktree = statuses.get(path)?.skipsWorktree ?? false;
  return { path, after: { mode: modeOf(entry), oid: entry.oid, skipsWorktree, intended: false } };
}

function intended(entry: Entry, { format }: Repository): IndexState {
  const oid = hashObject(format, 'blob', new Uint8Array());
  return { mode: modeOf(entry), oid, skipsWorktree: false, intended: true };
}
