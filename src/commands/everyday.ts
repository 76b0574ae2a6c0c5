// The grammar of the verbs of every day: check, fix, undo, diff, explain.

import { type Command, InvalidArgumentError, Option } from 'commander';
import { CI_FORMATS } from '../format/ci.js';
import { Fault } from '../messages/fault.js';
import { type Format, runCheck } from './check.js';
import { runDiff } from './diff.js';
import { runExplain } from './explain.js';
import { type FixWay, runFix } from './fix.js';
import type { CommandScope } from './scope.js';
import type { Stage } from './stage.js';
import { runUndo, runUndoList } from './undo.js';

export function addEverydayVerbs(program: Command, stage: Stage): void {
  addCheck(program, stage);
  addFix(program, stage);
  addUndo(program, stage);
  addDiff(program, stage);
  addExplain(program, stage);
}

interface ScopeFlags {
  readonly staged?: boolean;
  readonly commit?: string;
  readonly base?: string;
}

function scopeOf({ staged, commit, base }: ScopeFlags): CommandScope {
  if (staged && base !== undefined) throw new Fault('usage', '--staged and --base are two scopes.', 'choose one');
  if (base !== undefined) return { kind: 'commit', revision: commit ?? 'HEAD', base };
  if (staged && commit !== undefined) throw new Fault('usage', '--staged and --commit are two scopes.', 'choose one');
  if (commit !== undefined) return { kind: 'commit', revision: commit };
  return { kind: staged ? 'staged' : 'worktree' };
}

interface CheckFlags extends ScopeFlags {
  readonly full?: boolean;
  readonly json?: boolean;
  readonly format?: (typeof FORMATS)[number];
  readonly porcelain?: boolean;
  readonly z?: boolean;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly allowUnchecked?: boolean;
}

const FORMATS = ['text', 'json', ...CI_FORMATS] as const;

function formatOf({ json, format, porcelain, z }: CheckFlags): Format {
  if (z && !porcelain) throw new Fault('usage', '-z goes with --porcelain.', 'check --porcelain -z');
  if (porcelain && (json || format !== undefined)) {
    throw new Fault('usage', '--porcelain is a layout of its own.', 'leave out --json and --format');
  }
  if (porcelain) return z ? 'porcelain-z' : 'porcelain';
  return json ? 'json' : (format ?? 'text');
}

interface FixFlags {
  readonly staged?: boolean;
  readonly from?: 'a' | 'b';
  readonly merge?: boolean;
  readonly force?: boolean;
  readonly delete?: boolean;
  readonly dryRun?: boolean;
}

function wayOf(flags: FixFlags): FixWay {
  // With --delete, --force says that many deletions are meant; what HEAD does not have is not
  // deleted even so.
  const manyMeant = Boolean(flags.delete && flags.force);
  const named = manyMeant ? (['from', 'merge', 'delete'] as const) : (['from', 'merge', 'force', 'delete'] as const);
  const ways = named.filter((way) => flags[way]);
  if (ways.length > 1) {
    throw new Fault('usage', `${ways.map((way) => `--${way}`).join(' and ')} are two ways to fix.`, 'choose one');
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
  throw new InvalidArgumentError('it is a (the live side) or b (the submodule side).');
}

function addCheck(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('check [paths...]')
    .description('compare the pairs: exit 0 in sync, 1 drift, 2 could not check')
    .option('--full', 'one row per file pair')
    .addOption(new Option('--summary', 'the counts alone, which is the default').hideHelp())
    .option('--json', 'for programs')
    .addOption(new Option('--format <layout>', 'for a CI service').choices(FORMATS).conflicts('json'))
    .option('--porcelain', 'for scripts: <verdict> <reason> TAB <a> TAB <b>, findings alone without --full')
    .option('-z', 'with --porcelain: NUL after each field, paths as they are')
    .option('--fix', 'resolve drift in fix_direction')
    .option('--dry-run', 'with --fix: print the plan alone')
    .option('--staged', 'what is staged, instead of the working tree')
    .option('--commit <rev>', 'a commit, instead of the working tree')
    .option('--allow-unchecked', 'exit code 0 where all pairs are unchecked, since this machine has only one side')
    .option('--base <rev>', 'only the pairs that HEAD, or --commit, touches since it left this one')
    .action(async (paths: string[], flags: CheckFlags) => {
      const { full = false, fix = false, dryRun = false, allowUnchecked = false } = flags;
      if (dryRun && !fix) throw new Fault('usage', '--dry-run goes with --fix.', 'check --fix --dry-run');
      const options = { cwd, scope: scopeOf(flags), paths, full, format: formatOf(flags), fix, dryRun, allowUnchecked };
      finish(await runCheck(options, output));
    });
}

function addFix(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('fix [paths...]')
    .description('the same as check --fix, for all pairs or those with these paths')
    .option('--staged', 'fix the index, and let the working files follow')
    .option('--from <side>', 'a or b: take that side of the named files, whatever fix_direction says', parseSide)
    .option('--merge', 'merge the two sides; a conflict is left, between markers, in the source')
    .option('--force', 'overwrite the copy, whatever it holds; with --delete: also where many files go')
    .option('--delete', 'delete the other side of what was deleted')
    .option('--dry-run', 'print the plan alone')
    .action(async (paths: string[], flags: FixFlags) => {
      finish(await runFix({ cwd, way: wayOf(flags), paths }, output));
    });
}

function addUndo(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('undo [id]')
    .description('put back what the last fix replaced, or the one with that id')
    .option('--list', 'the fixes that can be undone')
    .action(async (id: string | undefined, { list = false }: { list?: boolean }) => {
      finish(await (list ? runUndoList(cwd, output) : runUndo(cwd, id, output)));
    });
}

function addDiff(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('diff [paths...]')
    .description("the difference of the pairs that are out of step, through git's own diff and pager")
    .option('--staged', 'what is staged, instead of the working tree')
    .option('--commit <rev>', 'a commit, instead of the working tree')
    .action(async (paths: string[], flags: ScopeFlags) =>
      finish(await runDiff({ cwd, scope: scopeOf(flags), paths }, output)),
    );
}

function addExplain(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('explain <path>')
    .description('every pair that the path is in, why, its verdict, and its history')
    .action(async (path: string) => finish(await runExplain({ cwd, path }, output)));
}
