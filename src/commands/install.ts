// `install` and `uninstall`: put the hooks in, and take them out.

import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type InstallReport, installHooks, uninstallHooks } from '../install/index.js';
import type { Output } from './output.js';

/** The file that the hooks start: this program's own entry. */
function programPath(): string {
  return realpathSync(fileURLToPath(new URL('./cli.js', import.meta.url)));
}

export async function runInstall(cwd: string, mode: 'native' | 'husky' | undefined, output: Output): Promise<number> {
  const program = programPath();
  print(await installHooks({ cwd, program, node: process.execPath, ...(mode && { mode }) }), output);
  return 0;
}

export async function runUninstall(cwd: string, output: Output): Promise<number> {
  print(await uninstallHooks({ cwd }), output);
  return 0;
}

function print({ actions, notices }: InstallReport, output: Output): void {
  output.print(actions.map(({ what, path }) => `${what.padEnd('unchanged'.length)}  ${path}`));
  output.complain([...notices]);
}
