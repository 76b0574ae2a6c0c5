// A partial commit (`git commit -- path`): git hands the hook an index of HEAD and the named paths, and keeps another one,
// index.lock, that takes the old index's place afterwards. A fix has to be in both.

import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Checked } from './check-staged.js';
import type { Case } from './decide/cases.js';
import { provenSteps, type Step } from './decide/plan.js';
import { applyStaged, type Workplace } from './fix/apply.js';
import { requireEntries, writeEntries } from './fix/entries.js';
import { readConfig } from './git/repository.js';
import { Fault } from './messages/fault.js';
import { type Cases, readCases } from './read-cases.js';
import { modeOf } from './snapshot/entry.js';
import type { Entry } from './snapshot/types.js';

/** The index that stays, and what can be staged in it without losing anything. */
export interface Mend {
  readonly staying: Workplace;
  readonly found: Cases;
}

/** `git commit -- path` and --only hand the hook an index that is not the one that stays. */
export function isPartialCommit(environment: NodeJS.ProcessEnv): boolean {
  return /^next-index-\d+\.lock$/.test(basename(environment['GIT_INDEX_FILE'] ?? ''));
}

/**
 * What dosSync.partialCommit = mend may do; undefined if it is not set, or if it would lose something for any of the cases:
 * a copy that the staying index has otherwise than HEAD, or with unstaged edits. Where nobody is asked, history has to prove it.
 */
export async function readMend(
  place: Workplace,
  checked: Checked,
  environment: NodeJS.ProcessEnv,
  asks: boolean,
): Promise<Mend | undefined> {
  if ((await readMode(place)) !== 'mend') return undefined;
  const index = join(dirname(environment['GIT_INDEX_FILE'] ?? ''), 'index.lock');
  if (!existsSync(index)) return undefined;
  const { repository, objects } = place;
  const git = { ...repository.git, env: { ...repository.git.env, GIT_INDEX_FILE: index } };
  const staying = { repository: { ...repository, git }, objects };
  const asking = { asks: 'hook', writes: 'index' } as const;
  const read = await readCases(staying, checked.index, checked.span, checked.judgements, asking);
  const found = { ...read, cases: read.cases.map(fixAlone) };
  const mends = ({ fix, safe }: Case) => {
    return fix !== undefined && (asks || provenSteps(fix, safe).length === fix.steps.length);
  };
  return found.cases.every(mends) ? { staying, found } : undefined;
}

/** To take the other side, or to follow a deletion, would replace what somebody named on the command line. */
function fixAlone({ deletion: _, restoration: __, ...each }: Case): Case {
  if (each.kind !== 'renamed') return { ...each, takes: [] };
  const { fix: ___, ...renamed } = each;
  return { ...renamed, takes: [] };
}

async function readMode({ repository }: Workplace): Promise<'print' | 'mend'> {
  const mode = (await readConfig(repository.git, 'dosSync.partialCommit')) ?? 'print';
  if (mode === 'print' || mode === 'mend') return mode;
  throw new Fault('usage', `dosSync.partialCommit is ${mode}.`, 'git config dosSync.partialCommit print   (or mend)');
}

/**
 * Stages the steps in the index that stays, with the working files following, then in the one that is committed. If the
 * second fails the commit is blocked, and git throws both away.
 */
export async function applyMend(
  { repository }: Workplace,
  { staying, found }: Mend,
  steps: readonly Step[],
): Promise<void> {
  await applyStaged(staying, steps, found.touches, 'git commit');
  const entries = steps.map(({ path, entry }) => ({ path, after: entry.kind === 'absent' ? null : stateOf(entry) }));
  writeEntries(repository, entries);
  requireEntries(repository, entries);
}

function stateOf(entry: Exclude<Entry, { kind: 'absent' }>) {
  return { mode: modeOf(entry), oid: entry.oid, skipsWorktree: false, intended: false };
}
