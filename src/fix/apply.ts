// Carries out a plan's steps: in the index and the working files, or in the working tree only.

import { groupBy } from '../git/group-by.js';
import type { ObjectReader } from '../git/objects.js';
import { below, type RepoPath } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import type { Workplace } from '../git/workplace.js';
import { writeBytesAsBlob } from '../git/write.js';
import { isOutside } from '../manifest/outside.js';
import { Fault } from '../messages/fault.js';
import { missingHere } from '../messages/trees.js';
import type { PathStatuses, Step } from '../resolve/types.js';
import { hashOnDisk, readLineEndSuspects, readLinkOnDisk, standsOnDisk } from '../snapshot/disk.js';
import type { Snapshot } from '../snapshot/types.js';
import { idOfTime } from './backup.js';
import { originsOf, storeSources } from './carry-over.js';
import type { Changes, Content, FileChange } from './changes.js';
import { entriesBeside, entryChange } from './entry-changes.js';
import { recordCopies } from './known-contents.js';
import { streamLarge } from './large.js';
import { carryOut } from './transaction.js';
import { requireUnchanged, requireWritable } from './validate.js';

export type { Workplace };

import { type Entry, sameEntry } from '../git/entry.js';

/**
 * Stages each step's entry, updates the working file, and reads the index again to verify it.
 * @throws Fault `git` if an object is missing or the index does not hold what was written, `disk`,
 * or `busy` if another process writes. Nothing has changed then.
 */
export async function applyStaged(
  place: Workplace,
  steps: readonly Step[],
  statuses: PathStatuses,
  command = 'fix --staged',
): Promise<void> {
  const run = newRun();
  const parts = inOrder(steps, statuses);
  for (const part of parts) await stage(place, part, statuses, { command, ...(parts.length > 1 && { run }) });
}

/**
 * The deletion has to come first where a file is replaced by a directory, or the reverse, and where
 * only the case of a name changes on a disk that ignores it.
 */
function inOrder(steps: readonly Step[], statuses: PathStatuses): readonly (readonly Step[])[] {
  const deleted = steps.filter(({ entry }) => entry.kind === 'absent');
  const written = steps.filter(({ entry }) => entry.kind !== 'absent');
  const meet = ({ path }: Step, other: Step) =>
    path.startsWith(`${other.path}/`) ||
    other.path.startsWith(`${path}/`) ||
    statuses.get(other.path)?.obstacle?.at === path;
  return deleted.some((one) => written.some((other) => meet(one, other))) ? [deleted, written] : [steps];
}

function newRun(): string {
  return `${idOfTime(Date.now())}-${process.pid}`;
}

async function stage(
  place: Workplace,
  steps: readonly Step[],
  statuses: PathStatuses,
  naming: Pick<Changes, 'command' | 'run'>,
): Promise<void> {
  const { repository, objects } = place;
  await requireWritable(
    place,
    steps.map((step) => seenFrom('' as RepoPath, step)),
  );
  storeContents(repository, steps);
  for (const { entry } of steps) await requireObject(objects, entry);
  const files: FileChange[] = [];
  for (const step of steps.filter((each) => workingFileFollows(each, statuses))) {
    files.push({ path: step.path, content: await contentOf(step.entry, () => readStagedLink(objects, step.entry)) });
  }
  const entries = steps.map((step) => entryChange(step, statuses));
  const changes = { ...naming, files: await streamLarge(place, files), entries };
  await carryOut(repository, changes, () => requireUnchanged(place, pathsOf(steps), statuses));
  recordCopies(repository, steps);
}

/**
 * Writes each step's content into the working tree: new files with intent-to-add; files that git
 * would store with other line ends are staged. A submodule's index is never written.
 */
export async function applyWorktree(
  place: Workplace,
  after: Snapshot,
  steps: readonly Step[],
  statuses: PathStatuses,
  command = 'fix',
): Promise<void> {
  const run = newRun();
  const parts = inOrder(steps, statuses);
  for (const part of parts) await write(place, after, part, statuses, { command, ...(parts.length > 1 && { run }) });
}

async function write(
  place: Workplace,
  after: Snapshot,
  steps: readonly Step[],
  statuses: PathStatuses,
  naming: Pick<Changes, 'command' | 'run'>,
): Promise<void> {
  const { top } = place.repository;
  const origin = originsOf(steps);
  const homes = groupByHome(steps, statuses);
  for (const [at, group] of homes) {
    const home = at === '' ? place : await after.readHome(group[0]?.path as RepoPath);
    if (!home) continue;
    await requireWritable(
      home,
      group.map((step) => seenFrom(at, step)),
    );
    storeContents(home.repository, group);
  }
  await storeSources(place, after, steps);
  const together = { run: newRun(), ...naming };
  for (const [at, group] of homes) {
    const home = at === '' ? place : await after.readHome(group[0]?.path as RepoPath);
    if (!home) throw new Fault('bug', 'a step leads into a submodule that is not here.');
    const files: FileChange[] = [];
    for (const step of group) {
      const { path, entry } = step;
      const from = origin(step);
      const readLink = async () => (isOutside(from) ? after.outside?.readLink(from) : readLinkOnDisk(top, from));
      files.push({ path: below(path, at) ?? path, content: await contentOf(entry, readLink) });
    }
    const entries = at === '' ? entriesBeside(group, statuses, place.repository) : [];
    const seen = new Map(group.flatMap(({ path }) => [[below(path, at) ?? path, statuses.get(path)] as const]));
    const known = new Map([...seen].flatMap(([path, status]) => (status ? [[path, status] as const] : [])));
    const changes = { ...together, files: await streamLarge(home, files), entries };
    await carryOut(home.repository, changes, () => requireUnchanged(home, [...seen.keys()], known));
  }
  await stageLineEnds(place.repository, homes.get('' as RepoPath) ?? [], statuses, together);
  recordCopies(place.repository, steps);
}

/** git keeps line ends that it would convert only while an index entry holds them. */
async function stageLineEnds(
  repository: Repository,
  steps: readonly Step[],
  statuses: PathStatuses,
  naming: Pick<Changes, 'command' | 'run'>,
): Promise<void> {
  const free = steps.filter(({ path, entry }) => {
    const status = statuses.get(path);
    return entry.kind === 'file' && status !== undefined && sameEntry(status.index, status.head);
  });
  const suspects = await readLineEndSuspects(repository, pathsOf(free));
  const written = suspects.flatMap((path) => standsOnDisk(repository.top, path, true));
  const stored = await hashOnDisk(repository, written);
  const differing = free.filter(({ path, entry }) => {
    const now = stored.get(path);
    return now?.kind === 'file' && entry.kind === 'file' && now.oid !== entry.oid;
  });
  await carryOut(repository, { ...naming, files: [], entries: differing.map((step) => entryChange(step, statuses)) });
}

/** The steps grouped by submodule; the empty path is this repository. */
function groupByHome(steps: readonly Step[], statuses: PathStatuses): ReadonlyMap<RepoPath, readonly Step[]> {
  return groupBy(steps, ({ path }) => statuses.get(path)?.inside?.at ?? ('' as RepoPath));
}

/** The step with paths relative to the submodule; a source outside it is dropped. */
function seenFrom(at: RepoPath, step: Step): Step {
  const path = below(step.path, at) ?? step.path;
  if (isOutside(step.from)) return { ...step, path, from: path };
  return { ...step, path, from: below(step.from, at) ?? path };
}

function pathsOf(steps: readonly Step[]): readonly RepoPath[] {
  return steps.map(({ path }) => path);
}

/**
 * Not where sparse checkout leaves the file out, nor where the working file already has the new
 * content.
 */
function workingFileFollows({ path, entry }: Step, statuses: PathStatuses): boolean {
  const status = statuses.get(path);
  return (
    entry.kind !== 'gitlink' && status !== undefined && !status.skipsWorktree && !sameEntry(status.worktree, entry)
  );
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
  throw missingHere(`The content ${entry.oid}`);
}

async function readStagedLink(objects: ObjectReader, entry: Entry): Promise<Buffer | undefined> {
  return entry.kind === 'link' ? (await objects.contents(entry.oid))?.content : undefined;
}

/** Stores contents that are in no file yet: merges, an edited manifest. */
function storeContents({ git }: Repository, steps: readonly Step[]): void {
  const contents = new Set(steps.flatMap(({ content }) => (content ? [content] : [])));
  for (const content of contents) writeBytesAsBlob(git, content);
}
