// A partial commit (`git commit -- path`): the hook gets an index of HEAD and the named paths; git
// keeps another one, index.lock, which becomes the index afterwards. A fix must go into both.

import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { applyStaged } from '../src/fix/apply.js';
import { requireEntries, writeEntries } from '../src/fix/entries.js';
import { readKnown } from '../src/fix/known-contents.js';
import { readChoice } from '../src/git/config.js';
import { type Entry, modeOf, sameEntry } from '../src/git/entry.js';
import { type Workplace, withIndex } from '../src/git/workplace.js';
import type { Checked } from '../src/judge/staged.js';
import { type Finding, isFixable } from '../src/resolve/findings.js';
import { type Findings, readFindings } from '../src/resolve/read-findings.js';
import type { Step } from '../src/resolve/types.js';

/** The index that remains, and what can be staged in it without a loss. */
export interface Mend {
  readonly staying: Workplace;
  readonly found: Findings;
}

/** True if the hook's index is not the one that remains: `git commit -- path` and --only. */
export function isPartialCommit(environment: NodeJS.ProcessEnv): boolean {
  return /^next-index-\d+\.lock$/.test(basename(environment['GIT_INDEX_FILE'] ?? ''));
}

/**
 * What dosSync.partialCommit = mend may stage; undefined if it is not set, or if a finding has a
 * copy with unstaged edits, or with another content than HEAD in the remaining index.
 */
export async function readMend(
  place: Workplace,
  checked: Checked,
  environment: NodeJS.ProcessEnv,
): Promise<Mend | undefined> {
  if ((await readChoice(place.repository.git, 'partialCommit')) !== 'mend') return undefined;
  const index = join(dirname(environment['GIT_INDEX_FILE'] ?? ''), 'index.lock');
  if (!existsSync(index)) return undefined;
  const staying = withIndex(place, index);
  const found = await readFindings(staying, checked, checked.verdicts, {
    writes: 'index',
    inHook: true,
    known: readKnown(place.repository),
  });
  const isHead = (each: Finding) => {
    const copies = each.ways.flatMap(({ plan }) => plan.steps.map(({ path }) => found.statuses.get(path)));
    return copies.every((status) => status !== undefined && sameEntry(status.index, status.head));
  };
  const mends = (each: Finding) => each.kind !== 'renamed' && isFixable(each) && isHead(each);
  return found.findings.every(mends) ? { staying, found } : undefined;
}

/**
 * Stages the steps in the remaining index with the working files, then in the committed one. If the
 * second fails the commit is blocked, and git discards both.
 */
export async function applyMend(
  { repository }: Workplace,
  { staying, found }: Mend,
  steps: readonly Step[],
): Promise<void> {
  await applyStaged(staying, steps, found.statuses, 'git commit');
  const entries = steps.map(({ path, entry }) => ({ path, after: entry.kind === 'absent' ? null : stateOf(entry) }));
  writeEntries(repository, entries);
  requireEntries(repository, entries);
}

function stateOf(entry: Exclude<Entry, { kind: 'absent' }>) {
  return { mode: modeOf(entry), oid: entry.oid, skipsWorktree: false, intended: false };
}
