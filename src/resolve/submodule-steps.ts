// The steps of a fix below a gitlink, which is one commit for the superproject's index: write,
// commit, stage.

import { sameEntry } from '../git/entry.js';
import type { RepoPath } from '../git/path.js';
import type { PathStatuses, Plan } from './types.js';

/** The progress of one submodule in these steps. */
export interface SubmoduleSteps {
  /** Its gitlink and those above it, outermost first. */
  readonly gitlinks: readonly RepoPath[];
  /** Its files, as paths of the superproject. */
  readonly paths: readonly RepoPath[];
  /** Its working files already have the right content. */
  readonly written: boolean;
  /** Its HEAD has it too. */
  readonly committed: boolean;
}

/**
 * Pure. The steps for each submodule because of which the plan cannot be carried out in the index.
 */
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

/** Pure. The remaining steps after the writes inside submodules. */
export function buildSubmoduleStepsAfter({ steps }: Plan, statuses: PathStatuses): readonly SubmoduleSteps[] {
  const refusals = steps.map(({ path, from, entry }) => ({ path, from, reason: 'submodule' as const, wanted: entry }));
  return buildSubmoduleSteps({ steps: [], refusals }, statuses).map((steps) => ({ ...steps, written: true }));
}
