// Requirements that a plan must meet before anything is written.

import { sameEntry } from '../git/entry.js';
import { type RepoPath, textOf } from '../git/path.js';
import { foldPath, ignoresCase } from '../git/same-name.js';
import type { Workplace } from '../git/workplace.js';
import { isUnwritable } from '../manifest/path-rules.js';
import { Fault } from '../messages/fault.js';
import { changedMeanwhile, sayFolded, sayUnwritable } from '../messages/writing.js';
import type { PathStatuses, Step } from '../resolve/types.js';
import { requireSameFilters } from '../snapshot/filters.js';
import { readOwnStatuses } from '../snapshot/path-status.js';

/** @throws Fault `disk` or `git` for a step that is unsafe on this or another system. */
export async function requireWritable({ repository }: Workplace, steps: readonly Step[]): Promise<void> {
  for (const { path } of steps) {
    if (!isUnwritable(textOf(path))) continue;
    // safeguard unwritable-names (T4): a name for .git is not written (e2e/attacks: T4)
    throw new Fault('disk', sayUnwritable(textOf(path)), 'rename it, or exclude it from the pair');
  }
  const written = steps.filter(({ entry }) => entry.kind !== 'absent');
  // safeguard folded-targets (T15): two names of one file are not written (e2e/attacks: T15)
  if (await ignoresCase(repository.git)) refuseFolded(written.map(({ path }) => path));
  const ends = written.map(({ path, from }) => [from, path] as const);
  await requireSameFilters(repository, ends, 'worktree');
}

/** On a case-insensitive disk, writing one of two names that fold together overwrites the other. */
function refuseFolded(paths: readonly RepoPath[]): void {
  const seen = new Map<string, RepoPath>();
  for (const path of paths) {
    const folded = foldPath(path);
    const other = seen.get(folded);
    if (other !== undefined && other !== path) {
      const words = sayFolded(textOf(other), textOf(path));
      throw new Fault('disk', words, 'rename one of them, or exclude it from the pair');
    }
    seen.set(folded, path);
  }
}

/** @throws Fault `busy` if a file or index entry has changed since the plan was made. */
export async function requireUnchanged(
  { repository, objects }: Workplace,
  paths: readonly RepoPath[],
  statuses: PathStatuses,
): Promise<void> {
  const now = await readOwnStatuses(repository, objects, paths);
  for (const path of paths) {
    const [before, after] = [statuses.get(path), now.get(path)];
    if (!before || !after) continue;
    if (sameEntry(before.index, after.index) && sameEntry(before.worktree, after.worktree)) continue;
    // safeguard changed-since-plan (R4, R8): a newer edit stays (e2e/interrupted: a target)
    throw changedMeanwhile(textOf(path));
  }
}
