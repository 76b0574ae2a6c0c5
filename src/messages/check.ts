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

export function sayRefused(path: string, why: 'edited' | 'no-source' | 'obstacle', from: string): string {
  switch (why) {
    case 'edited':
      return `left alone  ${show(path)}: it has edits of its own, which a copy of ${show(from)} would destroy`;
    case 'no-source':
      return `left alone  ${show(path)}: ${show(from)}, which it would be copied from, is not there`;
    case 'obstacle':
      return `left alone  ${show(path)}: a directory, or something above it, is in the way`;
  }
}

export const NOTHING_TOUCHED = 'in sync: no pair is touched';

export const NOTHING_TO_FIX = 'nothing to fix';

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
