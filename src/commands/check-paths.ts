// The verdicts that a command is asked for: those with a path at or below its arguments.

import type { RepoPath } from '../git/path.js';
import { checkDifferences, checkUnlike, type Differences } from '../judge/check-whole.js';
import { judge } from '../judge/judge-pairs.js';
import type { Verdict } from '../judge/types.js';
import { readPairsAt } from '../snapshot/asked-pairs.js';
import { isMeant } from './person.js';
import type { Opened } from './scope.js';

/** In the manifest's order. @throws Fault as `check`. */
export async function checkPaths({ rules, change }: Opened, paths: readonly RepoPath[]): Promise<readonly Verdict[]> {
  const pairs = await readPairsAt(rules, change, paths);
  return judge(
    rules,
    change,
    pairs.filter((pair) => isMeant(pair, paths)),
  );
}

/** The same; without paths all pairs, of which those of equal directories are only counted. */
export async function checkMeant(opened: Opened, paths: readonly RepoPath[]): Promise<Differences> {
  if (paths.length > 0) return { verdicts: await checkPaths(opened, paths), alike: new Map() };
  return checkDifferences(opened.rules, opened.change);
}

/** The number of all file pairs. */
export async function countPairs({ rules, change }: Opened): Promise<number> {
  const { verdicts, instances } = await checkUnlike(rules, change);
  return instances.reduce((sum, { alike }) => sum + alike, verdicts.length);
}
