// The plan of a merge: its result goes to the top of the component, and from there to every copy.

import type { Component } from '../drift/component.js';
import type { RepoPath } from '../git/path.js';
import type { PairIndex } from '../pairs/types.js';
import { sameEntry } from '../snapshot/entry.js';
import { isUntouched, keepsUnstaged } from '../snapshot/touch.js';
import type { Entry } from '../snapshot/types.js';
import { carry, contentsOf, edgesOf, type Guard, type MayReplace, type Plan, type Step, type Touches } from './plan.js';

/** What git made of the two sides, and of any more copies that have changes of their own. */
export interface Merge {
  /** The canonical file: the one that is a copy of nothing. */
  readonly root: RepoPath;
  /** The files whose changes are in it, besides the root's own. */
  readonly merged: readonly RepoPath[];
  /** The files whose changes conflict; then the content has markers. */
  readonly conflicts: readonly RepoPath[];
  readonly entry: Entry;
  readonly content: Buffer;
}

/** Where the result is written. */
export interface MergeScope {
  readonly kind: 'worktree' | 'staged';
  readonly touches: Touches;
  readonly guard: Guard;
}

/** Carries a clean result to every file. A conflict is refused. */
export function planMerge(index: PairIndex, component: Component, merge: Merge, scope: MergeScope): Plan {
  const { root, merged, conflicts, entry, content } = merge;
  if (conflicts.length > 0) {
    return { steps: [], refusals: conflicts.map((path) => ({ path, from: root, reason: 'conflict' })) };
  }
  const { touches } = scope;
  const within = new Set([root, ...merged]);
  const mayReplace: MayReplace = (touch, wanted, path) => {
    if (!within.has(path)) return isUntouched(touch, wanted);
    // The working files are what was merged; an index beside them stays as it is.
    return scope.kind === 'worktree' ? touch.obstacle === undefined : keepsUnstaged(touch, wanted);
  };
  const guard: Guard = (source, target) => (within.has(target) ? undefined : scope.guard(source, target));
  const before = contentsOf(component).get(root);
  const touch = touches.get(root);
  if (!before || !touch || !mayReplace(touch, entry, root)) {
    return { steps: [], refusals: [{ path: root, from: root, reason: touch?.obstacle ? 'obstacle' : 'edited' }] };
  }
  const edges = edgesOf(component, index.fixDirection);
  const replaced = new Map([[root, entry]]);
  const plan = carry({ component, starts: [root], edges, touches, mayReplace, guard, replaced });
  const own: Step[] = sameEntry(before, entry) ? [] : [{ path: root, from: root, before, entry }];
  return { ...plan, steps: [...own, ...plan.steps].map((step) => ({ ...step, content })) };
}

/** Leaves the conflict, between markers, in the canonical file alone. */
export function planMarkers(component: Component, { root, entry, content }: Merge, touches: Touches): Plan {
  const before = contentsOf(component).get(root);
  const touch = touches.get(root);
  if (!before || !touch || touch.obstacle) {
    return { steps: [], refusals: [{ path: root, from: root, reason: 'obstacle' }] };
  }
  return { steps: [{ path: root, from: root, before, entry, content }], refusals: [] };
}
