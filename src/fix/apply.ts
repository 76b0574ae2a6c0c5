// Turns a plan's steps into changes: of the index with the working files following, or of the working tree alone.

import type { Step, Touches } from '../decide/plan.js';
import type { IndexState } from '../git/index-state.js';
import type { ObjectReader } from '../git/objects.js';
import { hashObject, type Oid } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { writeBlob } from '../git/write.js';
import { Fault } from '../messages/fault.js';
import { readLinkOnDisk } from '../snapshot/disk.js';
import { modeOf, sameEntry } from '../snapshot/entry.js';
import type { Entry } from '../snapshot/types.js';
import type { Content, EntryChange, FileChange } from './changes.js';
import { carryOut } from './transaction.js';
import { requireUnchanged, requireWritable, type Workplace } from './validate.js';

export type { Workplace };

/**
 * Stages each step's entry and lets the working file follow, then reads the index again.
 * @throws Fault `git` if an object is missing or the index does not hold what was written, `disk`, or `busy` if somebody else
 * writes. Everything is then as it was.
 */
export async function applyStaged(
  place: Workplace,
  steps: readonly Step[],
  touches: Touches,
  command = 'fix --staged',
): Promise<void> {
  const { repository, objects } = place;
  await requireWritable(place, steps);
  for (const { entry } of steps) await requireObject(objects, entry);
  const files: FileChange[] = [];
  for (const step of steps.filter((each) => workingFileFollows(each, touches))) {
    files.push({ path: step.path, content: await contentOf(step.entry, () => readStagedLink(objects, step.entry)) });
  }
  const entries = steps.map((step) => entryChange(step, touches));
  await carryOut(repository, { command, files, entries }, () => requireUnchanged(place, pathsOf(steps), touches));
}

/** Writes each step's content into the working tree; a file that git does not know yet is added with intent-to-add. */
export async function applyWorktree(
  place: Workplace,
  steps: readonly Step[],
  touches: Touches,
  command = 'fix',
): Promise<void> {
  const { repository } = place;
  await requireWritable(place, steps);
  storeSources(repository, steps);
  const files: FileChange[] = [];
  for (const step of steps) {
    const readLink = async () => readLinkOnDisk(repository.top, originOf(step, steps));
    files.push({ path: step.path, content: await contentOf(step.entry, readLink) });
  }
  const unknown = steps.filter((step) => step.entry.kind !== 'absent' && isUnknown(step, touches));
  const entries = unknown.map((step) => ({ path: step.path, after: intended(step.entry, repository) }));
  await carryOut(repository, { command, files, entries }, () => requireUnchanged(place, pathsOf(steps), touches));
}

function pathsOf(steps: readonly Step[]): readonly RepoPath[] {
  return steps.map(({ path }) => path);
}

function isUnknown({ path }: Step, touches: Touches): boolean {
  return touches.get(path)?.index.kind === 'absent';
}

/** Not where sparse checkout keeps the file away, nor where the working file is already what it should become. */
function workingFileFollows({ path, entry }: Step, touches: Touches): boolean {
  const touch = touches.get(path);
  return entry.kind !== 'gitlink' && touch !== undefined && !touch.skipsWorktree && !sameEntry(touch.worktree, entry);
}

function entryChange({ path, entry }: Step, touches: Touches): EntryChange {
  if (entry.kind === 'absent') return { path, after: null };
  const skipsWorktree = touches.get(path)?.skipsWorktree ?? false;
  return { path, after: { mode: modeOf(entry), oid: entry.oid, skipsWorktree, intended: false } };
}

function intended(entry: Entry, { format }: Repository): IndexState {
  const oid = hashObject(format, 'blob', new Uint8Array());
  return { mode: modeOf(entry), oid, skipsWorktree: false, intended: true };
}

async function contentOf(entry: Entry, readLink: () => Promise<Buffer | undefined>): Promise<Content> {
  switch (entry.kind) {
    case 'absent':
      return { kind: 'absent' };
    case 'file':
      return { kind: 'blob', oid: entry.oid, executable: entry.executable };
    case 'link':
      return { kind: 'link', target: (await readLink()) ?? Buffer.alloc(0) };
    case 'gitlink':
      throw new Fault('bug', 'a working file cannot hold a gitlink.');
  }
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

/** The file that a step's content stood in before the fix: the first of its chain. */
function originOf(step: Step, steps: readonly Step[]): RepoPath {
  const earlier = steps.find((other) => other.path === step.from && other !== step);
  return earlier ? originOf(earlier, steps) : step.from;
}

function storeSources(repository: Repository, steps: readonly Step[]): void {
  const sources = new Map<RepoPath, Oid>();
  const fromFiles = steps.filter(({ content }) => content === undefined);
  for (const step of fromFiles) if (step.entry.kind === 'file') sources.set(originOf(step, steps), step.entry.oid);
  for (const [path, oid] of sources) writeBlob(repository.git, path, oid);
}
