// Decides whether replacing a copy would lose an edit: the one rule for all fixes.

import { type Entry, sameEntry } from '../git/entry.js';
import type { RepoPath } from '../git/path.js';
import { isSafeToReplace, type Provenance, type Provenances } from '../history/types.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { opposite } from '../manifest/direction.js';
import type { Side } from '../manifest/types.js';
import { identityOf } from '../rules/identity.js';
import type { PathStatus } from '../snapshot/path-status.js';
import type { Carrying } from './carry-text.js';
import { type KnownContents, stateOf } from './known.js';
import type { PathStatuses, RefusalReason } from './types.js';

/** The input of the rule. */
export interface Evidence {
  readonly statuses: PathStatuses;
  readonly provenances: Provenances;
  readonly known: KnownContents;
  /** Files that still have conflict markers from dos-sync's merge. */
  readonly marked: ReadonlySet<RepoPath>;
  /** The texts of pairs whose texts may differ. */
  readonly carrying: Carrying;
}

/**
 * What replacing that side of the pair by `wanted` would lose; undefined if nothing. Both the
 * judged content and the content beside it (index entry, working file) must be safe.
 */
export function lossIn(evidence: Evidence, verdict: Verdict, target: Side, wanted: Entry): RefusalReason | undefined {
  const path = verdict.pair[target];
  const status = path === null ? undefined : evidence.statuses.get(path);
  if (!status) return 'edited';
  return lossOfJudged(evidence, verdict, target, status, wanted) ?? lossBeside(evidence, verdict, target, wanted);
}

/** The same for an entry that has every change of the judged content. */
export function lossBesideIn(
  evidence: Evidence,
  verdict: Verdict,
  target: Side,
  wanted: Entry,
): RefusalReason | undefined {
  return evidence.statuses.has(verdict.pair[target] as RepoPath)
    ? lossBeside(evidence, verdict, target, wanted)
    : 'edited';
}

function lossOfJudged(
  evidence: Evidence,
  verdict: Verdict,
  target: Side,
  status: PathStatus,
  wanted: Entry,
): RefusalReason | undefined {
  // If the pair is equal, the source has what is replaced.
  if (!isOutOfSync(verdict) || sameEntry(verdict[target], wanted)) return undefined;
  // safeguard agreed-side (R7): an agreed side is not replaced (unit/resolve/safety)
  if (verdict.pair.exception) return 'agreed';
  const provenance = evidence.provenances.get(identityOf(verdict.pair));
  if (isSafeToReplace(provenance, target)) return undefined;
  if (isKnownEqual(evidence, verdict, target, status) || isMergedIn(evidence, verdict, target, verdict[target]))
    return undefined;
  return reasonIn(provenance, verdict, target);
}

/** Both sides had the content once, as recorded, and the source has changed since. */
function isKnownEqual({ known, provenances }: Evidence, verdict: Verdict, target: Side, status: PathStatus): boolean {
  const { equal } = known.of(verdict.pair);
  const { a, b } = verdict.compared ?? verdict;
  const [held, source] = target === 'a' ? [stateOf(a), stateOf(b)] : [stateOf(b), stateOf(a)];
  const behind = held === equal[0] || (source !== equal[0] && equal.includes(held));
  const provenance = provenances.get(identityOf(verdict.pair));
  const ahead = provenance?.verdict === 'behind' && provenance.stale !== target;
  // A commit of only the copy is a user's edit; a copied content that was never committed is not.
  return behind && (!ahead || !sameEntry(verdict[target], status.head));
}

/** The source has the user's resolution of a merge of the two. */
function isMergedIn({ known }: Evidence, verdict: Verdict, target: Side, entry: Entry): boolean {
  const { merged } = known.of(verdict.pair);
  const source = stateOf(verdict[opposite(target)]);
  if (!merged || (stateOf(entry) !== merged.copy && stateOf(entry) !== merged.copyStaged)) return false;
  return source !== merged.source && source !== merged.marked;
}

function reasonIn(provenance: Provenance | undefined, verdict: Verdict, target: Side): RefusalReason | undefined {
  const absent = verdict[target].kind === 'absent';
  switch (provenance?.verdict) {
    case 'behind':
      if (provenance.stale === target) return absent ? undefined : 'unknown';
      return absent ? 'deleted' : 'ahead';
    case 'diverged':
      return absent ? 'deleted' : 'diverged';
    case 'unknown':
    case undefined:
      // An absent file has nothing to lose.
      return absent ? undefined : 'unknown';
  }
}

/** The loss in the index or the working tree beside the judged content. */
function lossBeside(evidence: Evidence, verdict: Verdict, target: Side, wanted: Entry): RefusalReason | undefined {
  const status = evidence.statuses.get(verdict.pair[target] as RepoPath) as PathStatus;
  const judged = verdict[target];
  if (status.outside) return undefined;
  for (const beside of [status.index, status.worktree]) {
    if (sameEntry(beside, judged) || sameEntry(beside, wanted)) continue;
    // HEAD's content stays in history, and the working file is based on it.
    if (beside === status.index && sameEntry(status.index, status.head)) continue;
    if (beside.kind === 'absent') {
      const deleted = beside === status.worktree && !status.skipsWorktree && status.index.kind !== 'absent';
      // safeguard deleted-beside (R7): a deletion is not taken back (unit/resolve/safety)
      if (deleted) return 'deleted';
    } else if (!wasSource(evidence, verdict, target, beside) && !isMergedIn(evidence, verdict, target, beside)) {
      return 'edited';
    }
  }
  return undefined;
}

/** The source had it once, with any executable bit; or both sides are recorded to have had it. */
function wasSource({ provenances, known }: Evidence, verdict: Verdict, target: Side, entry: Entry): boolean {
  const judged = verdict[target];
  const sameContent = judged.kind === entry.kind && 'oid' in judged && 'oid' in entry && judged.oid === entry.oid;
  // The same content with another executable bit is an edit of that bit.
  if (sameContent) return false;
  if (known.of(verdict.pair).equal.includes(stateOf(entry))) return true;
  return provenances.get(identityOf(verdict.pair))?.held?.(opposite(target), entry) === true;
}
