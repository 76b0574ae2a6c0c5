// What the commands say.

import { Fault } from './fault.js';
import { show } from './show.js';

interface Counts {
  readonly identical: number;
  readonly drift: number;
  readonly missing: number;
  readonly unchecked: number;
  readonly exception: number;
}

export function sayCompared({ identical, drift, missing, unchecked, exception }: Counts): string {
  const parts = [
    `${identical} identical`,
    `${drift} drifted`,
    `${missing} missing`,
    ...(exception > 0 ? [`${exception} excepted`] : []),
    ...(unchecked > 0 ? [`${unchecked} not checked`] : []),
  ];
  return `${drift + missing === 0 ? 'in sync' : 'out of sync'}: ${parts.join(', ')}`;
}

export function sayNothingCompared(): string {
  return 'could not check: pairs are declared, but not one of their files was compared';
}

export function sayNothingDeclared(): string {
  return 'no pairs are declared yet; add one: git dos-sync add <a> <b>';
}

export function sayVacuous(key: string): string {
  return `nothing to compare: ${show(key)}`;
}

export function sayCopied(path: string, from: string, dry: boolean): string {
  return `${dry ? 'would copy' : 'copied'}  ${show(from)} -> ${show(path)}`;
}

export function sayDeleted(path: string, dry: boolean): string {
  return `${dry ? 'would delete' : 'deleted'}  ${show(path)}`;
}

export type RefusedWhy =
  | 'edited'
  | 'no-source'
  | 'obstacle'
  | 'submodule'
  | 'outside'
  | 'unasked'
  | 'files-alone'
  | 'ahead'
  | 'diverged'
  | 'unknown'
  | 'deleted'
  | 'conflict';

export function sayRefused(path: string, why: RefusedWhy, from: string): string {
  return `left alone  ${show(path)}: ${becauseOf(why, show(from))}`;
}

function becauseOf(why: RefusedWhy, source: string): string {
  switch (why) {
    case 'edited':
      return `it has edits of its own, which a copy of ${source} would destroy`;
    case 'no-source':
      return `${source}, which it would be copied from, is not there`;
    case 'submodule':
      return 'it is inside a submodule, which is staged as one of its commits';
    case 'outside':
      return 'it is outside the repository, and you have not agreed to writing there: git dos-sync trust --write';
    case 'unasked':
      return 'it is outside the repository, and written only after a yes at a terminal';
    case 'files-alone':
      return 'it is outside the repository, where no symlink is made and nothing is deleted';
    case 'obstacle':
      return 'a directory, or something above it, is in the way';
    case 'ahead':
      return `it alone has changed, to content that ${source} never held`;
    case 'diverged':
      return `it has changed, and so has ${source}: a copy would lose what ${source} never held`;
    case 'unknown':
      return `history does not show that ${source} ever held its content`;
    case 'deleted':
      return `it was deleted, and ${source} is still there`;
    case 'conflict':
      return `its changes and those of ${source} conflict`;
  }
}

export const NOTHING_TOUCHED = 'in sync: no pair is touched';

export const NOTHING_TO_FIX = 'nothing to fix';

export function sayMerged(path: string, from: readonly string[], dry: boolean): string {
  return `${dry ? 'would merge' : 'merged'}  ${from.map(show).join(', ')} into ${show(path)}`;
}

export function sayMarked(path: string): string {
  return `conflict  ${show(path)} holds both, between markers: resolve them, then fix again`;
}

export function sayNothingToMerge(path: string): string {
  return `left alone  ${show(path)}: nothing that both sides once held is known, so there is no base to merge over`;
}

export function sayNotMeant(paths: readonly string[]): string {
  return `No pair has a path at or below ${paths.map(show).join(', ')}.`;
}

export function noCommonCommit(base: string, revision: string): Fault {
  return new Fault(
    'usage',
    `${show(base)} and ${show(revision)} have no commit in common here.`,
    'fetch the history between them: git fetch --unshallow',
  );
}

export function sayManyDeletions(deletions: number, pairs: number): string {
  return `left alone  this would delete ${deletions} files, of ${pairs} pairs; if that is meant, add --force`;
}

export function sayComparing(seconds: number): string {
  return `dos-sync: comparing … ${seconds} s`;
}
