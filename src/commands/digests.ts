// The sha256 of both sides of a drifted pair, for machine-readable reports.

import { createHash } from 'node:crypto';
import type { Digests } from '../format/json.js';
import type { Entry } from '../git/entry.js';
import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';
import type { Verdict } from '../judge/types.js';
import { isOutside } from '../manifest/outside.js';
import { missingHere } from '../messages/trees.js';
import { digestOnDisk } from '../snapshot/disk.js';
import type { OutsideFiles } from '../snapshot/types.js';
import type { CommandScope, Opened } from './scope.js';

/** The sha256 of the file on disk in the working tree, otherwise of the blob. */
export async function readDigests(
  { place, change }: Opened,
  scope: CommandScope,
  verdicts: readonly Verdict[],
): Promise<ReadonlyMap<Verdict, Digests>> {
  const { repository, objects } = place;
  const digests = new Map<Verdict, Digests>();
  const digest = async (path: RepoPath | null, entry: Entry): Promise<string | null> => {
    if (path === null || entry.kind === 'absent' || entry.kind === 'gitlink') return null;
    const { outside } = change.after;
    if (isOutside(path)) return outside ? digestOutside(outside, path, entry) : null;
    if (entry.kind === 'link') return sha256(await change.after.readLink(path, entry.oid));
    return scope.kind === 'worktree'
      ? digestOnDisk(repository.top, path)
      : digestBlob((await change.after.readHome(path))?.objects ?? objects, entry.oid);
  };
  for (const verdict of verdicts) {
    const [a, b] = [await digest(verdict.pair.a, verdict.a), await digest(verdict.pair.b, verdict.b)];
    digests.set(verdict, { a, b });
  }
  return digests;
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

async function digestOutside(outside: OutsideFiles, path: RepoPath, entry: Entry): Promise<string> {
  if (entry.kind === 'link') return sha256(outside.readLink(path));
  const hash = createHash('sha256');
  for await (const chunk of outside.streamOf(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function digestBlob(objects: ObjectReader, oid: Oid): Promise<string | null> {
  const hash = createHash('sha256');
  const blob = await objects.stream(oid, (chunk) => hash.update(chunk));
  if (blob) return hash.digest('hex');
  if (await objects.isPartial()) return null;
  throw missingHere(`The object ${oid}`);
}
