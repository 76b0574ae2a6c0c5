// Writes an edited manifest, and stages it if that stages nothing else of the user's.

import { sameEntry } from '../git/entry.js';
import { readIgnored } from '../git/ignored.js';
import { readIndexState } from '../git/index-state.js';
import { parseIndex } from '../git/records.js';
import type { Repository } from '../git/repository.js';
import { readGit } from '../git/run.js';
import type { Workplace } from '../git/workplace.js';
import { MANIFEST_NAME, MANIFEST_PATH } from '../manifest/types.js';
import { Fault } from '../messages/fault.js';
import { type ManifestMark, type NotStaged, sayHowToRestore, sayNoManifest } from '../messages/staging.js';
import { readOwnStatuses } from '../snapshot/path-status.js';
import { writeText } from './text-file.js';

/** An edit of the working tree's manifest. */
export interface ManifestEdit {
  /** The text that was edited; undefined if there was no file. */
  readonly before: string | undefined;
  readonly after: string;
  /** What the user ran, such as `add`. */
  readonly command: string;
}

/**
 * Why the edit was not staged; undefined if it was. @throws Fault `busy` if the file has changed
 * since it was read.
 */
export async function writeManifest(place: Workplace, edit: ManifestEdit): Promise<NotStaged | undefined> {
  const why = await readNotStaged(place);
  await writeText(place.repository, { path: MANIFEST_PATH, ...edit, stage: why === undefined });
  return why;
}

async function readNotStaged({ repository, objects }: Workplace): Promise<NotStaged | undefined> {
  const entries = await readEntries(repository);
  if (entries.some(({ stage }) => stage !== 0)) return 'unmerged';
  const mark = await readManifestMark(repository);
  if (mark !== undefined) return mark;
  const status = (await readOwnStatuses(repository, objects, [MANIFEST_PATH])).get(MANIFEST_PATH);
  // Untracked, or added with `git add -N`: no content of it is staged.
  if (!status || status.index.kind === 'absent') return undefined;
  return sameEntry(status.index, status.worktree) ? undefined : 'edits';
}

/** True if the index has the manifest, merged or not; an intent-to-add entry does not count. */
export async function isManifestTracked(repository: Repository): Promise<boolean> {
  if ((await readEntries(repository)).some(({ stage }) => stage !== 0)) return true;
  const state = readIndexState(repository.git, repository.format, [MANIFEST_PATH]).get(MANIFEST_PATH);
  return state !== undefined && !state.intended;
}

/** The flag that keeps `git add` from staging the manifest; undefined if there is none. */
export async function readManifestMark(repository: Repository): Promise<ManifestMark | undefined> {
  const [entry] = await readEntries(repository);
  if (!entry) return (await readIgnored(repository.git, [MANIFEST_PATH])).has(MANIFEST_PATH) ? 'ignored' : undefined;
  if (entry.tag.toUpperCase() === 'S') return 'skipped';
  // A lower-case tag means assume-unchanged.
  return entry.tag === entry.tag.toLowerCase() ? 'assumed' : undefined;
}

async function readEntries({ git }: Repository): Promise<ReturnType<typeof parseIndex>> {
  const args = ['--literal-pathspecs', 'ls-files', '-t', '-v', '--stage', '-z', '--', MANIFEST_NAME];
  return parseIndex(await readGit(git, args)).filter(({ path }) => path === MANIFEST_PATH);
}

/** The Fault for a working tree without a manifest; git may still have one. */
export async function noManifest(repository: Repository): Promise<Fault> {
  const [entry] = await readEntries(repository);
  if (!entry) return new Fault('usage', sayNoManifest('none'), 'start one: git dos-sync init');
  const skipped = entry.tag.toUpperCase() === 'S';
  return new Fault('usage', sayNoManifest(skipped ? 'skipped' : 'deleted'), sayHowToRestore(skipped));
}
