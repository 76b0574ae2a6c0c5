// Carries out a plan: in the index with the working files following, or in the working tree alone.

import type { Step, Touches } from '../decide/plan.js';
import type { ObjectReader } from '../git/objects.js';
import { type Oid, parseOid } from '../git/oid.js';
import { type RepoPath, textOf } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { stageEntries, stageIntent, stageSkipWorktree, writeBlob } from '../git/write.js';
import { Fault } from '../messages/fault.js';
import { readLinkOnDisk } from '../snapshot/disk.js';
import { modeOf, sameEntry } from '../snapshot/entry.js';
import { readTouches } from '../snapshot/touch.js';
import type { Entry } from '../snapshot/types.js';
import { discard, type Prepared, prepareFile, putInPlace, removeFile } from './write.js';

/** What a fix needs to read and write with. */
export interface Workplace {
  readonly repository: Repository;
  readonly objects: ObjectReader;
}

/**
 * Stages each step's entry and lets the working file follow, then reads the index again.
 * @throws Fault `git` if an object is missing, the index is locked, or it does not hold what was written.
 */
export async function applyStaged(place: Workplace, steps: readonly Step[], touches: Touches): Promise<void> {
  const { repository, objects } = place;
  for (const { entry } of steps) await requireObject(objects, entry);
  const following = steps.filter((step) => workingFileFollows(step, touches));
  const prepared = await prepare(place, following, (step) => readStagedLink(objects, step.entry));
  try {
    await stageEntries(
      repository.git,
      steps.map((step) => indexLine(step, repository)),
    );
    const skipped = steps.filter((step) => step.entry.kind !== 'absent' && touches.get(step.path)?.skipsWorktree);
    await stageSkipWorktree(
      repository.git,
      skipped.map((step) => step.path),
    );
    await requireStaged(place, steps);
  } catch (error) {
    for (const file of prepared) discard(repository.top, file);
    throw error;
  }
  finish(repository.top, following, prepared);
}

/** Writes each step's content into the working tree; a file that git does not know yet is added with intent-to-add. */
export async function applyWorktree(place: Workplace, steps: readonly Step[], touches: Touches): Promise<void> {
  const { repository } = place;
  storeSources(repository, steps);
  const prepared = await prepare(place, steps, (step) =>
    Promise.resolve(step.entry.kind === 'link' ? readLinkOnDisk(repository.top, originOf(step, steps)) : undefined),
  );
  finish(repository.top, steps, prepared);
  const unknown = steps.filter(
    (step) => step.entry.kind !== 'absent' && touches.get(step.path)?.index.kind === 'absent',
  );
  await stageIntent(
    repository.git,
    unknown.map((step) => step.path),
  );
}

function finish(top: string, steps: readonly Step[], prepared: readonly Prepared[]): void {
  for (const file of prepared) putInPlace(top, file);
  for (const step of steps) if (step.entry.kind === 'absent') removeFile(top, step.path);
}

async function prepare(
  { repository }: Workplace,
  steps: readonly Step[],
  readLink: (step: Step) => Promise<Buffer | undefined>,
): Promise<readonly Prepared[]> {
  const prepared: Prepared[] = [];
  try {
    for (const step of steps) {
      if (step.entry.kind !== 'absent') {
        prepared.push(prepareFile(repository, step.path, step.entry, await readLink(step)));
      }
    }
    return prepared;
  } catch (error) {
    for (const file of prepared) discard(repository.top, file);
    throw error;
  }
}

/** Not where sparse checkout keeps the file away, nor where the working file is already what it should become. */
function workingFileFollows({ path, entry }: Step, touches: Touches): boolean {
  const touch = touches.get(path);
  return entry.kind !== 'gitlink' && touch !== undefined && !touch.skipsWorktree && !sameEntry(touch.worktree, entry);
}

function indexLine({ path, entry }: Step, { format }: Repository): Parameters<typeof stageEntries>[1][number] {
  if (entry.kind !== 'absent') return { mode: modeOf(entry), oid: entry.oid, path };
  return { mode: '0', oid: parseOid('0'.repeat(format === 'sha1' ? 40 : 64)), path };
}

async function requireObject(objects: ObjectReader, entry: Entry): Promise<void> {
  if (entry.kind !== 'file' && entry.kind !== 'link') return;
  if (await objects.info(entry.oid)) return;
  throw new Fault(
    'git',
    `The content ${entry.oid} is not in this repository, so it cannot be staged.`,
    'see: git fsck',
  );
}

async function readStagedLink(objects: ObjectReader, entry: Entry): Promise<Buffer | undefined> {
  return entry.kind === 'link' ? (await objects.contents(entry.oid))?.content : undefined;
}

async function requireStaged({ repository, objects }: Workplace, steps: readonly Step[]): Promise<void> {
  const now = await readTouches(
    repository,
    objects,
    steps.map((step) => step.path),
  );
  for (const { path, entry } of steps) {
    const index = now.get(path)?.index;
    if (index && sameEntry(index, entry)) continue;
    throw new Fault('git', `git did not stage ${textOf(path)} as asked.`, 'see what is there: git status');
  }
}

/** The file that a step's content stood in before the fix: the first of its chain. */
function originOf(step: Step, steps: readonly Step[]): RepoPath {
  const earlier = steps.find((other) => other.path === step.from && other !== step);
  return earlier ? originOf(earlier, steps) : step.from;
}

function storeSources(repository: Repository, steps: readonly Step[]): void {
  const sources = new Map<RepoPath, Oid>();
  for (const step of steps) if (step.entry.kind === 'file') sources.set(originOf(step, steps), step.entry.oid);
  for (const [path, oid] of sources) writeBlob(repository.git, path, oid);
}
