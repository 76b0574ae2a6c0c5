// The command line's grammar: verbs, options, help.

import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { Fault } from '../messages/fault.js';
import { SHELLS, type Shell } from '../report/completion.js';
import { CI_FORMATS } from '../report/format.js';
import { runAccept } from './accept.js';
import { type Format, runCheck } from './check.js';
import { runCompletion } from './completion.js';
import { runDiff } from './diff.js';
import { runDoctor } from './doctor.js';
import { runExplain } from './explain.js';
import { type FixWay, runFix } from './fix.js';
import { runAdd, runInit } from './init.js';
import { runInstall, runUninstall } from './install.js';
import { STANDARD_OUTPUT } from './output.js';
import { addOverviewVerbs } from './overview.js';
import { directoryOfPerson, type Scope } from './scope.js';
import { runTrust } from './trust.js';
import { runUndo, runUndoList } from './undo.js';
import { VERSION } from './version.js';

type InstallFlag = 'native' | 'config' | 'husky' | 'recurseSubmodules';

interface ScopeFlags {
  readonly staged?: boolean;
  readonly commit?: string;
  readonly base?: string;
}

function scopeOf({ staged, commit, base }: ScopeFlags): Scope {
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
  readonly markers?: boolean;
  readonly force?: boolean;
  readonly delete?: boolean;
  readonly dryRun?: boolean;
}

function wayOf(flags: FixFlags): FixWay {
  if (flags.markers && !flags.merge) throw new Fault('usage', '--markers goes with --merge.', 'fix --merge --markers');
  // With --delete, --force says that many deletions are meant; what HEAD does not have is not deleted even so.
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
    ...(flags.merge && { merge: flags.markers ? 'markers' : 'clean' }),
  };
}

function parseSide(word: string): 'a' | 'b' {
  if (word === 'a' || word === 'b') return word;
  throw new InvalidArgumentError('it is a (the live side) or b (the submodule side).');
}

/** Runs one command. The result is its exit code. @throws Fault for exit code 2. */
export async function runProgram(words: readonly string[]): Promise<number> {
  let code = 0;
  const program = buildProgram((result) => {
    code = result;
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has said what is wrong; asking for help or the version is not an error.
    return error.exitCode === 0 ? 0 : 2;
  }
  return code;
}

/** The whole grammar; `finish` takes the exit code of the command that ran. */
export function buildProgram(finish: (code: number) => void): Command {
  const cwd = directoryOfPerson(process.env);
  const output = STANDARD_OUTPUT;
  const program = new Command('dos-sync')
    .description('Keeps files that must be equal in several places of a git repository in step.')
    .version(VERSION)
    .showSuggestionAfterError()
    .exitOverride();

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
    .option('--base <rev>', 'only the pairs that HEAD, or --commit, touches since it left this one')
    .action(async (paths: string[], flags: CheckFlags) => {
      const { full = false, fix = false, dryRun = false } = flags;
      if (dryRun && !fix) throw new Fault('usage', '--dry-run goes with --fix.', 'check --fix --dry-run');
      const options = { cwd, scope: scopeOf(flags), paths, full, format: formatOf(flags), fix, dryRun };
      finish(await runCheck(options, output));
    });

  program
    .command('fix [paths...]')
    .description('the same as check --fix, for all pairs or those with these paths')
    .option('--staged', 'fix the index, and let the working files follow')
    .option('--from <side>', 'a or b: take that side of the named files, whatever fix_direction says', parseSide)
    .option('--merge', "merge the two sides with git's own three-way merge, if that is clean")
    .option('--markers', 'with --merge: leave a conflict in the canonical file, between markers')
    .option('--force', 'overwrite the copy, whatever it holds; with --delete: also where many files go')
    .option('--delete', 'delete the other side of what was deleted')
    .option('--dry-run', 'print the plan alone')
    .action(async (paths: string[], flags: FixFlags) => {
      finish(await runFix({ cwd, way: wayOf(flags), paths }, output));
    });

  addOverviewVerbs(program, { cwd, output, finish });

  program
    .command('undo [id]')
    .description('put back what the last fix replaced, or the one with that id')
    .option('--list', 'the fixes that can be undone')
    .action(async (id: string | undefined, { list = false }: { list?: boolean }) => {
      finish(await (list ? runUndoList(cwd, output) : runUndo(cwd, id, output)));
    });

  program
    .command('diff [paths...]')
    .description("the difference of the pairs that are out of step, through git's own diff and pager")
    .option('--staged', 'what is staged, instead of the working tree')
    .option('--commit <rev>', 'a commit, instead of the working tree')
    .action(async (paths: string[], flags: ScopeFlags) =>
      finish(await runDiff({ cwd, scope: scopeOf(flags), paths }, output)),
    );

  program
    .command('explain <path>')
    .description('every pair that the path is in, why, its verdict, and its history')
    .action(async (path: string) => finish(await runExplain({ cwd, path }, output)));

  program
    .command('init')
    .description('start a manifest, and stage it')
    .action(async () => finish(await runInit(cwd, output)));

  program
    .command('add <a> <b>')
    .description('declare one more pair, keeping the format of the manifest')
    .action(async (a: string, b: string) => finish(await runAdd(cwd, a, b, output)));

  program
    .command('accept [path]')
    .description('take a difference for meant: an exception in the manifest, until either side moves')
    .requiredOption('--reason <words>', 'why the two may differ')
    .option('--all', 'every difference there is, as a baseline to start from')
    .option('--staged', 'what is staged, and stage the manifest')
    .action(async (path: string | undefined, flags: { reason: string; all?: boolean; staged?: boolean }) => {
      const { reason, all = false, staged = false } = flags;
      if (all === (path !== undefined))
        throw new Fault('usage', 'Name one path, or --all.', 'accept <path> --reason …');
      finish(await runAccept({ cwd, path, reason, staged }, output));
    });

  program
    .command('install')
    .description('put the hooks in, beside whatever is there')
    .addOption(new Option('--native', "in git's own hooks directory").conflicts(['husky', 'config']))
    .addOption(new Option('--husky', 'in .husky/').conflicts('config'))
    .addOption(new Option('--config', "in git's configuration, which git 2.54 and newer start hooks from"))
    .option('--recurse-submodules', 'in every submodule too')
    .action(async ({ recurseSubmodules: recurse = false, ...flags }: Partial<Record<InstallFlag, boolean>>) => {
      const mode = (['native', 'config', 'husky'] as const).find((each) => flags[each]);
      finish(await runInstall(cwd, { ...(mode && { mode }), recurse }, output));
    });

  program
    .command('trust')
    .description('agree to what the manifest reaches outside the repository: show it, and remember your consent')
    .option('--write', 'let dos-sync write there too, after asking each time')
    .option('--list', 'what you have agreed to')
    .option('--revoke', 'take your consent for this repository back')
    .action(
      async ({
        write = false,
        list = false,
        revoke = false,
      }: Partial<Record<'write' | 'list' | 'revoke', boolean>>) => {
        finish(await runTrust(cwd, { write, list, revoke }, output));
      },
    );

  program
    .command('uninstall')
    .description('take the hooks out, and give back what was there')
    .option('--recurse-submodules', 'from every submodule too')
    .action(async (flags: { recurseSubmodules?: boolean }) => {
      finish(await runUninstall(cwd, flags.recurseSubmodules ?? false, output));
    });

  program
    .command('doctor')
    .description('look at everything that a check rests on, and say what to do next')
    .option('--json', 'for programs')
    .action(async ({ json }: { json?: boolean }) => finish(await runDoctor(cwd, json ?? false, output)));

  program
    .command('completion')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .description('print the completions for bash, zsh or fish')
    .action((shell: Shell) => finish(runCompletion(program, shell, output)));

  program
    .command('hook <name>')
    .description('what the hooks call: pre-commit, pre-merge-commit, pre-push, pre-receive');
  return program;
}
