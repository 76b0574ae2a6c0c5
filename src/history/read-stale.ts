// Looks up in history which side of each verdict is stale; a warning if history is unreadable.

import { readMergedCommits } from '../git/merge-heads.js';
import type { Oid } from '../git/oid.js';
import { readCommitId } from '../git/repository.js';
import { gitWasKilled } from '../git/run.js';
import type { Workplace } from '../git/workplace.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { Fault } from '../messages/fault.js';
import { sayNoHistory } from '../messages/provenance.js';
import { missingHere } from '../messages/trees.js';
import { entryAt } from '../snapshot/entry.js';
import type { Change } from '../snapshot/select.js';
import { TreeSnapshot } from '../snapshot/tree.js';
import type { Snapshot } from '../snapshot/types.js';
import { type HistoryOptions, readProvenance } from './provenance.js';
import type { Provenance, Provenances } from './types.js';

/** A hook's limit in commits: every drift in real histories was found within it. */
export const HOOK_LIMIT = 1000;

export interface StaleReport {
  readonly provenances: Provenances;
  /** The warnings if history could not be read. */
  readonly trouble: readonly string[];
}

export interface StaleOptions {
  /** The judged state: a commit, or changes on top of HEAD. */
  readonly judged: 'index' | 'worktree' | { readonly commit: string };
  /** The maximum number of commits to read. */
  readonly limit?: number;
  /** The environment of a merge's hook, which runs before MERGE_HEAD is written. */
  readonly environment?: NodeJS.ProcessEnv;
  /** The plan is carried out: a git that was killed must not make it smaller. */
  readonly carriedOut?: true;
}

/** The provenance of the verdicts. In a merge every parent's history is read. */
export async function readStaleReport(
  place: Workplace,
  change: Change,
  verdicts: readonly Verdict[],
  request: StaleOptions,
): Promise<StaleReport> {
  const outOfSync = verdicts.filter(isOutOfSync);
  if (outOfSync.length === 0) return { provenances: new Map(), trouble: [] };
  try {
    return { provenances: await readAll(place, change, outOfSync, request), trouble: [] };
  } catch (error) {
    // A clone can lack part of its history; the verdicts are valid without it, but no fix counts as
    // safe.
    if (!Fault.is(error) || error.kind !== 'git' || (request.carriedOut && gitWasKilled())) throw error;
    return { provenances: new Map(), trouble: [sayNoHistory(error.message)] };
  }
}

async function readAll(
  place: Workplace,
  change: Change,
  verdicts: readonly Verdict[],
  { judged, limit, environment = {} }: StaleOptions,
): Promise<Provenances> {
  const bound = limit !== undefined && { limit };
  if (typeof judged !== 'string') {
    const tip = await readCommitId(place.repository.git, judged.commit);
    return readProvenance(place, verdicts, { tip, ...bound });
  }
  const tip = await readCommitId(place.repository.git, 'HEAD');
  const uncommitted = change.before ? { before: change.before, state: judged } : undefined;
  const options: HistoryOptions = { tip, uncommitted, ...bound };
  let provenances = await readProvenance(place, verdicts, options);
  for (const parent of readMergedCommits(place.repository.gitDir, environment)) {
    const before = await readParent(place, parent);
    const there = await withEvidence(before, verdicts);
    const asSeen = await readProvenance(place, there, {
      tip: parent,
      uncommitted: { before, state: judged },
      ...bound,
    });
    provenances = combineParents(provenances, asSeen);
  }
  return provenances;
}

async function readParent({ objects }: Workplace, commit: Oid): Promise<Snapshot> {
  const tree = await objects.info(`${commit}^{tree}`);
  if (tree) return new TreeSnapshot(objects, tree.oid);
  throw missingHere(`The merged commit ${commit}`);
}

/** A parent that has neither side says nothing about the pair. */
async function withEvidence(parent: Snapshot, verdicts: readonly Verdict[]): Promise<readonly Verdict[]> {
  const there = await Promise.all(
    verdicts.map(async ({ pair }) => {
      const ends = [pair.a, pair.b].filter((path) => path !== null);
      const entries = await Promise.all(ends.map(async (path) => entryAt(await parent.readEntry(path))));
      return entries.some(({ kind }) => kind !== 'absent');
    }),
  );
  return verdicts.filter((_, at) => there[at]);
}

function combineParents(ours: Provenances, theirs: Provenances): Provenances {
  const combined = new Map(ours);
  for (const [pair, other] of theirs) {
    const own = ours.get(pair);
    combined.set(pair, own ? combine(own, other) : other);
  }
  return combined;
}

/** If the parents disagree, the pair has diverged. */
function combine(one: Provenance, other: Provenance): Provenance {
  const held: Provenance['held'] = (side, entry) => one.held?.(side, entry) || other.held?.(side, entry) || false;
  if (one.verdict === 'behind' && other.verdict === 'behind' && one.stale === other.stale) {
    return { ...one, lossless: one.lossless || other.lossless, held };
  }
  if (one.verdict === 'unknown' && other.verdict === 'unknown') return one;
  const { base, executable, since, moves } = one.base ? one : other;
  const clean = [one, other].flatMap((each) => (each.verdict === 'diverged' ? (each.clean ?? []) : []));
  return {
    verdict: 'diverged',
    moves,
    held,
    ...(base && { base }),
    ...(executable !== undefined && { executable }),
    ...(since && { since }),
    ...(clean.length > 0 && { clean: !clean.includes(false) }),
  };
}
