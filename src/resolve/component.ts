// The connected component of a file pair: every path that a fix of it has to bring along (live -> release -> pack).

import type { RepoPath } from '../git/path.js';
import { isFinding, type Judgement } from '../judge/types.js';
import { pathsOf } from '../rules/identity.js';
import type { FilePair, PairIndex } from '../rules/types.js';
import { readTouchedPairs, type Span } from '../snapshot/select.js';

/** Paths that hang together, and the judged pairs between them. */
export interface Component {
  readonly paths: ReadonlySet<RepoPath>;
  readonly judgements: readonly Judgement[];
}

type Judge = (pairs: readonly FilePair[]) => Promise<readonly Judgement[]>;

/** The components that hold these findings, in the findings' order. `judge` compares pairs in the span's result. */
export async function readComponents(
  index: PairIndex,
  span: Span,
  judge: Judge,
  findings: readonly Judgement[],
): Promise<readonly Component[]> {
  const components: Component[] = [];
  for (const finding of findings) {
    const [first] = pathsOf(finding.pair);
    if (first === undefined || components.some((component) => component.paths.has(first))) continue;
    components.push(await readComponent(index, span, judge, pathsOf(finding.pair)));
  }
  return components;
}

async function readComponent(
  index: PairIndex,
  span: Span,
  judge: Judge,
  start: readonly RepoPath[],
): Promise<Component> {
  const paths = new Set(start);
  const judgements = new Map<string, Judgement>();
  let frontier: readonly RepoPath[] = start;
  while (frontier.length > 0) {
    const around = await judge(await readTouchedPairs(index, span, frontier));
    const next = new Set<RepoPath>();
    for (const judgement of around) {
      const ends = pathsOf(judgement.pair);
      if (!holdsTogether(judgement) || !ends.some((path) => paths.has(path))) continue;
      judgements.set(`${judgement.pair.rule.id}\0${ends.join('\0')}`, judgement);
      for (const path of ends) {
        if (!paths.has(path)) next.add(path);
        paths.add(path);
      }
    }
    frontier = [...next];
  }
  return { paths, judgements: [...judgements.values()] };
}

/** A pair that must be equal: not one that is excepted, one-sided, linked or unchecked. */
function holdsTogether(judgement: Judgement): boolean {
  return judgement.status === 'SYNCED' || isFinding(judgement);
}
