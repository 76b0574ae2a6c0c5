// `explain`: every pair that a path is in, why, its verdict, and its history.

import type { Command } from 'commander';
import { type Explained, formatLeftOut, formatPair, type LeftOut } from '../format/explain.js';
import { buildExplainJson } from '../format/explain-json.js';
import { formatJson } from '../format/json.js';
import { formatUnchecked } from '../format/unchecked.js';
import { readLastChanges } from '../git/last-change.js';
import type { RepoPath } from '../git/path.js';
import { readCommitId } from '../git/repository.js';
import { readStaleReport } from '../history/read-stale.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { identityOf, pathsOf } from '../rules/identity.js';
import { checkPaths } from './check-paths.js';
import { refusePaths } from './no-pair.js';
import type { Output } from './output.js';
import { pathsOfArguments } from './person.js';
import { type Opened, openScope, withRepository } from './scope.js';
import type { Stage } from './verb.js';

export function addExplain(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('explain <path>')
    .description('show every pair that the path belongs to, why, its verdict, and its history')
    .option('--json', 'print JSON, for programs')
    .action(async (path: string, { json = false }: { json?: boolean }) =>
      finish(await runExplain({ cwd, path, json }, output)),
    );
}

export interface ExplainOptions {
  readonly cwd: string;
  readonly path: string;
  readonly json: boolean;
}

/**
 * 1 if a pair of the path is out of sync, otherwise 0. @throws Fault `usage` for a path without a
 * pair.
 */
export function runExplain({ cwd, path: word, json }: ExplainOptions, output: Output): Promise<number> {
  return withRepository(cwd, async (place) => {
    const opened = await openScope(place, { kind: 'worktree' });
    const paths = await pathsOfArguments(place.repository, cwd, [word]);
    const verdicts = await checkPaths(opened, paths);
    const leftOut = paths.flatMap((path) => findLeftOut(opened, path, verdicts));
    if (verdicts.length + leftOut.length === 0) {
      throw await refusePaths(place.repository, paths);
    }
    const explained = await readPasts(opened, verdicts, output);
    const code = verdicts.some(isOutOfSync) ? 1 : 0;
    if (json) output.print(formatJson(buildExplainJson(code, paths[0] as RepoPath, explained, leftOut)));
    else output.print([...explained.flatMap(formatPair), ...leftOut.map((each) => formatLeftOut(word, each))]);
    output.complain(formatUnchecked(verdicts));
    return code;
  });
}

async function readPasts(
  { place, change }: Opened,
  verdicts: readonly Verdict[],
  output: Output,
): Promise<readonly Explained[]> {
  const { provenances, trouble } = await readStaleReport(place, change, verdicts, { judged: 'worktree' });
  output.complain(trouble);
  const { git } = place.repository;
  const tip = await readCommitId(git, 'HEAD');
  const inSync = verdicts.filter((verdict) => !isOutOfSync(verdict));
  const sets = inSync.map(({ pair }) => pathsOf(pair));
  const changes = tip === undefined ? [] : await readLastChanges(git, tip, sets);
  const lastChanges = new Map(inSync.map((verdict, at) => [verdict, changes[at]] as const));
  return verdicts.map((verdict) => ({
    verdict,
    provenance: provenances.get(identityOf(verdict.pair)),
    lastChange: lastChanges.get(verdict),
  }));
}

/** The rules that cover the path, but give it no pair among the verdicts. */
function findLeftOut({ rules }: Opened, path: RepoPath, verdicts: readonly Verdict[]): readonly LeftOut[] {
  const judged = new Set(verdicts.map(({ pair }) => pair.rule));
  const covering = rules.lookUp(path).filter(({ rule }) => !judged.has(rule));
  return covering.map((membership) => ({ membership, excluded: rules.pairOf(membership) === undefined }));
}
