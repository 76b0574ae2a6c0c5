// `diff`: the difference of each pair that is out of sync, in git's own diff and pager.

import type { Command } from 'commander';
import { buildDiffJson, type Diffed } from '../format/diff-json.js';
import { formatJson } from '../format/json.js';
import { formatTotals } from '../format/text.js';
import { countTotals, exitCodeOf, readTotals } from '../format/totals.js';
import { formatUnchecked } from '../format/unchecked.js';
import { type DiffLabel, labelArguments } from '../git/diff-labels.js';
import { emptyTree } from '../git/oid.js';
import { isUtf8, type RepoPath, textOf } from '../git/path.js';
import { readDiff } from '../git/read-diff.js';
import type { DiffRun } from '../git/show-diff.js';
import type { Differences } from '../judge/check-whole.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { isOutside } from '../manifest/outside.js';
import type { Side } from '../manifest/types.js';
import { NOTHING_DIFFERS, sayCannotShow } from '../messages/explain.js';
import { checkMeant } from './check-paths.js';
import { refusePaths } from './no-pair.js';
import type { Output } from './output.js';
import { pathsOfArguments } from './person.js';
import { type CommandScope, type Opened, openScope, type ScopeFlags, scopeOf, withRepository } from './scope.js';
import { copyMeant, copySides, removeCopies } from './side-copies.js';
import type { Stage } from './verb.js';

export function addDiff(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('diff [paths...]')
    .description("show what a fix would change in each copy that is out of sync, with git's diff and pager")
    .option('--reverse', 'show what would change in each source instead')
    .option('--all', 'also show the parts in which a rule lets the two differ')
    .option('--staged', 'show what is staged, instead of the working tree')
    .option('--commit <rev>', 'show a commit, instead of the working tree')
    .option('--json', 'print JSON, for programs')
    .action(async (paths: string[], flags: DiffFlags) => {
      const { reverse = false, all: whole = false, json = false } = flags;
      finish(await runDiff({ cwd, scope: scopeOf(flags, cwd), paths, reverse, whole, json }, output));
    });
}

interface DiffFlags extends ScopeFlags {
  readonly reverse?: boolean;
  readonly all?: boolean;
  readonly json?: boolean;
}

export interface DiffOptions {
  readonly cwd: string;
  readonly scope: CommandScope;
  readonly paths: readonly string[];
  /** From source to copy. */
  readonly reverse: boolean;
  /** Also the parts in which a pair's rule lets the two differ. */
  readonly whole: boolean;
  readonly json: boolean;
}

/** What is shown, and from which side to which. */
interface Showing {
  readonly opened: Opened;
  readonly scope: CommandScope;
  readonly labels: readonly [before: DiffLabel, after: DiffLabel];
  /** Also the parts in which the pair's rule lets the two differ. */
  readonly whole: boolean;
}

/** 1 if something differs, 0 if nothing does, 2 if nothing could be compared. */
export function runDiff(options: DiffOptions, output: Output): Promise<number> {
  const { cwd, scope, paths: words, reverse, whole, json } = options;
  return withRepository(cwd, async (place) => {
    const opened = await openScope(place, scope);
    const paths = await pathsOfArguments(place.repository, cwd, words);
    const { verdicts, alike } = await checkMeant(opened, paths);
    if (paths.length > 0 && verdicts.length === 0) {
      throw await refusePaths(place.repository, paths);
    }
    const outOfSync = verdicts.filter(isOutOfSync);
    output.complain(formatUnchecked(verdicts));
    if (outOfSync.length === 0) return sayNothing(opened, { verdicts, alike }, paths, json, output);
    const labels: readonly [DiffLabel, DiffLabel] = reverse ? ['source', 'copy'] : ['copy', 'source'];
    const show = { opened, scope, labels, whole };
    const unshown: string[] = [];
    if (json) output.print(formatJson(buildDiffJson(1, await readDiffs(show, outOfSync, unshown))));
    else {
      const { runDiffs } = await import('../git/show-diff.js');
      await runDiffs(place.repository.git, argumentsForAll(show, outOfSync, unshown));
    }
    output.complain(unshown);
    return 1;
  });
}

async function readDiffs(show: Showing, verdicts: readonly Verdict[], unshown: string[]): Promise<readonly Diffed[]> {
  const diffed: Diffed[] = [];
  for (const verdict of verdicts) {
    const [before, after] = sidesOf(verdict, show.labels);
    let patch: Buffer | undefined;
    for await (const run of argumentsForAll(show, [verdict], unshown)) {
      patch = await readDiff(show.opened.place.repository.git, run);
    }
    diffed.push({ verdict, before, after, patch });
  }
  return diffed;
}

/** 2 if nothing was compared. */
async function sayNothing(
  { rules, change }: Opened,
  { verdicts, alike }: Differences,
  paths: readonly RepoPath[],
  json: boolean,
  output: Output,
): Promise<number> {
  const keys = verdicts.map(({ pair }) => pair.key);
  const totals = paths.length > 0 ? countTotals(keys, verdicts) : await readTotals(rules, change, verdicts, alike);
  const code = exitCodeOf(totals);
  if (json) output.print(formatJson(buildDiffJson(code, [])));
  else output.print(code === 0 ? [NOTHING_DIFFERS] : formatTotals(totals));
  return code;
}

/** One `git diff` for each pair; what cannot be shown goes to `unshown`. */
async function* argumentsForAll(
  show: Showing,
  verdicts: readonly Verdict[],
  unshown: string[],
): AsyncGenerator<DiffRun> {
  const { opened, scope, labels } = show;
  for (const verdict of verdicts) {
    const meant = verdict.compared !== undefined && !show.whole;
    if (!meant && (await canBeNamed(opened, scope, verdict))) {
      yield { args: argumentsFor(show, verdict) };
      continue;
    }
    const onto = verdict.pair.rule[labels[0]];
    const copies = await (meant ? copyMeant(opened, verdict, onto) : copySides(opened, verdict));
    if (!copies) {
      const { a, b } = verdict.pair;
      unshown.push(sayCannotShow(textOf((a ?? b) as RepoPath)));
      continue;
    }
    try {
      const [before, after] = sidesOf(verdict, labels).map((side) => copies[side]);
      yield { args: betweenFiles(show, before, after), directory: copies.directory };
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

/** The arguments of `git diff`; an absent side is an empty tree or /dev/null. */
function argumentsFor(show: Showing, verdict: Verdict): readonly string[] {
  const { opened, scope, labels } = show;
  const [before, after] = sidesOf(verdict, labels).map((side) => present(verdict.pair[side], verdict[side].kind));
  if (scope.kind === 'worktree') return betweenFiles(show, before, after);
  const headings = labelArguments(...labels);
  const revision = scope.kind === 'staged' ? ':0' : scope.revision;
  if (before !== undefined && after !== undefined)
    return [...headings, `${revision}:${before}`, `${revision}:${after}`];
  const nothing = emptyTree(opened.place.repository.format);
  const path = before ?? after ?? '';
  if (scope.kind === 'commit') {
    const tree = `${revision}^{tree}`;
    return [...headings, ...(before === undefined ? [nothing, tree] : [tree, nothing]), '--', path];
  }
  if (before === undefined) return ['--cached', ...headings, nothing, '--', path];
  return ['--cached', '-R', ...labelArguments(labels[1], labels[0]), nothing, '--', path];
}

function betweenFiles({ labels }: Showing, before?: string, after?: string): readonly string[] {
  return ['--no-index', ...labelArguments(...labels), '--', before ?? '/dev/null', after ?? '/dev/null'];
}

/** The sides of the pair in the order of the labels. */
function sidesOf({ pair: { rule } }: Verdict, labels: Showing['labels']): readonly [Side, Side] {
  return [rule[labels[0]], rule[labels[1]]];
}

function present(path: RepoPath | null, kind: Verdict['a']['kind']): string | undefined {
  if (path === null || kind === 'absent') return undefined;
  // A lone dash would mean standard input.
  return path === '-' ? './-' : textOf(path);
}
