// `accept --remove`: removes an exception, so that its two sides must be equal again.

import { noManifest, writeManifest } from '../fix/manifest-file.js';
import { refuseInterrupted } from '../fix/recover.js';
import { wordFor } from '../format/person.js';
import { below, type RepoPath } from '../git/path.js';
import { readManifestFile } from '../manifest/read.js';
import { removeExceptions } from '../manifest/remove-exceptions.js';
import { keyOf, pathOf } from '../manifest/sides.js';
import { type DeclaredAlias, MANIFEST_PATH } from '../manifest/types.js';
import { sayExceptionRemoved, sayExceptions, sayNoException } from '../messages/accept.js';
import { Fault } from '../messages/fault.js';
import { sayStaging } from '../messages/staging.js';
import type { Output } from './output.js';
import { pathsOfArguments, readPerson } from './person.js';
import { withRepository } from './scope.js';

/** Every exception with a path at or below this one. @throws Fault `usage` if there is none. */
export function runAcceptRemove(cwd: string, word: string, output: Output): Promise<number> {
  return withRepository(cwd, async (place) => {
    const { repository } = place;
    refuseInterrupted(repository);
    const known = readManifestFile(repository.top);
    if (!known) throw await noManifest(repository);
    const paths = await pathsOfArguments(repository, cwd, [word]);
    const exceptions = known.manifest.aliases.filter(({ exception }) => exception);
    const meant = exceptions.filter((alias) => isMeant(alias, paths));
    if (meant.length === 0) throw new Fault('usage', sayNoException(word), sayExceptions(exceptions.map(keyOf)));
    const after = removeExceptions(known.source, known.manifest, meant);
    const why = await writeManifest(place, { before: known.source, after, command: 'accept --remove' });
    output.print(meant.map((alias) => sayExceptionRemoved(keyOf(alias))));
    output.print(sayStaging(why, wordFor(await readPerson({ place }, cwd))(MANIFEST_PATH)));
    return 0;
  });
}

function isMeant(alias: DeclaredAlias, paths: readonly RepoPath[]): boolean {
  return [alias.a, alias.b].some((side) => paths.some((path) => below(pathOf(side), path) !== undefined));
}
