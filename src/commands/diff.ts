// `diff`: the difference of each pair that is out of sync, in git's own diff and pager.

import type { Command } from 'commander';
import { formatTotals } from '../format/text.js';
import { countTotals, exitCodeOf, readTotals } from '../format/totals.js';
import { formatUnchecked } from '../format/unchecked.js';
import { emptyTree } from '../git/oid.js';
import { isUtf8, type RepoPath, textOf } from '../git/path.js';
import type { DiffRun } from '../git/show-diff.js';
import { check } from '../judge/judge-pairs.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { isOutside } from '../manifest/outside.js';
import { noPairAt } from '../messages/check.js';
import { NOTHING_DIFFERS, sayCannotShow } from '../messages/explain.js';
import type { Output } from './output.js';
import { isMeant, pathsOfArguments } from './person.js';
import { type CommandScope, type Opened, openScope, type ScopeFlags, scopeOf, withRepository } from './scope.js';
import { copySides, removeCopies } from './side-copies.js';
import type { Stage } from './verb.js';

export function addDiff(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('diff [paths...]')
    .description("show the difference of the pairs that are out of sync, with git's diff and pager")
    .option('--staged', 'show what is staged, instead of the working tree')
    .option('--commit <rev>', 'show a commit, instead of the working tree')
    .action(async (paths: string[], flags: ScopeFlags) =>
      finish(await runDiff({ cwd, scope: scopeOf(flags, cwd), paths }, output)),
    );
}

export interface DiffOptions {
  readonly cwd: string;
  readonly scope: CommandScope;
  readonly paths: readonly string[];
}

/** 1 if something differs, 0 if nothing does, 2 if nothing could be compared. */
export function runDiff({ cwd, scope, paths: words }: DiffOptions, output: Output): Promise<number> {
  return withRepository(cwd, async (place) => {
    const opened = await openScope(place, scope);
    const paths = await pathsOfArguments(place.repository, cwd, words);
    const verdicts = (await check(opened.rules, opened.change)).filter(({ pair }) => isMeant(pair, paths));
    if (paths.length > 0 && verdicts.length === 0) {
      throw noPairAt(words);
    }
    const outOfSync = verdicts.filter(isOutOfSync);
    output.complain(formatUnchecked(verdicts));
    if (outOfSync.length === 0) return sayNothing(opened, verdicts, paths, output);
    const { runDiffs } = await import('../git/show-diff.js');
    const unshown: string[] = [];
    await runDiffs(place.repository.git, argumentsForAll(opened, scope, outOfSync, unshown));
    output.complain(unshown);
    return 1;
  });
}

/** 2 if nothing was compared. */
async function sayNothing(
  { rules, change }: Opened,
  verdicts: readonly Verdict[],
  paths: readonly RepoPath[],
  output: Output,
): Promise<number> {
  const keys = verdicts.map(({ pair }) => pair.key);
  const totals = paths.length > 0 ? countTotals(keys, verdicts) : await readTotals(rules, change, verdicts);
  const code = exitCodeOf(totals);
  output.print(code === 0 ? [NOTHING_DIFFERS] : formatTotals(totals));
  return code;
}

/** One `git diff` for each pair; what cannot be shown goes to `unshown`. */
async function* argumentsForAll(
  opened: Opened,
  scope: CommandScope,
  verdicts: readonly Verdict[],
  unshown: string[],
): AsyncGenerator<DiffRun> {
  for (const verdict of verdicts) {
    if (await canBeNamed(opened, scope, verdict)) {
      yield { args: argumentsFor(opened, scope, verdict) };
      continue;
    }
    const copies = await copySides(opened, verdict);
    if (!copies) {
      const { a, b } = verdict.pair;
      unshown.push(sayCannotShow(textOf((a ?? b) as RepoPath)));
      continue;
    }
    try {
      const args = ['--no-index', '--', copies.a ?? '/dev/null', copies.b ?? '/dev/null'];
      yield { args, directory: copies.directory };
    } finally {
      removeCopies(copies);
    }
  }
}

/**
 * False if git's command line has no name for it: not UTF-8, outside, or in another repository's
 * commit.
 */
async function canBeNamed({ change }: Opened, scope: CommandScope, { pair: { a, b } }: Verdict): Promise<boolean> {
  const paths = [a, b].filter((path) => path !== null);
  if (paths.some((path) => !isUtf8(path) || isOutside(path))) return false;
  if (scope.kind === 'worktree') return true;
  const homes = await Promise.all(paths.map((path) => change.after.readHome(path)));
  return homes.every((home) => home === undefined);
}

/**
 * The arguments of `git diff` from side a to side b; an absent side is an empty tree or /dev/null.
 */
function argumentsFor({ place }: Opened, scope: CommandScope, { pair, a, b }: Verdict): readonly string[] {
  const [pathA, pathB] = [present(pair.a, a.kind), present(pair.b, b.kind)];
  const nothing = emptyTree(place.repository.format);
  switch (scope.kind) {
    case 'worktree':
      return ['--no-index', '--', pathA ?? '/dev/null', pathB ?? '/dev/null'];
    case 'staged':
      if (pathA !== undefined && pathB !== undefined) return [`:0:${pathA}`, `:0:${pathB}`];
      return pathA === undefined ? ['--cached', nothing, '--', pathB ?? ''] : ['--cached', '-R', nothing, '--', pathA];
    case 'commit': {
      const { revision } = scope;
      if (pathA !== undefined && pathB !== undefined) return [`${revision}:${pathA}`, `${revision}:${pathB}`];
      return pathA === undefined
        ? [nothing, `${revision}^{tree}`, '--', pathB ?? '']
        : [`${revision}^{tree}`, nothing, '--', pathA];
    }
  }
}

function present(path: RepoPath | null, kind: Verdict['a']['kind']): string | undefined {
  if (path === null || kind === 'absent') return undefined;
  // A lone dash would mean standard input.
  return path === '-' ? './-' : textOf(path);
}
