// The grammar of the verbs that set dos-sync up: the manifest, the hooks, and what they rest on.

import { Argument, type Command, Option } from 'commander';
import { SHELLS, type Shell } from '../format/completion.js';
import { Fault } from '../messages/fault.js';
import { runAccept } from './accept.js';
import { runAcceptRemove } from './accept-remove.js';
import { runCompletion } from './completion.js';
import { runDoctor } from './doctor.js';
import { runAdd, runInit } from './init.js';
import { runInstall, runUninstall } from './install.js';
import type { Stage } from './stage.js';
import { runTrust } from './trust.js';

export function addSetUpVerbs(program: Command, stage: Stage): void {
  addInit(program, stage);
  addAdd(program, stage);
  addAccept(program, stage);
  addInstall(program, stage);
  addTrust(program, stage);
  addUninstall(program, stage);
  addDoctor(program, stage);
  addCompletion(program, stage);
  addHook(program);
}

function addInit(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('init')
    .description('start a manifest, and stage it')
    .action(async () => finish(await runInit(cwd, output)));
}

function addAdd(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('add <a> <b>')
    .description('declare one more pair, keeping the format of the manifest')
    .option('--missing', 'also where a side does not exist yet')
    .action(async (a: string, b: string, { missing = false }: { missing?: boolean }) => {
      finish(await runAdd({ cwd, a, b, missing }, output));
    });
}

interface AcceptFlags {
  readonly reason?: string;
  readonly all?: boolean;
  readonly staged?: boolean;
  readonly remove?: boolean;
}

function addAccept(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('accept [path]')
    .description('take a difference for meant: an exception in the manifest, until either side moves')
    .option('--reason <words>', 'why the two may differ')
    .option('--all', 'every difference there is, as a baseline to start from')
    .option('--staged', 'what is staged, and stage the manifest')
    .addOption(new Option('--remove', 'take the exception out again').conflicts(['reason', 'all', 'staged']))
    .action(async (path: string | undefined, flags: AcceptFlags) => {
      const { reason = '', all = false, staged = false, remove = false } = flags;
      if (all === (path !== undefined))
        throw new Fault('usage', 'Name one path, or --all.', 'accept <path> --reason …');
      if (remove && path !== undefined) finish(await runAcceptRemove(cwd, path, output));
      else finish(await runAccept({ cwd, path, reason, staged }, output));
    });
}

type InstallFlag = 'native' | 'config' | 'husky' | 'recurseSubmodules';

function addInstall(program: Command, { cwd, output, finish }: Stage): void {
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
}

function addTrust(program: Command, { cwd, output, finish }: Stage): void {
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
}

function addUninstall(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('uninstall')
    .description('take the hooks out, and give back what was there')
    .option('--recurse-submodules', 'from every submodule too')
    .action(async (flags: { recurseSubmodules?: boolean }) => {
      finish(await runUninstall(cwd, flags.recurseSubmodules ?? false, output));
    });
}

function addDoctor(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('doctor')
    .description('look at everything that a check rests on, and say what to do next')
    .option('--json', 'for programs')
    .action(async ({ json }: { json?: boolean }) => finish(await runDoctor(cwd, json ?? false, output)));
}

function addCompletion(program: Command, { output, finish }: Stage): void {
  program
    .command('completion')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .description('print the completions for bash, zsh or fish')
    .action((shell: Shell) => finish(runCompletion(program, shell, output)));
}

function addHook(program: Command): void {
  program
    .command('hook <name>')
    .description('what the hooks call: pre-commit, pre-merge-commit, pre-push, pre-receive');
}
