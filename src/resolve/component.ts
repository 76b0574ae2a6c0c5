// The connected component of a file pair: every path that its fix has to update (live -> release ->
// pack).

import type { RepoPath } from '../git/path.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { identityOf, pathsOf } from '../rules/identity.js';
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
  const around = await readAround(
    rules,
    change,
    judge,
    verdicts.flatMap(({ pair }) => pathsOf(pair)),
  );
  const components: Component[] = [];
  const placed = new Set<RepoPath>();
  for (const { pair } of verdicts) {
    const [first] = pathsOf(pair);
    if (first === undefined || placed.has(first)) continue;
    const component = connect(around, pathsOf(pair));
    for (const path of component.paths) placed.add(path);
    components.push(component);
  }
  return components;
}

/** The verdicts on pairs that hold together, by each of their paths. */
type Around = ReadonlyMap<RepoPath, readonly Verdict[]>;

/** Follows the pairs of all components together, a step at a time. */
async function readAround(rules: Rules, change: Change, judge: Judge, start: readonly RepoPath[]): Promise<Around> {
  const around = new Map<RepoPath, Verdict[]>(start.map((path) => [path, []]));
  const seen = new Set<string>();
  for (let frontier = [...around.keys()]; frontier.length > 0; ) {
    const judged = await judge(await readTouchedPairs(rules, change, frontier));
    const held = judged.filter(
      (verdict) => holdsTogether(verdict) && pathsOf(verdict.pair).some((path) => around.has(path)),
    );
    frontier = [];
    for (const verdict of held) {
      const identity = identityOf(verdict.pair);
      if (seen.has(identity)) continue;
      seen.add(identity);
      for (const path of pathsOf(verdict.pair)) {
        const known = around.get(path);
        if (known) known.push(verdict);
        else frontier.push(path);
        if (!known) around.set(path, [verdict]);
      }
    }
  }
  return around;
}

function connect(around: Around, start: readonly RepoPath[]): Component {
  const paths = new Set(start);
  const verdicts = new Set<Verdict>();
  for (const path of paths) {
    for (const verdict of around.get(path) ?? []) {
      verdicts.add(verdict);
      for (const end of pathsOf(verdict.pair)) paths.add(end);
    }
  }
  return { paths, verdicts: [...verdicts] };
}

/** A pair that must be equal: not excepted, one-sided, linked or unchecked. */
function holdsTogether(verdict: Verdict): boolean {
  return verdict.status === 'SYNCED' || isOutOfSync(verdict);
}
