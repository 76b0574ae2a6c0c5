// `init`: a starter manifest, staged. `add`: one more pair in it, its format kept.

import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isManifestTracked, noManifest, writeManifest } from '../fix/manifest-file.js';
import { refuseInterrupted } from '../fix/recover.js';
import { wordFor } from '../format/person.js';
import { textOf } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { originOf, stableProgram } from '../install/origin.js';
import { addPair } from '../manifest/edit.js';
import { parseManifest } from '../manifest/parse.js';
import { readManifestFile } from '../manifest/read.js';
import { MANIFEST_NAME, MANIFEST_PATH } from '../manifest/types.js';
import { Fault } from '../messages/fault.js';
import { ALREADY_THERE, sayAdded, sayHowToDeclare, sayNextSteps, sayStarted } from '../messages/init.js';
import { formatProblems, wouldBeInvalid } from '../messages/manifest.js';
import { sayStaging } from '../messages/staging.js';
import type { Output } from './output.js';
import { requireSides } from './required-sides.js';
import { pathsOfArguments, readPerson, withRepository } from './scope.js';

/** The starter; its `$schema` leads to the package as this repository has it, and is left out where
 * it has none. */
function readStarter(top: string): string {
  const program = fileURLToPath(new URL('./cli.js', import.meta.url));
  const { root } = originOf(stableProgram(program, process.argv[1], top), top);
  const schema = `./${join(root, 'node_modules/dos-sync/schema.json').replaceAll('\\', '/')}`;
  const line = existsSync(join(top, schema)) ? `  "$schema": ${JSON.stringify(schema)},\n` : '';
  return readStarterFile().replace(/^ *"\$schema".*\n/m, () => line);
}

/** Beside dist/ in the package, and two levels up from the sources. */
function readStarterFile(): string {
  const places = ['../templates/dos-sync-manifest.json', '../../templates/dos-sync-manifest.json'];
  const found = places
    .map((place) => new URL(place, import.meta.url))
    .find((url) => lstatSync(url, { throwIfNoEntry: false }));
  if (found) return readFileSync(found, 'utf8');
  throw new Fault('disk', 'The starter manifest is missing from this installation.', 'install dos-sync again');
}

/** Writes and stages the starter; a manifest that git does not know yet is staged instead. */
export function runInit(cwd: string, output: Output): Promise<number> {
  return withRepository(cwd, async (place) => {
    const { repository } = place;
    refuseInterrupted(repository);
    const person = await readPerson({ place }, cwd);
    const known = readManifestFile(repository.top);
    if (await isManifestTracked(repository)) {
      throw known ? new Fault('usage', ALREADY_THERE, sayHowToDeclare(person.program)) : await noManifest(repository);
    }
    const edit = { before: known?.source, after: known?.source ?? readStarter(repository.top), command: 'init' };
    const why = await writeManifest(place, edit);
    output.print([sayStarted(known !== undefined), ...sayStaging(why, wordFor(person)(MANIFEST_PATH))]);
    output.print(sayNextSteps(person.program));
    return 0;
  });
}

export interface AddOptions {
  readonly cwd: string;
  readonly a: string;
  readonly b: string;
  /** Also where a side does not exist yet. */
  readonly missing: boolean;
}

/** Adds the pair (paths from where the person stands, or `~/…`), and stages the manifest. */
export function runAdd({ cwd, a, b, missing }: AddOptions, output: Output): Promise<number> {
  return withRepository(cwd, async (place) => {
    const { repository } = place;
    refuseInterrupted(repository);
    const known = readManifestFile(repository.top);
    if (!known) throw await noManifest(repository);
    const [sideA, sideB] = [await declared(repository, cwd, a), await declared(repository, cwd, b)];
    const edited = addPair(known.source, sideA, sideB);
    const result = parseManifest(Buffer.from(edited, 'utf8'));
    if (!result.ok) {
      const problems = formatProblems(MANIFEST_NAME, result.problems);
      throw wouldBeInvalid('pair', problems);
    }
    const person = await readPerson({ place }, cwd);
    await requireSides(place, result.manifest, { a, b, person, missing });
    const why = await writeManifest(place, { before: known.source, after: edited, command: 'add' });
    output.print([sayAdded(sideA, sideB), ...sayStaging(why, wordFor(person)(MANIFEST_PATH))]);
    return 0;
  });
}

/** `~/…` and paths that the manifest's own rules have to refuse stay as typed. */
async function declared(repository: Repository, cwd: string, side: string): Promise<string> {
  if (side.startsWith('~')) return side;
  return (await pathsOfArguments(repository, cwd, [side])).map(textOf).join('');
}
