// `explain`: every pair that a path is in, why, its verdict, and its history.

import type { Command } from 'commander';
import { formatLeftOut, formatPair } from '../format/explain.js';
import { formatUnchecked } from '../format/unchecked.js';
import { readLastChange } from '../git/last-change.js';
import type { RepoPath } from '../git/path.js';
import { readCommitId } from '../git/repository.js';
import { readStaleReport } from '../history/read-stale.js';
import { check } from '../judge/judge-pairs.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { identityOf, pathsOf } from '../rules/identity.js';
import { refusePaths } from './no-pair.js';
import type { Output } from './output.js';
import { isMeant, pathsOfArguments } from './person.js';
import { type Opened, openScope, withRepository } from './scope.js';
import type { Stage } from './verb.js';

export function addExplain(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('explain <path>')
    .description('show every pair that the path belongs to, why, its verdict, and its history')
    .action(async (path: string) => finish(await runExplain({ cwd, path }, output)));
}

export interface ExplainOptions {
  readonly cwd: string;
  readonly path: string;
}

/**
 * 1 if a pair of the path is out of sync, otherwise 0. @throws Fault `usage` for a path without a
 * pair.
 */
export function runExplain({ cwd, path: word }: ExplainOptions, output: Output): Promise<number> {
  return withRepository(cwd, async (place) => {
    const opened = await openScope(place, { kind: 'worktree' });
    const paths = await pathsOfArguments(place.repository, cwd, [word]);
    const verdicts = (await check(opened.rules, opened.change)).filter(({ pair }) => isMeant(pair, paths));
    const leftOut = paths.flatMap((path) => formatAllLeftOut(opened, path, word, verdicts));
    if (verdicts.length + leftOut.length === 0) {
      throw await refusePaths(place.repository, paths);
    }
    output.print(await formatPairs(opened, verdicts, output));
    output.print(leftOut);
    output.complain(formatUnchecked(verdicts));
    return verdicts.some(isOutOfSync) ? 1 : 0;
  });
}

async function formatPairs(
  { place, change }: Opened,
  verdicts: readonly Verdict[],
  output: Output,
): Promise<readonly string[]> {
  const { provenances, trouble } = await readStaleReport(place, change, verdicts, { judged: 'worktree' });
  output.complain(trouble);
  const tip = await readCommitId(place.repository.git, 'HEAD');
  const lines: string[] = [];
  for (const verdict of verdicts) {
    const provenance = provenances.get(identityOf(verdict.pair));
    const ask = tip !== undefined && !isOutOfSync(verdict);
    const lastChange = ask ? await readLastChange(place.repository.git, tip, pathsOf(verdict.pair)) : undefined;
    lines.push(...formatPair(verdict, { provenance, lastChange }));
  }
  return lines;
}

/** The rules that cover the path, but give it no pair among the verdicts. */
function formatAllLeftOut(
  { rules }: Opened,
  path: RepoPath,
  word: string,
  verdicts: readonly Verdict[],
): readonly string[] {
  const judged = new Set(verdicts.map(({ pair }) => pair.rule));
  const covering = rules.lookUp(path).filter(({ rule }) => !judged.has(rule));
  return covering.map((membership) => formatLeftOut(word, membership, rules.pairOf(membership) === undefined));
}
