// What a fix does with one component, for each way that a person can ask for it.

import type { Component } from '../drift/component.js';
import type { Provenances } from '../drift/history.js';
import { isFinding, type Judgement } from '../drift/types.js';
import { type RepoPath, textOf } from '../git/path.js';
import { Fault } from '../messages/fault.js';
import { identityOf } from '../pairs/identity.js';
import type { FilePair, PairIndex, Side } from '../pairs/types.js';
import { historyGuard } from './guard.js';
import { deletedSide, type Plan, planDelete, planFix, planForce, planTake, type Touches } from './plan.js';

export interface Asked {
  /** True for a file that was named itself. */
  readonly names: (path: RepoPath) => boolean;
  /** True for a pair that the named paths cover; for every pair if there are none. */
  readonly means: (pair: FilePair) => boolean;
  /** The side that the named files are taken from. */
  readonly from?: Side;
  /** Delete the other side of what was deleted. */
  readonly followDeletions: boolean;
  /** Overwrite whatever is on the side that a fix copies to. */
  readonly force: boolean;
}

/** Pure. @throws Fault `usage` if `from` does not name one file. */
export function planComponent(
  index: PairIndex,
  component: Component,
  asked: Asked,
  known: { readonly touches: Touches; readonly provenances: Provenances },
): Plan {
  const { touches, provenances } = known;
  const findings = component.judgements.filter(isFinding);
  if (asked.from) return planTake(index, component, takenPath(findings, asked, asked.from), touches);
  const gone = findings.map((finding) => deletedSide(finding, touches)).find((path) => path !== undefined);
  const deleted = gone ?? (asked.followDeletions ? deletedBefore(findings, provenances) : undefined);
  if (deleted !== undefined && asked.followDeletions) return planDelete(component, deleted, touches);
  if (deleted !== undefined) return refuseToRestore(findings, deleted);
  if (asked.force) return planForce(index, component, touches);
  return planFix(index, component, touches, historyGuard(component, provenances, touches, asked.names));
}

function refuseToRestore(findings: readonly Judgement[], deleted: RepoPath): Plan {
  const copies = findings.flatMap(({ pair }) => [pair.a, pair.b].filter((path) => path !== null && path !== deleted));
  const refusals = copies.map((path) => ({ path: path as RepoPath, from: deleted, reason: 'no-source' as const }));
  return { steps: [], refusals };
}

/** The side that a commit deleted while the other one stood still. */
function deletedBefore(findings: readonly Judgement[], provenances: Provenances): RepoPath | undefined {
  for (const { pair, status } of findings) {
    const provenance = provenances.get(identityOf(pair));
    if (provenance?.verdict !== 'behind' || provenance.basis !== 'deleted') continue;
    return (status === 'MISSING_A' ? pair.a : pair.b) ?? undefined;
  }
  return undefined;
}

/** The named file itself where it is that side of a finding, else its partner on that side. */
function takenPath(findings: readonly Judgement[], { names, means }: Asked, side: Side): RepoPath {
  const named = findings.filter(({ pair }) => means(pair));
  const own = named.map(({ pair }) => pair[side]).filter((path) => path !== null);
  const candidates = new Set(own.filter(names));
  const [taken, ...others] = candidates.size > 0 ? candidates : new Set(own);
  if (taken !== undefined && others.length === 0) return taken;
  const all = own.map(textOf).join(', ');
  throw new Fault(
    'usage',
    `--from ${side} needs one file to take, not ${all || 'none'}.`,
    `fix --from ${side} <that file>`,
  );
}
