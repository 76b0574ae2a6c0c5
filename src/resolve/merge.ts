// Plans a merge: its result goes to the group's root, and from there to every copy.

import { isText } from '../differences/text-rule.js';
import { type Entry, sameEntry } from '../git/entry.js';
import type { Conflict } from '../git/merge-tool.js';
import type { RepoPath } from '../git/path.js';
import { keepsUnstaged } from '../snapshot/path-status.js';
import { carry, contentsOf, edgesOf, type Ground } from './plan.js';
import type { Group, Plan, RefusalReason, Step } from './types.js';

/** git's merge of the source and the changed copies. */
export interface Merge {
  /** The file that gets the result first: the source of the fix. */
  readonly root: RepoPath;
  /** The files whose changes it contains, beside the root. */
  readonly merged: readonly RepoPath[];
  /** The files with conflicting changes; the content then has markers. */
  readonly conflicts: readonly RepoPath[];
  readonly entry: Entry;
  readonly content: Buffer;
  /** The versions that conflict. */
  readonly conflict?: Conflict;
}

/**
 * Copies a clean result to every file. A conflict only leaves markers in the root's working file.
 */
export function planMerge(ground: Ground, group: Group, merge: Merge): Plan {
  const { root, merged, conflicts, entry, content } = merge;
  const before = contentsOf(group.component).get(root);
  const reason = refusalOfRoot(ground, merge);
  if (!before || reason) return { steps: [], refusals: [{ path: root, from: root, reason: reason ?? 'no-source' }] };
  const own: Step[] = sameEntry(before, entry) ? [] : [{ path: root, from: root, before, entry }];
  if (conflicts.length > 0) return { steps: own.map((step) => ({ ...step, content })), refusals: [] };
  const { texts } = ground.evidence.carrying;
  if (entry.kind === 'file' && isText(content)) texts.set(entry.oid, content.toString('latin1'));
  const within = new Set([root, ...merged]);
  const edges = edgesOf(group.component);
  const replaced = new Map([[root, entry]]);
  const plan = carry({ ground, group, starts: [root], edges, named: (path) => within.has(path), replaced });
  // The result contains what the merge replaces.
  const steps = [...own, ...plan.steps].map(({ discards: _, ...step }) => ({ content, ...step }));
  return { ...plan, steps };
}

/** Markers are written to the working file, which must then have the merged content. */
function refusalOfRoot({ evidence, writes }: Ground, { root, entry, conflicts }: Merge): RefusalReason | undefined {
  const status = evidence.statuses.get(root);
  // safeguard unknown-status (R8): a file of unknown state is not merged (unit/resolve/merge)
  if (!status) return 'edited';
  const { kind } = status.obstacle ?? {};
  // safeguard merge-obstacles (T7): a merge writes through nothing (unit/resolve/merge)
  if (kind) return kind === 'outside' || kind === 'same-name' ? kind : 'obstacle';
  // safeguard merge-markers: markers are not merged (unit/resolve/merge)
  if (evidence.marked.has(root)) return 'markers';
  if (writes === 'worktree') return undefined;
  const kept = conflicts.length > 0 ? sameEntry(status.worktree, status.index) : keepsUnstaged(status, entry);
  return kept ? undefined : 'edited';
}
