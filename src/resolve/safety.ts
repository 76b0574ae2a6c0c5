// Decides whether replacing a copy would lose an edit: the one rule for every way to a fix.

import type { RepoPath } from '../git/path.js';
import { isSafeToReplace, type Provenance, type Provenances } from '../history/types.js';
import { isFinding, type Judgement } from '../judge/types.js';
import { identityOf } from '../rules/identity.js';
import type { Side } from '../rules/types.js';
import { sameEntry } from '../snapshot/entry.js';
import type { Touch } from '../snapshot/path-status.js';
import type { Entry } from '../snapshot/types.js';
import { type KnownContents, stateOf } from './known.js';
import type { RefusalReason, Touches } from './types.js';

/** What the rule goes by. */
export interface Evidence {
  readonly touches: Touches;
  readonly provenances: Provenances;
  readonly known: KnownContents;
  /** Files that still hold the conflict markers of a merge that dos-sync wrote. */
  readonly marked: ReadonlySet<RepoPath>;
}

/**
 * Why replacing that side of the pair by `wanted` would lose something; undefined if nothing is lost. What was judged and
 * what is beside it (the index entry, the working file) must both be safe.
 */
export function lossIn(
  evidence: Evidence,
  judgement: Judgement,
  target: Side,
  wanted: Entry,
): RefusalReason | undefined {
  const path = judgement.pair[target];
  const touch = path === null ? undefined : evidence.touches.get(path);
  if (!touch) return 'edited';
  return lossOfJudged(evidence, judgement, target, touch, wanted) ?? lossBeside(evidence, judgement, target, wanted);
}

function lossOfJudged(
  evidence: Evidence,
  judgement: Judgement,
  target: Side,
  touch: Touch,
  wanted: Entry,
): RefusalReason | undefined {
  // Of a pair that is equal, the source has what is replaced.
  if (!isFinding(judgement) || sameEntry(judgement[target], wanted)) return undefined;
  if (judgement.pair.exception) return 'agreed';
  const provenance = evidence.provenances.get(identityOf(judgement.pair));
  if (isSafeToReplace(provenance, target)) return undefined;
  if (isKnownEqual(evidence, judgement, target, touch) || isMergedIn(evidence, judgement, target)) return undefined;
  return reasonIn(provenance, judgement, target);
}

/** The content was equal on both sides once, as was recorded, and the source has moved on from it. */
function isKnownEqual({ known, provenances }: Evidence, judgement: Judgement, target: Side, touch: Touch): boolean {
  const { equal } = known.of(judgement.pair);
  const [held, source] = [stateOf(judgement[target]), stateOf(judgement[opposite(target)])];
  const behind = held === equal[0] || (source !== equal[0] && equal.includes(held));
  const provenance = provenances.get(identityOf(judgement.pair));
  const ahead = provenance?.verdict === 'behind' && provenance.stale !== target;
  // A commit of the copy alone is a person's; what was copied and never committed is not.
  return behind && (!ahead || !sameEntry(judgement[target], touch.head));
}

/** The source holds what a person made of a merge of the two. */
function isMergedIn({ known }: Evidence, judgement: Judgement, target: Side): boolean {
  const { merged } = known.of(judgement.pair);
  const source = stateOf(judgement[opposite(target)]);
  if (merged?.copy !== stateOf(judgement[target])) return false;
  return source !== merged.source && source !== merged.marked;
}

function reasonIn(provenance: Provenance | undefined, judgement: Judgement, target: Side): RefusalReason | undefined {
  const absent = judgement[target].kind === 'absent';
  switch (provenance?.verdict) {
    case 'behind':
      if (provenance.stale === target) return absent ? undefined : 'unknown';
      return absent ? 'deleted' : 'ahead';
    case 'diverged':
      return absent ? 'deleted' : 'diverged';
    case 'unknown':
    case undefined:
      // Where nothing stands, nothing can be lost.
      return absent ? undefined : 'unknown';
  }
}

/** What the index, or the working tree, holds besides what was judged. */
function lossBeside(evidence: Evidence, judgement: Judgement, target: Side, wanted: Entry): RefusalReason | undefined {
  const touch = evidence.touches.get(judgement.pair[target] as RepoPath) as Touch;
  const judged = judgement[target];
  if (touch.outside) return undefined;
  for (const beside of [touch.index, touch.worktree]) {
    if (sameEntry(beside, judged) || sameEntry(beside, wanted)) continue;
    // What HEAD has stays in history, and the working file began as that.
    if (beside === touch.index && sameEntry(touch.index, touch.head)) continue;
    if (beside.kind === 'absent') {
      const deleted = beside === touch.worktree && !touch.skipsWorktree && touch.index.kind !== 'absent';
      if (deleted) return 'deleted';
    } else if (!wasSource(evidence, judgement, target, beside)) return 'edited';
  }
  return undefined;
}

/** The source held it once, whatever its executable bit was; or both sides were seen to hold it. */
function wasSource({ provenances, known }: Evidence, judgement: Judgement, target: Side, entry: Entry): boolean {
  const judged = judgement[target];
  const sameContent = judged.kind === entry.kind && 'oid' in judged && 'oid' in entry && judged.oid === entry.oid;
  // The same content with another executable bit is an edit of that bit.
  if (sameContent) return false;
  if (known.of(judgement.pair).equal.includes(stateOf(entry))) return true;
  return provenances.get(identityOf(judgement.pair))?.held?.(opposite(target), entry) === true;
}

function opposite(side: Side): Side {
  return side === 'a' ? 'b' : 'a';
}
