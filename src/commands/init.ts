// `init`: writes and stages a starter manifest.

import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { hasTerminal } from '../ask/terminal.js';
import { isManifestTracked, noManifest, writeManifest } from '../fix/manifest-file.js';
import { refuseInterrupted } from '../fix/recover.js';
import { wordFor } from '../format/person.js';
import { originOf, stableProgram } from '../install/origin.js';
import { readManifestFile } from '../manifest/read.js';
import { MANIFEST_PATH } from '../manifest/types.js';
import { Fault } from '../messages/fault.js';
import { ALREADY_THERE, sayHowToDeclare, sayNextSteps, sayStarted } from '../messages/init.js';
import { sayStaging } from '../messages/staging.js';
import { isAutomated } from '../snapshot/consent.js';
import type { Output } from './output.js';
import { readPerson } from './person.js';
import { withRepository } from './scope.js';
import type { Stage } from './verb.js';

export function addInit(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('init')
    .description('create a manifest, and stage it; at a terminal, also find copies and install the hooks')
    .action(async () => {
      const isGuided = hasTerminal() && !isAutomated(process.env);
      await runInit(cwd, isGuided, output);
      if (!isGuided) return finish(0);
      const { guide } = await import('./guided-init.js');
      finish(await guide(cwd, output));
    });
}

/** The starter; its `$schema` points to the installed package, and is omitted without one. */
function readStarter(top: string): string {
  const program = fileURLToPath(new URL('./cli.js', import.meta.url));
  const { root } = originOf(stableProgram(program, process.argv[1], top), top);
  const schema = `./${join(root, 'node_modules/dos-sync/schema.json').replaceAll('\\', '/')}`;
  const line = existsSync(join(top, schema)) ? `  "$schema": ${JSON.stringify(schema)},\n` : '';
  return readStarterFile().replace(/^ *"\$schema".*\n/m, () => line);
}

/** Beside dist/ in the package, two levels up from the sources. */
function readStarterFile(): string {
  const places = ['../templates/dos-sync-manifest.json', '../../templates/dos-sync-manifest.json'];
  const found = places
    .map((place) => new URL(place, import.meta.url))
    .find((url) => lstatSync(url, { throwIfNoEntry: false }));
  if (found) return readFileSync(found, 'utf8');
  throw new Fault('disk', 'The starter manifest is missing from this installation.', 'install dos-sync again');
}

/** Writes and stages the starter; if the manifest exists untracked, only stages it. */
export function runInit(cwd: string, isGuided: boolean, output: Output): Promise<void> {
  return withRepository(cwd, async (place) => {
    const { repository } = place;
    // safeguard init-journal (R1): init does not pass a journal (e2e/interrupted: everybody)
    refuseInterrupted(repository);
    const person = await readPerson({ place }, cwd);
    const known = readManifestFile(repository.top);
    if (await isManifestTracked(repository)) {
      throw known ? new Fault('usage', ALREADY_THERE, sayHowToDeclare(person.program)) : await noManifest(repository);
    }
    const edit = { before: known?.source, after: known?.source ?? readStarter(repository.top), command: 'init' };
    const why = await writeManifest(place, edit);
    output.print([sayStarted(known !== undefined), ...sayStaging(why, wordFor(person)(MANIFEST_PATH))]);
    if (!isGuided) output.print(sayNextSteps(person.program));
  });
}
