// The connected component of a file pair: every path that its fix has to update (live -> release ->
// pack).

import type { RepoPath } from '../git/path.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { pathsOf } from '../rules/identity.js';
import type { FilePair, Rules } from '../rules/types.js';
import type { Change } from '../snapshot/select.js';
import { readTouchedPairs } from '../snapshot/touched-pairs.js';

/** Connected paths, and the judged pairs between them. */
export interface Component {
  readonly paths: ReadonlySet<RepoPath>;
  readonly verdicts: readonly Verdict[];
}

type Judge = (pairs: readonly FilePair[]) => Promise<readonly Verdict[]>;

/**
 * The components of these verdicts, in their order. `judge` compares pairs in the state after the
 * change.
 */
export async function readComponents(
  rules: Rules,
  change: Change,
  judge: Judge,
  verdicts: readonly Verdict[],
): Promise<readonly Component[]> {
  const components: Component[] = [];
  for (const verdict of verdicts) {
    const [first] = pathsOf(verdict.pair);
    if (first === undefined || components.some((component) => component.paths.has(first))) continue;
    components.push(await readComponent(rules, change, judge, pathsOf(verdict.pair)));
  }
  return components;
}

async function readComponent(
  rules: Rules,
  change: Change,
  judge: Judge,
  start: readonly RepoPath[],
): Promise<Component> {
  const paths = new Set(start);
  const verdicts = new Map<string, Verdict>();
  let frontier: readonly RepoPath[] = start;
  while (frontier.length > 0) {
    const around = await judge(await readTouchedPairs(rules, change, frontier));
    const next = new Set<RepoPath>();
    for (const verdict of around) {
      const ends = pathsOf(verdict.pair);
      if (!holdsTogether(verdict) || !ends.some((path) => paths.has(path))) continue;
      verdicts.set(`${verdict.pair.rule.id}\0${ends.join('\0')}`, verdict);
      for (const path of ends) {
        if (!paths.has(path)) next.add(path);
        paths.add(path);
      }
    }
    frontier = [...next];
  }
  return { paths, verdicts: [...verdicts.values()] };
}

/** A pair that must be equal: not excepted, one-sided, linked or unchecked. */
function holdsTogether(verdict: Verdict): boolean {
  return verdict.status === 'SYNCED' || isOutOfSync(verdict);
}
