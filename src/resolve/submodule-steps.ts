// What a fix below a gitlink takes, since the superproject's index holds a submodule as one commit:
// write, commit, stage.

import { sameEntry } from '../git/entry.js';
import type { RepoPath } from '../git/path.js';
import type { PathStatuses, Plan } from './types.js';

/** How far one submodule has come on the way. */
export interface SubmoduleSteps {
  /** Its gitlink, and those above it: outermost first. */
  readonly gitlinks: readonly RepoPath[];
  /** The files in it, from the superproject's top level. */
  readonly paths: readonly RepoPath[];
  /** Its working files hold what they should already. */
  readonly written: boolean;
  /** Its HEAD does too. */
  readonly committed: boolean;
}

/** Pure: the steps for each submodule that keeps the plan from being carried out in the index. */
export function buildSubmoduleSteps({ refusals }: Plan, statuses: PathStatuses): readonly SubmoduleSteps[] {
  const submoduleSteps = new Map<string, SubmoduleSteps>();
  for (const { path, reason, wanted } of refusals) {
    const status = statuses.get(path);
    if (reason !== 'submodule' || !status?.inside || !wanted) continue;
    const { gitlinks, committed } = status.inside;
    const known = submoduleSteps.get(gitlinks.join('\0'));
    submoduleSteps.set(gitlinks.join('\0'), {
      gitlinks,
      paths: [...(known?.paths ?? []), path],
      written: (known?.written ?? true) && sameEntry(status.worktree, wanted),
      committed: (known?.committed ?? true) && sameEntry(committed, wanted),
    });
  }
  return [...submoduleSteps.values()];
}

/** Pure: what is left to do once the steps inside submodules are written. */
export function buildSubmoduleStepsAfter({ steps }: Plan, statuses: PathStatuses): readonly SubmoduleSteps[] {
  const refusals = steps.map(({ path, from, entry }) => ({ path, from, reason: 'submodule' as const, wanted: entry }));
  return buildSubmoduleSteps({ steps: [], refusals }, statuses).map((steps) => ({ ...steps, written: true }));
}
