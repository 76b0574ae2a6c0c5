// One line about pairs that only the working tree's manifest has, and how to stage it.

import { readManifestMark } from '../fix/manifest-file.js';
import { type IndexState, readIndexState } from '../git/index-state.js';
import { readInvocation } from '../git/invocation.js';
import type { Repository } from '../git/repository.js';
import type { Workplace } from '../git/workplace.js';
import { readManifestBlob } from '../manifest/read.js';
import { MANIFEST_NAME, MANIFEST_PATH, type Manifest } from '../manifest/types.js';
import { readUnguarded, type Unguarded } from '../manifest/unguarded.js';
import { Fault } from '../messages/fault.js';
import { sayHowToStage, sayUnguardedLine, sayUnreadable } from '../messages/staging.js';
import { wordFor } from './person.js';

/** The reader of the line: their directory, and whether they commit only some paths. */
interface Reader {
  readonly directory: string;
  readonly partial?: boolean;
}

/** The line for stderr; empty if everything is guarded. */
export async function formatUnguarded(
  { repository }: Workplace,
  unguarded: Unguarded,
  { directory, partial = false }: Reader,
): Promise<readonly string[]> {
  const program = await readInvocation(repository.git);
  if (unguarded === 'unreadable') return [sayUnreadable(program)];
  if (unguarded.length === 0) return [];
  const word = wordFor({ program, directory })(MANIFEST_PATH);
  const stage = await readHowToStage(repository, word);
  return [sayUnguardedLine(unguarded, partial ? `${stage} && git commit -- ${word}` : stage, partial)];
}

/** The command that stages the manifest. `word`: its path as the user types it. */
export async function readHowToStage(repository: Repository, word: string = MANIFEST_NAME): Promise<string> {
  return sayHowToStage(word, await readManifestMark(repository));
}

/** Compares the working tree's manifest with the one in the index, which the next commit uses. */
export async function readUnguardedInIndex(place: Workplace): Promise<Unguarded> {
  const { git, top, format } = place.repository;
  const found = readIndexState(git, format, [MANIFEST_PATH]).get(MANIFEST_PATH);
  const entry = found?.intended ? undefined : found;
  return readUnguarded(top, format, { oid: entry?.oid, read: () => readStagedManifest(place, entry) });
}

/** An invalid staged manifest blocks every commit, so nothing passes unguarded. */
async function readStagedManifest(
  { objects }: Workplace,
  entry: IndexState | undefined,
): Promise<Manifest | undefined> {
  try {
    return entry && (await readManifestBlob(objects, entry));
  } catch (error) {
    if (Fault.is(error) && error.kind === 'manifest') return undefined;
    throw error;
  }
}
