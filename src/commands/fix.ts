// `fix`: copies the source side over stale copies; skips, by name, what would lose content.

import { type Command, InvalidArgumentError } from 'commander';
import { recoverAround, refuseInterruptedAround } from '../fix/recover.js';
import { buildFixJson, type DecidedFix } from '../format/fix-json.js';
import { formatJson } from '../format/json.js';
import { formatRecovered } from '../format/undo.js';
import type { RepoPath } from '../git/path.js';
import { NOT_A_SIDE, noFileForFrom, notTogether } from '../messages/options.js';
import { type FixWay, fixOpened } from './fix-opened.js';
import type { Output } from './output.js';
import { pathsOfArguments } from './person.js';
import { type Opened, openScope, withRepository } from './scope.js';
import type { Stage } from './verb.js';
import { whileWaiting } from './waiting.js';

interface FixFlags {
  readonly staged?: boolean;
  readonly from?: 'a' | 'b';
  readonly merge?: boolean;
  readonly force?: boolean;
  readonly delete?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function addFix(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('fix [paths...]')
    .description('copy the source side over stale copies, for all pairs or only the given paths')
    .option('--staged', 'fix the index; the working files follow')
    .option('--from <side>', 'a or b: copy from this side of the named files, regardless of fix_direction', parseSide)
    .option('--merge', 'merge the two sides; conflicts are left in the source, between markers')
    .option('--force', 'overwrite the copies, even if that loses changes; with --delete: also delete many files')
    .option('--delete', 'where one side was deleted, delete the other side too')
    .option('--dry-run', 'only print the plan')
    .option('--json', 'print JSON, for programs; nothing is asked')
    .action(async (paths: string[], flags: FixFlags) => {
      finish(await runFix({ cwd, way: wayOf(flags), paths, json: flags.json ?? false }, output));
    });
}

function wayOf(flags: FixFlags): FixWay {
  // --delete with --force allows many deletions; content that HEAD lacks is still not deleted.
  const manyMeant = Boolean(flags.delete && flags.force);
  const named = manyMeant ? (['from', 'merge', 'delete'] as const) : (['from', 'merge', 'force', 'delete'] as const);
  const ways = named.filter((way) => flags[way]);
  if (ways.length > 1) {
    throw notTogether(...ways);
  }
  return {
    kind: flags.staged ? 'staged' : 'worktree',
    dryRun: flags.dryRun ?? false,
    followDeletions: flags.delete ?? false,
    force: (flags.force ?? false) && !manyMeant,
    manyMeant,
    ...(flags.from && { from: flags.from }),
    ...(flags.merge && { merge: true }),
  };
}

function parseSide(word: string): 'a' | 'b' {
  if (word === 'a' || word === 'b') return word;
  throw new InvalidArgumentError(NOT_A_SIDE);
}

export interface FixOptions {
  readonly cwd: string;
  readonly way: FixWay;
  readonly paths: readonly string[];
  readonly json: boolean;
}

/** 0 if everything in scope is in sync afterwards, otherwise 1. */
export function runFix(options: FixOptions, output: Output): Promise<number> {
  return withRepository(options.cwd, async (place) => {
    if (options.way.dryRun) await refuseInterruptedAround(place.repository);
    else output.complain(formatRecovered(await recoverAround(place.repository)));
    const opened = await whileWaiting(() => openScope(place, { kind: options.way.kind }));
    const paths = await pathsOfArguments(place.repository, options.cwd, options.paths);
    if (options.way.from && paths.length === 0) {
      throw noFileForFrom();
    }
    return options.json
      ? fixWithReport(opened, paths, options, output)
      : fixOpened(opened, paths, options.way, options.cwd, output);
  });
}

async function fixWithReport(
  opened: Opened,
  paths: readonly RepoPath[],
  { way, cwd }: FixOptions,
  output: Output,
): Promise<number> {
  let decided: DecidedFix = { planned: [], tooMany: false };
  const onPlan = (plan: DecidedFix): void => {
    decided = plan;
  };
  const code = await fixOpened(opened, paths, { ...way, onPlan }, cwd, output.quiet());
  output.print(formatJson(buildFixJson(code, way.dryRun, decided)));
  return code;
}
