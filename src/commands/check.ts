// `check`: the verdict on every pair, for people or programs.

import type { Command } from 'commander';
import { recoverAround, refuseInterruptedAround } from '../fix/recover.js';
import { formatRecovered } from '../format/undo.js';
import { commitNotFixed, dryRunAlone, porcelainWithFormat, zAlone } from '../messages/options.js';
import { FORMAT_NAMES, type Format } from './check-formats.js';
import { type CheckOptions, report } from './check-report.js';
import { fixOpened } from './fix-opened.js';
import type { Output } from './output.js';
import { pathsOfArguments } from './person.js';
import { openScope, type ScopeFlags, scopeOf, withRepository } from './scope.js';
import type { Stage } from './verb.js';
import { whileWaiting } from './waiting.js';

interface CheckFlags extends ScopeFlags {
  readonly full?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
  readonly format?: Format;
  readonly porcelain?: boolean;
  readonly z?: boolean;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly allowUnchecked?: boolean;
}

export function addCheck(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('check [paths...]')
    .description('compare the pairs; exit code 0 in sync, 1 drift, 2 could not check')
    .option('-v, --full', 'print one row per file pair')
    .option('-q, --quiet', 'print no report; the exit code says the result')
    .addOption(program.createOption('--summary', 'print the counts alone (the default)').hideHelp())
    .option('--json', 'short for --format json')
    .addOption(
      program
        .createOption('--format <format>', 'print the report in this format')
        .choices(FORMAT_NAMES)
        .conflicts('json'),
    )
    .option('--porcelain', 'short for --format porcelain, for scripts: <verdict> <reason> TAB <a> TAB <b>')
    .option('-z', 'with --porcelain: end each field with NUL, and do not quote paths (porcelain-z)')
    .option('--fix', 'copy the source side over stale copies')
    .option('--dry-run', 'with --fix: only print the plan')
    .option('--staged', 'check what is staged, instead of the working tree')
    .option('--commit <rev>', 'check a commit, instead of the working tree')
    .option('--allow-unchecked', 'exit code 0 also if this machine has only one side of every pair')
    .option('--base <rev>', 'check only the pairs changed since HEAD (or --commit) branched off from here')
    .option('--manifest <file>', "with --commit or --base: judge by this file instead of the commit's manifest")
    .action(async (paths: string[], flags: CheckFlags) => {
      const { full = false, fix = false, dryRun = false, allowUnchecked = false } = flags;
      if (dryRun && !fix) throw dryRunAlone();
      const options = {
        cwd,
        scope: scopeOf(flags, cwd),
        paths,
        full,
        format: formatOf(flags),
        fix,
        dryRun,
        allowUnchecked,
      };
      finish(await runCheck(options, flags.quiet ? output.quiet() : output));
    });
}

function formatOf({ json, format, porcelain, z }: CheckFlags): Format {
  if (z && !porcelain) throw zAlone();
  if (porcelain && (json || format !== undefined)) {
    throw porcelainWithFormat();
  }
  if (porcelain) return z ? 'porcelain-z' : 'porcelain';
  return json ? 'json' : (format ?? 'text');
}

/** 0 in sync, 1 drift, 2 if nothing could be compared. @throws Fault for every other 2. */
export function runCheck(options: CheckOptions, output: Output): Promise<number> {
  return withRepository(options.cwd, async (place) => {
    if (options.fix && !options.dryRun) output.complain(formatRecovered(await recoverAround(place.repository)));
    else await refuseInterruptedAround(place.repository);
    const opened = await whileWaiting(() => openScope(place, options.scope));
    const paths = await pathsOfArguments(place.repository, options.cwd, options.paths);
    if (options.fix) {
      if (options.scope.kind === 'commit') throw commitNotFixed();
      const way = { kind: options.scope.kind, dryRun: options.dryRun, followDeletions: false } as const;
      const remaining = await fixOpened(
        opened,
        paths,
        way,
        options.cwd,
        options.format === 'text' ? output : output.quiet(),
      );
      // Reads the fixed files again: the report shows what is there now.
      if (options.dryRun) return options.format !== 'text' ? report(opened, paths, options, output) : remaining;
      return report(await openScope(place, options.scope), paths, options, output);
    }
    return report(opened, paths, options, output);
  });
}
