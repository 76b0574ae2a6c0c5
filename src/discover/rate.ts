// Rates a proposal: likely if its copies were kept in sync, or are equal and not stubs.

import { baseOf, parentOf, type RepoPath } from '../git/path.js';
import { type CopyEvidence, speaks } from './contents.js';
import { areTwinNames, isAsset, isBoilerplate, isLegal, isOwnText } from './names.js';
import { areLanguageSiblings, areSiblings, areVersionSiblings, isRecorded, isTrial } from './places.js';
import type { DraftRow, Settled } from './settle.js';
import { type Draft, type Kind, LIKELY } from './types.js';

/** This many shared edits are not a coincidence, whatever the file. */
const OFTEN = 2;

/** The combined evidence of a proposal's file pairs. */
interface Signs {
  readonly kind: Kind;
  /** Equal, and not in every project. */
  readonly equal: number;
  /** Equal, whatever the file. */
  readonly same: number;
  /** Not equal now, but once took the same edit. */
  readonly kept: number;
  readonly behind: number;
  /** Edited separately since. */
  readonly apart: number;
  readonly different: number;
  /** Pairs that took the same edit at least once. */
  readonly stepped: number;
  readonly commits: number;
  readonly size: number;
  /** Whether both sides of most pairs are tests or examples, or one side is. */
  readonly trials: 'none' | 'one' | 'both';
  /** Only the source was edited, and its many copies are all equal. */
  readonly movedOn: boolean;
}

export interface Rating {
  readonly score: number;
  readonly likely: boolean;
  readonly kept: number;
}

export function rate(evidence: CopyEvidence, draft: Draft, settled: Settled): Rating {
  const signs = readSigns(evidence, draft, settled);
  const rows = [...settled.equal, ...settled.drifted].map(({ a, b }) => [a, b] as const);
  const likely = !isNoise(rows) && isMeant(evidence, signs, settled);
  const much = Math.log2(1 + signs.equal + signs.kept) + Math.min(3, signs.commits);
  const score = likely ? LIKELY + much : Math.min(LIKELY - 0.01, much / 10);
  return { score: Math.round(score * 100) / 100, likely, kept: signs.commits };
}

function readSigns(evidence: CopyEvidence, { kind }: Draft, { equal, drifted, excluded }: Settled): Signs {
  const commits = new Set<number>();
  let stepped = 0;
  for (const row of [...equal, ...drifted]) {
    const steps = stepsOf(evidence, row);
    if (steps.length > 0) stepped += 1;
    for (const step of steps) commits.add(step);
  }
  const count = (relation: string) => [...drifted, ...excluded].filter((row) => row.relation === relation).length;
  return {
    kind,
    equal: equal.filter((row) => speaks(evidence, row.a)).length,
    same: equal.length,
    kept: count('kept'),
    behind: count('behind'),
    apart: count('apart') + count('ahead'),
    different: count('different'),
    stepped,
    commits: commits.size,
    size: Math.max(0, ...[...equal, ...drifted].map(({ a }) => evidence.tree.candidates.get(a)?.size ?? 0)),
    trials: trialsOf([...equal, ...drifted]),
    movedOn: kind === 'fan-out' && equal.length + excluded.length === 0 && areAlike(evidence, drifted),
  };
}

function areAlike({ tree }: CopyEvidence, rows: Settled['drifted']): boolean {
  const states = new Set(rows.map(({ b }) => tree.candidates.get(b)?.state));
  return states.size === 1 && rows.every(({ relation }) => relation === 'behind' || relation === 'kept');
}

function stepsOf({ tree, past }: CopyEvidence, { a, b }: DraftRow): readonly number[] {
  const [one, other] = [tree.candidates.get(a), tree.candidates.get(b)];
  return past && one && other ? past.meet(one, other).steps : [];
}

/** Most of the copies are in places where repetition is not intended. */
export function isNoise(pairs: Draft['mapped']): boolean {
  const noise = pairs.filter(
    ([a, b]) =>
      areVersionSiblings(a, b) || areLanguageSiblings(a, b) || isRecorded(parentOf(a)) || isRecorded(parentOf(b)),
  );
  return noise.length * 2 >= pairs.length;
}

function isMeant({ limits }: CopyEvidence, signs: Signs, settled: Settled): boolean {
  const { equal, same, kept, behind, apart, different, commits, stepped } = signs;
  const good = same + kept;
  const inStep = commits >= OFTEN && stepped * 2 >= good;
  if (signs.movedOn) return !isNamedForOwn(settled, signs.size);
  if (good === 0 || apart > (inStep ? good : good / 4) || different > (inStep ? 1.5 : 0.75) * (good + 1)) return false;
  // Nothing is equal now: only pairs that were kept in sync and drifted on one side.
  if (same === 0 && !(inStep && kept === settled.drifted.length && kept <= 3)) return false;
  if (same < behind && !inStep) return false;
  if (signs.trials === 'both' || (signs.trials === 'one' && !inStep)) return false;
  if (isNamedForOwn(settled, signs.size)) return inStep && commits > OFTEN;
  return signs.kind === 'files' ? areFilesMeant(limits.large, signs, settled, inStep) : equal + kept > 0 || inStep;
}

/** Where each place has its own text, a short equal file is still unwritten. */
const SHORT = 600;

/** All names are of files with individual text. */
function isNamedForOwn({ equal, drifted }: Settled, size: number): boolean {
  const names = [...equal, ...drifted].map(({ b }) => baseOf(b));
  return names.every((name) => isBoilerplate(name) || (isOwnText(name) && size < SHORT));
}

function trialsOf(rows: readonly DraftRow[]): Signs['trials'] {
  const trial = (path: RepoPath) => isTrial(parentOf(path));
  const both = rows.filter(({ a, b }) => trial(a) && trial(b)).length;
  const some = rows.filter(({ a, b }) => trial(a) || trial(b)).length;
  return both * 2 >= rows.length ? 'both' : some * 2 >= rows.length ? 'one' : 'none';
}

/** Single files need evidence from their names or from shared edits. */
function areFilesMeant(large: number, signs: Signs, { equal, drifted }: Settled, inStep: boolean): boolean {
  const rows = [...equal, ...drifted];
  const names = rows.map(({ a, b }) => [baseOf(a), baseOf(b)] as const);
  if (names.every(([one, other]) => areTwinNames(one, other))) return equal.length > 0 || inStep;
  if (names.some(([one, other]) => one !== other && !areTwinNames(one, other))) return inStep && signs.commits > OFTEN;
  if (inStep) return true;
  return equal.length > 0 && (signs.stepped > 0 || signs.size >= large) && !rows.every(isOfChance);
}

/** Equal perhaps only because two siblings began alike. */
function isOfChance({ a, b }: DraftRow): boolean {
  const name = baseOf(a);
  return isAsset(name) || (areSiblings(parentOf(a), parentOf(b)) && !isLegal(name));
}
