// What a fix below a gitlink takes, since the superproject's index holds a submodule as one commit: write, commit, stage.

import type { RepoPath } from '../git/path.js';
import { sameEntry } from '../snapshot/entry.js';
import type { Plan, Touches } from './types.js';

/** How far one submodule has come on the way. */
export interface Walk {
  /** Its gitlink, and those above it: outermost first. */
  readonly gitlinks: readonly RepoPath[];
  /** The files in it, from the superproject's top level. */
  readonly paths: readonly RepoPath[];
  /** Its working files hold what they should already. */
  readonly written: boolean;
  /** Its HEAD does too. */
  readonly committed: boolean;
}

/** Pure: one walk for each submodule that keeps the plan from being carried out in the index. */
export function buildWalks({ refusals }: Plan, touches: Touches): readonly Walk[] {
  const walks = new Map<string, Walk>();
  for (const { path, reason, wanted } of refusals) {
    const touch = touches.get(path);
    if (reason !== 'submodule' || !touch?.inside || !wanted) continue;
    const { gitlinks, committed } = touch.inside;
    const known = walks.get(gitlinks.join('\0'));
    walks.set(gitlinks.join('\0'), {
      gitlinks,
      paths: [...(known?.paths ?? []), path],
      written: (known?.written ?? true) && sameEntry(touch.worktree, wanted),
      committed: (known?.committed ?? true) && sameEntry(committed, wanted),
    });
  }
  return [...walks.values()];
}

/** Pure: what is left to do once the steps inside submodules are written. */
export function buildWalksAfter({ steps }: Plan, touches: Touches): readonly Walk[] {
  const refusals = steps.map(({ path, from, entry }) => ({ path, from, reason: 'submodule' as const, wanted: entry }));
  return buildWalks({ steps: [], refusals }, touches).map((walk) => ({ ...walk, written: true }));
}
