// `explain`: every pair that a path is in, why, its verdict, and its history.

import { layOutLeftOut, layOutPair } from '../format/explain.js';
import { layOutUnchecked } from '../format/unchecked.js';
import { readLastChange } from '../git/last-change.js';
import type { RepoPath } from '../git/path.js';
import { readCommitId } from '../git/repository.js';
import { tellProvenance } from '../history/read-stale.js';
import { check } from '../judge/judge-pairs.js';
import { isFinding, type Judgement } from '../judge/types.js';
import { sayNotMeant } from '../messages/check.js';
import { Fault } from '../messages/fault.js';
import { identityOf, pathsOf } from '../rules/identity.js';
import type { Output } from './output.js';
import { isMeant, type Opened, openScope, pathsOfArguments, withRepository } from './scope.js';

export interface ExplainOptions {
  readonly cwd: string;
  readonly path: string;
}

/** 1 if a pair of the path is out of sync, 0 if none is. @throws Fault `usage` for a path that no pair covers. */
export function runExplain({ cwd, path: word }: ExplainOptions, output: Output): Promise<number> {
  return withRepository(cwd, async (place) => {
    const opened = await openScope(place, { kind: 'worktree' });
    const paths = await pathsOfArguments(place.repository, cwd, [word]);
    const judgements = (await check(opened.index, opened.span)).filter(({ pair }) => isMeant(pair, paths));
    const leftOut = paths.flatMap((path) => layOutAllLeftOut(opened, path, word, judgements));
    if (judgements.length + leftOut.length === 0) {
      throw new Fault('usage', sayNotMeant([word]), 'see the pairs: git dos-sync check --full');
    }
    output.print(await layOutPairs(opened, judgements, output));
    output.print(leftOut);
    output.complain(layOutUnchecked(judgements));
    return judgements.some(isFinding) ? 1 : 0;
  });
}

async function layOutPairs(
  { place, span }: Opened,
  judgements: readonly Judgement[],
  output: Output,
): Promise<readonly string[]> {
  const { provenances, trouble } = await tellProvenance(place, span, judgements, { judged: 'worktree' });
  output.complain(trouble);
  const tip = await readCommitId(place.repository.git, 'HEAD');
  const lines: string[] = [];
  for (const judgement of judgements) {
    const provenance = provenances.get(identityOf(judgement.pair));
    const ask = tip !== undefined && !isFinding(judgement);
    const lastChange = ask ? await readLastChange(place.repository.git, tip, pathsOf(judgement.pair)) : undefined;
    lines.push(...layOutPair(judgement, { provenance, lastChange }));
  }
  return lines;
}

/** The rules that cover the path without a pair among those that were judged. */
function layOutAllLeftOut(
  { index }: Opened,
  path: RepoPath,
  word: string,
  judgements: readonly Judgement[],
): readonly string[] {
  const judged = new Set(judgements.map(({ pair }) => pair.rule));
  const covering = index.lookUp(path).filter(({ rule }) => !judged.has(rule));
  return covering.map((membership) => layOutLeftOut(word, membership, index.pairOf(membership) === undefined));
}
