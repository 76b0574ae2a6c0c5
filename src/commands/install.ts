// `install` and `uninstall`: install and remove the hooks.

import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { openRepository } from '../git/repository.js';
import { listSubmodules } from '../git/submodule-list.js';
import { type InstallMode, type InstallReport, installHooks, uninstallHooks } from '../install/index.js';
import { stableProgram } from '../install/origin.js';
import { noDeno } from '../messages/install.js';
import { sayPassedOver } from '../messages/submodules.js';
import type { Output } from './output.js';
import type { Stage } from './verb.js';

type InstallFlag = 'native' | 'config' | 'husky' | 'recurseSubmodules';

export function addInstall(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('install')
    .description('install the hooks next to existing ones')
    .addOption(program.createOption('--native', "install in git's hooks directory").conflicts(['husky', 'config']))
    .addOption(program.createOption('--husky', 'install in .husky/').conflicts('config'))
    .addOption(program.createOption('--config', "install in git's configuration (git 2.54 or newer)"))
    .option('--recurse-submodules', 'also install in every submodule')
    .action(async ({ recurseSubmodules: recurse = false, ...flags }: Partial<Record<InstallFlag, boolean>>) => {
      const mode = (['native', 'config', 'husky'] as const).find((each) => flags[each]);
      finish((await runInstall(cwd, { ...(mode && { mode }), recurse }, output)).code);
    });
}

export function addUninstall(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('uninstall')
    .description('remove the hooks and restore what was there before')
    .option('--recurse-submodules', 'also from every submodule')
    .action(async (flags: { recurseSubmodules?: boolean }) => {
      finish(await runUninstall(cwd, flags.recurseSubmodules ?? false, output));
    });
}

/** The program that the hooks start: this one, under a path that survives an upgrade. */
function programPath(cwd: string): string {
  return stableProgram(realpathSync(fileURLToPath(new URL('./cli.js', import.meta.url))), process.argv[1], cwd);
}

export interface InstallFlags {
  readonly mode?: 'native' | 'config' | 'husky';
  /** Also in every submodule. */
  readonly recurse: boolean;
}

export interface Installed {
  readonly code: number;
  readonly mode: InstallMode;
  /** The files to commit, absolute: husky's are in the work tree. */
  readonly written: readonly string[];
}

export async function runInstall(cwd: string, { mode, recurse }: InstallFlags, output: Output): Promise<Installed> {
  // The hooks' sh runs `node FILE`, which does not work with deno.
  if ('deno' in process.versions) throw noDeno();
  const recorded = { program: programPath(cwd), node: process.execPath };
  const report = await installHooks({ cwd, ...recorded, ...(mode && { mode }) });
  print(report, output);
  const below = !recurse
    ? 0
    : await inSubmodules(cwd, output, (top) =>
        // A submodule is a separate project and decides about husky itself.
        installHooks({ cwd: top, ...recorded, ...(mode !== 'husky' && mode && { mode }) }),
      );
  const written = report.actions.filter(({ what }) => what !== 'unchanged').map(({ path }) => path);
  const { mode: used, complete } = report;
  return { code: complete ? below : 1, mode: used, written: used === 'husky' ? written : [] };
}

export async function runUninstall(cwd: string, recurse: boolean, output: Output): Promise<number> {
  if (recurse) await inSubmodules(cwd, output, (top) => uninstallHooks({ cwd: top }));
  print(await uninstallHooks({ cwd }), output);
  return 0;
}

async function inSubmodules(
  cwd: string,
  output: Output,
  work: (top: string) => Promise<InstallReport>,
): Promise<number> {
  for (const { at, found } of await listSubmodules(await openRepository(cwd))) {
    if (found.kind === 'ready') print(await work(found.repository.top), output);
    else output.complain([sayPassedOver(at, found.lack)]);
  }
  return 0;
}

function print({ actions, notices }: InstallReport, output: Output): void {
  output.print(actions.map(({ what, path }) => `${what.padEnd('unchanged'.length)}  ${path}`));
  output.complain([...notices]);
}
