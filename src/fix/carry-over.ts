// Brings contents into the object store that needs them: a superproject and its submodules have
// separate ones.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isMany, syncFileSystems, syncsTogether } from '../disk/barrier.js';
import { openToRead, withFile } from '../disk/durable.js';
import { syncFile } from '../disk/sync.js';
import type { Oid } from '../git/oid.js';
import { below, type RepoPath, textOf } from '../git/path.js';
import { objectsOf, type Repository } from '../git/repository.js';
import type { Git } from '../git/run.js';
import { writeBlobFrom } from '../git/transfer.js';
import { type BlobSource, writeBlobs } from '../git/write.js';
import { isOutside } from '../manifest/outside.js';
import { Fault } from '../messages/fault.js';
import { changedInTransfer } from '../messages/trees.js';
import type { Step } from '../resolve/types.js';
import type { Home, Snapshot } from '../snapshot/types.js';

type Place = Pick<Home, 'repository' | 'objects'>;

/** The file whose content a step copies, before the fix: the first one of its chain. */
export function originOf(step: Step, steps: readonly Step[]): RepoPath {
  return originsOf(steps)(step);
}

/** {@link originOf} for any of these steps. */
export function originsOf(steps: readonly Step[]): (step: Step) => RepoPath {
  const byPath = new Map(steps.map((step) => [step.path, step]));
  const origin = (step: Step): RepoPath => {
    const earlier = byPath.get(step.from);
    return earlier && earlier !== step ? origin(earlier) : step.from;
  };
  return origin;
}

/**
 * Stores each step's blob from `result` in the repository of its target.
 * @throws Fault `git` if the blob cannot be read or gets another id there.
 */
export async function carryOver(place: Place, after: Snapshot, steps: readonly Step[]): Promise<void> {
  const done = new Set<string>();
  const origin = originsOf(steps);
  for (const step of steps) {
    const { entry, path } = step;
    // A new content is stored where it is written.
    if ((entry.kind !== 'file' && entry.kind !== 'link') || step.content) continue;
    const target = (await after.readHome(path)) ?? { ...place, at: '' as RepoPath };
    if (isOutside(origin(step))) {
      await bringIn(after, origin(step), below(path, target.at) ?? path, entry.oid, target.repository.git);
      continue;
    }
    const source = (await after.readHome(origin(step))) ?? { ...place, at: '' as RepoPath };
    if (target.at === source.at || done.has(`${target.at}\0${entry.oid}`)) continue;
    done.add(`${target.at}\0${entry.oid}`);
    if (await target.objects.info(entry.oid)) continue;
    const written = await writeBlobFrom(source.repository.git, entry.oid, target.repository.git);
    if (written !== entry.oid) throw changedInTransfer(entry.oid, written);
  }
}

function storeFiles(repository: Repository, sources: readonly BlobSource[]): void {
  const together = isMany(sources.length) && syncsTogether();
  writeBlobs(repository.git, sources, !together);
  if (!together) return;
  const objects = objectsOf(repository);
  if (syncFileSystems([objects])) return;
  for (const { expected } of sources) syncObject(objects, expected);
}

/** An object that was already there may be in a pack. */
function syncObject(objects: string, oid: Oid): void {
  const path = join(objects, oid.slice(0, 2), oid.slice(2));
  if (existsSync(path)) withFile(openToRead(path), syncFile);
}

/**
 * Stores the source content of each step, as `git add` would at its path, in the repository of the
 * target.
 */
export async function storeSources(place: Place, after: Snapshot, steps: readonly Step[]): Promise<void> {
  const sources = new Map<RepoPath, Oid>();
  const origin = originsOf(steps);
  const fromFiles = steps.filter(({ content }) => content === undefined);
  for (const step of fromFiles) if (step.entry.kind === 'file') sources.set(origin(step), step.entry.oid);
  const stores = new Map<Repository, BlobSource[]>();
  for (const [path, expected] of sources) {
    if (isOutside(path)) continue;
    const home = await after.readHome(path);
    const repository = home?.repository ?? place.repository;
    const some = stores.get(repository) ?? [];
    some.push({ path: home ? (below(path, home.at) ?? path) : path, expected });
    stores.set(repository, some);
  }
  for (const [repository, some] of stores) storeFiles(repository, some);
  await carryOver(
    place,
    after,
    steps.filter(({ entry }) => entry.kind === 'file'),
  );
}

/**
 * Stores an outside file as a blob, with its partner's attributes. @throws Fault `git` if it
 * changed since the comparison.
 */
async function bringIn(after: Snapshot, from: RepoPath, path: RepoPath, oid: Oid, git: Git): Promise<void> {
  const { outside } = after;
  if (!outside) throw new Fault('bug', 'a step comes from outside, where nothing was read.');
  const stored = await outside.store(from, { git, path });
  if (stored === oid) return;
  throw new Fault('git', `${textOf(from)} changed while it was being copied.`, 'run the same command again');
}
