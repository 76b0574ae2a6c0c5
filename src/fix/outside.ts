// Writes copies outside the repository: only with the user's consent, and after a yes to the listed
// files.

import { lstatSync } from 'node:fs';
import type { Entry } from '../git/entry.js';
import { groupBy } from '../git/group-by.js';
import type { Oid } from '../git/oid.js';
import { textOf } from '../git/path.js';
import type { Workplace } from '../git/workplace.js';
import { isOutside } from '../manifest/outside.js';
import { Fault } from '../messages/fault.js';
import { changedMeanwhile } from '../messages/writing.js';
import type { PathStatuses, Step } from '../resolve/types.js';
import { absolutePath } from '../snapshot/disk.js';
import { partnerIn } from '../snapshot/partner.js';
import type { Node, OutsideFiles, OutsidePlace, Partner, Snapshot } from '../snapshot/types.js';
import type { FileChange } from './changes.js';
import { recordCopies } from './known-contents.js';
import { carryOut } from './transaction.js';

interface OutsideStep {
  readonly step: Step;
  readonly place: OutsidePlace;
  readonly partner: Partner | undefined;
}

/**
 * Writes the files, one transaction per outside root. The contents are already in git's store, and
 * are checked out with the attributes of their partners.
 * @throws Fault `busy` if a file changed since the comparison, `disk` if it cannot be written.
 */
export async function applyOutside(
  place: Workplace,
  after: Snapshot,
  steps: readonly Step[],
  statuses: PathStatuses,
  command: string,
): Promise<void> {
  const { outside } = after;
  const all: OutsideStep[] = [];
  for (const step of steps) {
    const found = outside?.placeToWrite(step.path);
    if (!found) throw new Fault('bug', `${textOf(step.path)} would be written without consent.`);
    // If both sides are outside, there are no attributes.
    const here = { git: place.repository.git, path: step.from };
    const partner = isOutside(step.from) ? undefined : await partnerIn(after, step.from, here);
    all.push({ step, place: found, partner });
  }
  for (const [top, group] of groupBy(all, ({ place: { top } }) => top)) {
    const files = group.map(changeOf);
    await carryOut(place.repository, { command, outside: top, files, entries: [] }, async () => {
      for (const each of group)
        await requireSame(outside as OutsideFiles, each, statuses.get(each.step.path)?.worktree);
    });
  }
  recordCopies(place.repository, steps);
}

function changeOf({ step: { path, entry }, place, partner }: OutsideStep): FileChange {
  if (entry.kind !== 'file') throw new Fault('bug', `${textOf(path)} is outside, and would not be a file.`);
  const mode = modeAt(place, entry.executable);
  const as = { partner: partner ?? null, ...(mode !== undefined && { mode }) };
  return { path: place.path, content: { kind: 'blob', oid: entry.oid, executable: entry.executable, ...as } };
}

/** Keeps the permissions, so that a private file stays private; only the executable bit follows. */
function modeAt({ top, path }: OutsidePlace, executable: boolean): number | undefined {
  const stat = lstatSync(absolutePath(top, path), { throwIfNoEntry: false });
  if (!stat?.isFile()) return undefined;
  const plain = stat.mode & 0o7777 & ~0o111;
  return executable ? plain | ((plain & 0o444) >> 2) : plain;
}

async function requireSame(
  outside: OutsideFiles,
  { step, partner }: OutsideStep,
  before: Entry | undefined,
): Promise<void> {
  const now = await outside.readNode(step.path, step.from, partner);
  if (before && now.kind === before.kind && oidOf(now) === oidOf(before)) return;
  throw changedMeanwhile(textOf(step.path));
}

function oidOf(entry: Entry | Node): Oid | undefined {
  return 'oid' in entry ? entry.oid : undefined;
}
