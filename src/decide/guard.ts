// What history allows a fix to overwrite unasked: only what is behind, and only what the source side held once.

import type { Component } from '../drift/component.js';
import { isSafeToReplace, type Provenance, type Provenances } from '../drift/history.js';
import { isFinding, type Judgement } from '../drift/types.js';
import type { RepoPath } from '../git/path.js';
import { isOutside } from '../manifest/outside.js';
import { identityOf } from '../pairs/identity.js';
import { sameEntry } from '../snapshot/entry.js';
import type { Guard, RefusalReason, Touches } from './plan.js';

/** The guard of a component. `named`: the files that a person named as the source; one that alone has moved may be copied. */
export function historyGuard(
  component: Component,
  provenances: Provenances,
  touches: Touches,
  named: (path: RepoPath) => boolean,
): Guard {
  const findings = new Map(component.judgements.filter(isFinding).flatMap(bothWays));
  return (source, target) => {
    const finding = findings.get(`${source}\0${target}`);
    // Two that are equal stay equal: what may be lost was decided where their content came from.
    if (!finding) return undefined;
    if (named(source) && isInWork(source, touches)) return undefined;
    // What is outside has no history; a person who names the copy says which one moved.
    const known = provenances.get(identityOf(finding.pair));
    const names = isOutside(source) && (named(target) || named(source));
    if (names && known?.verdict !== 'behind') return undefined;
    return refusalBy(known, finding, target);
  };
}

function bothWays(finding: Judgement): [string, Judgement][] {
  const { a, b } = finding.pair;
  if (a === null || b === null) return [];
  return [
    [`${a}\0${b}`, finding],
    [`${b}\0${a}`, finding],
  ];
}

/** True if the file is staged or edited: of two that differ it is the one that moves now. */
function isInWork(path: RepoPath, touches: Touches): boolean {
  const touch = touches.get(path);
  return touch !== undefined && !(sameEntry(touch.index, touch.head) && sameEntry(touch.worktree, touch.index));
}

function refusalBy(
  provenance: Provenance | undefined,
  finding: Judgement,
  target: RepoPath,
): RefusalReason | undefined {
  const side = finding.pair.a === target ? 'a' : 'b';
  if (isSafeToReplace(provenance, side)) return undefined;
  const absent = finding[side].kind === 'absent';
  switch (provenance?.verdict) {
    case 'behind':
      if (provenance.stale === side) return absent ? undefined : 'unknown';
      return absent ? 'deleted' : 'ahead';
    case 'diverged':
      return absent ? 'deleted' : 'diverged';
    case 'unknown':
    case undefined:
      // Where nothing stands, nothing can be lost.
      return absent ? undefined : 'unknown';
  }
}
