// Messages of check, fix and diff.

import type { Totals } from '../format/totals.js';
import type { RefusalReason } from '../resolve/types.js';
import type { Emptiness } from '../snapshot/empty.js';
import { Fault } from './fault.js';
import { show } from './show.js';

type Counts = Omit<Totals, 'pairs' | 'empty'>;

export function sayCompared(counts: Counts): string {
  return `${counts.drift + counts.missing === 0 ? 'in sync' : 'out of sync'}: ${sayCounts(counts)}`;
}

/** Below the counts of what a branch touches. */
export function sayWholeTree(counts: Counts): string {
  return `the whole tree: ${sayCounts(counts)}`;
}

function sayCounts({ identical, drift, missing, unchecked, exception }: Counts): string {
  return [
    `${identical} identical`,
    `${drift} drifted`,
    `${missing} missing`,
    ...(exception > 0 ? [`${exception} excepted`] : []),
    ...(unchecked > 0 ? [`${unchecked} not checked`] : []),
  ].join(', ');
}

/** After the findings of `check --base`. */
export function sayLoosenedByBranch(count: number): string {
  const pairs = count === 1 ? '1 pair is' : `${count} pairs are`;
  return `${pairs} out of sync according to the manifest that this branch started from; merge the manifest change first.`;
}

export function sayNothingCompared(): string {
  return 'could not check: pairs are declared, but none of their files was compared';
}

export function sayNothingDeclared(): string {
  return 'no pairs are declared yet; add one: git dos-sync add <a> <b>';
}

/** A pair without files. */
export function sayEmpty(key: string, why: Emptiness): string {
  const says = { neither: 'neither side exists', 'no-copy': 'no copy exists', 'no-match': 'nothing to compare' };
  return `${says[why]}: ${show(key)}`;
}

export function sayMoreEmpty(count: number): string {
  return `and ${count} more pairs without a file to compare`;
}

export function sayUncheckedAllowed(count: number): string {
  const pairs = count === 1 ? 'the pair has' : `all ${count} pairs have`;
  return `not compared: ${pairs} only one side that can be read here (--allow-unchecked)`;
}

export function sayCopied(path: string, from: string, dry: boolean): string {
  return `${dry ? 'would copy' : 'copied'}  ${show(from)} -> ${show(path)}`;
}

export function sayDeleted(path: string, dry: boolean): string {
  return `${dry ? 'would delete' : 'deleted'}  ${show(path)}`;
}

export function sayRefused(path: string, why: RefusalReason, from: string): string {
  return `skipped  ${show(path)}: ${becauseOf(why, show(from))}`;
}

function becauseOf(why: RefusalReason, source: string): string {
  switch (why) {
    case 'edited':
      return `it has uncommitted edits; copying ${source} over it would lose them`;
    case 'no-source':
      return `${source} does not exist, so there is nothing to copy`;
    case 'submodule':
      return 'it is inside a submodule: fix it there, commit there, then stage the submodule';
    case 'outside':
      return 'it is outside the repository, where only git dos-sync fix writes, after git dos-sync trust --write';
    case 'unasked':
      return 'it is outside the repository, where dos-sync writes only after you confirm it at a terminal';
    case 'files-alone':
      return 'it is outside the repository, where dos-sync makes no symlinks and deletes nothing';
    case 'obstacle':
      return 'a directory, or a file or symlink above it, is in the way';
    case 'same-name':
      return 'another tracked file has its name on this disk, which ignores case (core.ignorecase)';
    case 'ahead':
      return `it is newer than ${source}; copying ${source} over it would lose that change`;
    case 'diverged':
      return `both sides changed; copying ${source} over it would lose its changes`;
    case 'unknown':
      return `no common version was found in history, so its content may exist nowhere else`;
    case 'deleted':
      return `it was deleted, but ${source} still exists`;
    case 'conflict':
      return `its changes and those of ${source} conflict`;
    case 'unmergeable':
      return 'git cannot merge the two (a binary or very large file, a symlink, or a missing side)';
    case 'markers':
      return `${source} still has conflict markers`;
    case 'ignored':
      return 'git ignores it, so its content may exist nowhere else';
    case 'agreed':
      return `its difference was accepted; copying ${source} over it would lose that`;
    case 'unfit':
      return "the pair's rule does not apply to it (a binary file, over 1 MiB, or no file), so it is copied only with --from or --force";
    case 'not-reversible':
      return `the words of ${source} cannot be turned back without changing other words`;
    case 'no-place':
      return `the place of its own lines is gone from ${source}, or is not clear`;
    case 'unbalanced':
      return 'a part that a side keeps for itself begins and never ends';
  }
}

export const NOTHING_TOUCHED = 'in sync: no pair is touched';

export const NOTHING_TO_FIX = 'nothing to fix';

export function sayMerged(path: string, from: readonly string[], dry: boolean): string {
  return `${dry ? 'would merge' : 'merged'}  ${from.map(show).join(', ')} into ${show(path)}`;
}

export function sayMarked(path: string, dry: boolean): string {
  const does = dry ? 'would get' : 'now has';
  return `conflict  ${show(path)} ${does} both versions between conflict markers: resolve them, then run fix again`;
}

export function noPairAt(paths: readonly string[]): Fault {
  const said = `No pair has a path at or below ${paths.map(show).join(', ')}.`;
  return new Fault('usage', said, 'see the pairs: git dos-sync check --full');
}

export function noSuchFile(path: string, nearest: string | undefined): Fault {
  const hint = nearest === undefined ? 'see the pairs: git dos-sync check --full' : `did you mean ${show(nearest)}?`;
  return new Fault('usage', `There is no file or directory ${show(path)}.`, hint);
}

export function noManifestIn(where: string): Fault {
  return new Fault('usage', `There is no .dos-sync-manifest.json ${where}.`, 'start one: git dos-sync init');
}

export function outsideRepository(word: string, top: string): Fault {
  const said = `${show(word)} is outside the repository ${show(top)}.`;
  return new Fault('usage', said, 'name a path inside it, or one below ~/');
}

/** The expected names of a pair, if an alias uses one of them for another file. */
export const NAME_TAKEN = '(name taken by alias)';

export function sayManyDeletions(deletions: number, pairs: number): string {
  return `skipped  this would delete ${deletions} files of ${pairs} pairs; if that is intended, add --force`;
}

export function sayComparing(seconds: number): string {
  return `dos-sync: comparing … ${seconds} s`;
}

/** For a git that is gone while nothing else is pending. */
export const NO_VERDICT = 'dos-sync: could not check. git exited before it answered.';
