// `init`: a starter manifest, staged. `add`: one more pair in it, its format kept.

import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuseInterrupted } from '../fix/recover.js';
import { writeText } from '../fix/text-file.js';
import { pathFromText, textOf } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { addPair } from '../manifest/edit.js';
import { parseManifest } from '../manifest/parse.js';
import { readManifestFile } from '../manifest/read.js';
import { MANIFEST_NAME } from '../manifest/types.js';
import { Fault } from '../messages/fault.js';
import { sayAdded, sayStarted } from '../messages/init.js';
import { formatProblems } from '../messages/manifest.js';
import type { Output } from './output.js';
import { pathsOfArguments, withRepository } from './scope.js';

const MANIFEST = pathFromText(MANIFEST_NAME);

/** Beside dist/ in the package, and two levels up from the sources. */
function readStarter(): string {
  const places = ['../templates/dos-sync-manifest.json', '../../templates/dos-sync-manifest.json'];
  const found = places
    .map((place) => new URL(place, import.meta.url))
    .find((url) => lstatSync(url, { throwIfNoEntry: false }));
  if (found) return readFileSync(found, 'utf8');
  throw new Fault('disk', 'The starter manifest is missing from this installation.', 'install dos-sync again');
}

/** Writes and stages the starter; a manifest that is there already but not staged is staged as it is. */
export function runInit(cwd: string, output: Output): Promise<number> {
  return withRepository(cwd, async ({ repository }) => {
    refuseInterrupted(repository);
    if (lstatSync(join(repository.top, MANIFEST_NAME), { throwIfNoEntry: false })) {
      throw new Fault('usage', `${MANIFEST_NAME} is there already.`, `put it in force: git add ${MANIFEST_NAME}`);
    }
    await writeText(repository, {
      path: MANIFEST,
      before: undefined,
      after: readStarter(),
      stage: true,
      command: 'init',
    });
    output.print(sayStarted());
    return 0;
  });
}

/** Adds the pair (paths from where the person stands, or `~/…`) and stages nothing. */
export function runAdd(cwd: string, a: string, b: string, output: Output): Promise<number> {
  return withRepository(cwd, async ({ repository }) => {
    refuseInterrupted(repository);
    const { top } = repository;
    const known = readManifestFile(top);
    if (!known) throw new Fault('usage', `There is no ${MANIFEST_NAME}.`, 'start one: git dos-sync init');
    const [sideA, sideB] = [await declared(repository, cwd, a), await declared(repository, cwd, b)];
    const edited = addPair(known.source, sideA, sideB);
    const result = parseManifest(Buffer.from(edited, 'utf8'));
    if (!result.ok) {
      const problems = formatProblems(MANIFEST_NAME, result.problems);
      throw new Fault('manifest', `With this pair the manifest would be wrong, so it was not added.\n${problems}`);
    }
    await writeText(repository, { path: MANIFEST, before: known.source, after: edited, stage: false, command: 'add' });
    output.print(sayAdded(sideA, sideB));
    return 0;
  });
}

/** `~/…` and paths that the manifest's own rules have to refuse stay as typed. */
async function declared(repository: Repository, cwd: string, side: string): Promise<string> {
  if (side.startsWith('~')) return side;
  return (await pathsOfArguments(repository, cwd, [side])).map(textOf).join('');
}
