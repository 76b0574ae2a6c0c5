// Plans for a deleted file: its copies follow, or it is restored.

import { ABSENT, type Entry, sameEntry } from '../git/entry.js';
import type { RepoPath } from '../git/path.js';
import { isSafeToReplace } from '../history/types.js';
import type { Verdict } from '../judge/types.js';
import { isOutside } from '../manifest/outside.js';
import { identityOf } from '../rules/identity.js';
import { isUntouched, keepsUnstaged } from '../snapshot/path-status.js';
import { isInSync } from './carry-text.js';
import type { Component } from './component.js';
import { contentsOf, type Ground, obstructionOf } from './plan.js';
import type { Evidence } from './safety.js';
import type { Group, PathStatuses, Plan, Refusal, Step } from './types.js';

/** Follows a deletion: deletes every other file of the component whose content HEAD has. */
export function planDelete({ evidence }: Ground, { component }: Group, deleted: RepoPath): Plan {
  const steps: Step[] = [];
  const refusals: Refusal[] = [];
  const lastContents = lastContentsOf(deleted, component, evidence);
  for (const [path, before] of contentsOf(component)) {
    if (before.kind === 'absent') continue;
    const status = evidence.statuses.get(path);
    // safeguard outside-stays (T16): nothing outside is deleted (e2e/outside-writing: outside, no)
    if (isOutside(path)) {
      refusals.push({ path, from: deleted, reason: 'files-alone', wanted: ABSENT });
      continue;
    }
    const free = status && isUntouched(status, ABSENT) && sameEntry(before, status.head);
    const isCopy = (last: Entry) =>
      sameEntry(before, last) || isSameByRule(evidence, component, { deleted, last, path, before });
    const discards = lastContents.some(isCopy) ? {} : { discards: true as const };
    if (free) steps.push({ path, from: deleted, before, entry: ABSENT, ...discards });
    else refusals.push({ path, from: deleted, reason: obstructionOf(status, ABSENT) ?? 'edited', wanted: ABSENT });
  }
  return { steps, refusals };
}

/** True if a rule makes the file's content and the last one of the deleted file equal. */
function isSameByRule(
  { carrying }: Evidence,
  { verdicts }: Component,
  ends: { readonly deleted: RepoPath; readonly last: Entry; readonly path: RepoPath; readonly before: Entry },
): boolean {
  return verdicts.some(({ pair }) => {
    if (pair.equality.kind === 'identical') return false;
    if (pair.a === ends.deleted && pair.b === ends.path) return isInSync(carrying, pair, ends.last, ends.before);
    return pair.b === ends.deleted && pair.a === ends.path && isInSync(carrying, pair, ends.before, ends.last);
  });
}

/** What the deleted file had last: in HEAD, or in copies that lack only its committed deletion. */
function lastContentsOf(deleted: RepoPath, { verdicts }: Component, evidence: Evidence): readonly Entry[] {
  const head = evidence.statuses.get(deleted)?.head ?? ABSENT;
  const followers = verdicts.flatMap((verdict) => {
    const { pair } = verdict;
    const side = pair.a === deleted ? 'b' : pair.b === deleted ? 'a' : undefined;
    const safe = side && isSafeToReplace(evidence.provenances.get(identityOf(pair)), side);
    return safe ? [verdict[side]] : [];
  });
  return [head, ...followers];
}

/** Restores the deleted files from HEAD. */
export function planRestore({ evidence }: Ground, { component }: Group, deleted: RepoPath): Plan {
  const status = evidence.statuses.get(deleted);
  const entry = status?.head ?? ABSENT;
  const before = contentsOf(component).get(deleted) ?? ABSENT;
  if (entry.kind === 'absent') return { steps: [], refusals: [{ path: deleted, from: deleted, reason: 'no-source' }] };
  if (!status || !keepsUnstaged(status, entry)) {
    return { steps: [], refusals: [{ path: deleted, from: deleted, reason: 'edited' }] };
  }
  return { steps: [{ path: deleted, from: deleted, before, entry }], refusals: [] };
}

/** The side of the verdict that is gone, though HEAD has it. */
export function deletedSide(verdict: Verdict, statuses: PathStatuses): RepoPath | undefined {
  const { pair, a, b } = verdict;
  const gone = (path: RepoPath | null, entry: Entry) =>
    path !== null && entry.kind === 'absent' && statuses.get(path)?.head.kind !== 'absent';
  if (gone(pair.a, a)) return pair.a ?? undefined;
  return gone(pair.b, b) ? (pair.b ?? undefined) : undefined;
}
