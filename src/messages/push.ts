// Messages of the push hooks.

import type { DriftReason } from '../judge/types.js';
import { sayDifference } from './differences.js';
import { show } from './show.js';

const SHORT = 10;

/** Why exactly these commits were judged. */
export type PushBasis = 'remote' | 'default-branch' | 'tip-alone';

/** An abbreviated object id. */
export function shortOid(oid: string): string {
  return oid.slice(0, SHORT);
}

export function sayAtCommit(commit: string, message: string): string {
  return `In commit ${shortOid(commit)}: ${message}`;
}

export const PUSH_BLOCKED = 'dos-sync: this push was stopped, because it contains pairs that are out of sync.';

export function sayPushedTip(refs: readonly string[], commit: string): string {
  return `${sayRefs(refs)} at ${shortOid(commit)}:`;
}

export function sayPushedCommit(refs: readonly string[], commit: string): string {
  return `commit ${shortOid(commit)}, pushed to ${sayRefs(refs)}:`;
}

/** A tip after those that are described in full. */
export function sayOtherTip(refs: readonly string[], commit: string, pairs: number): string {
  return `${sayRefs(refs)} at ${shortOid(commit)}: ${pairs === 1 ? '1 pair' : `${pairs} pairs`} out of sync`;
}

const MOST_REFS = 5;

/** The first names, and how many there are besides. */
export function sayRefs(refs: readonly string[]): string {
  const more = refs.length - MOST_REFS;
  const shown = refs.slice(0, more > 1 ? MOST_REFS : refs.length).map(show);
  return more > 1 ? `${shown.join(', ')} and ${more} more refs` : shown.join(', ');
}

/** A pair in plain text: its source, its copy, and which of them exist. */
export interface PushedPair {
  readonly source: string;
  readonly copy: string;
  readonly kind: 'differ' | 'copy-missing' | 'source-missing' | 'name-taken';
  readonly reason?: DriftReason | undefined;
  /** The commit that caused it; missing if that is not judged. */
  readonly commit?: string | undefined;
}

export function sayPushedPair({ source, copy, kind, reason, commit }: PushedPair): string {
  const since = commit === undefined ? '' : ` (changed in ${shortOid(commit)})`;
  const [one, other] = [show(source), show(copy)];
  switch (kind) {
    case 'differ':
      return `  ${one} and its copy ${other} differ${sayDifference(reason)}${since}`;
    case 'copy-missing':
      return `  ${one} has no copy ${other}${since}`;
    case 'source-missing':
      return `  ${other} exists, but its source ${one} does not${since}`;
    case 'name-taken':
      return `  ${one} is not paired: an alias pairs the other path with another file${since}`;
  }
}

export function sayMorePairs(count: number): string {
  return `  … and ${count} more`;
}

export function sayPushBasis(basis: PushBasis): string {
  switch (basis) {
    case 'remote':
      return '  judged: the commits that the remote does not have yet';
    case 'default-branch':
      return '  judged: all commits since the default branch, because nothing is known about the remote';
    case 'tip-alone':
      return '  judged: only the last commit, because nothing is known about the remote';
  }
}

export const COPY_FORWARD = 'copies the source to its copies';

export const MERGE = 'merges both changes';

export function sayBack(path: string): string {
  return `restores ${show(path)}`;
}

export function sayRemoval(path: string): string {
  return `deletes ${show(path)} too`;
}

export const PUSH_AGAIN = '  then push again';

/** If each commit is judged, a later commit does not fix an earlier one. */
export function sayRewrite(commit: string, root: boolean): string {
  return `mark ${shortOid(commit)} "edit":  git rebase -i ${root ? '--root' : `${shortOid(commit)}^`}`;
}

export const TIP_ALONE = 'or check only the last commit:  git config dosSync.prePush tip';

export interface ReceiveProgress {
  /** How many commits were checked, of all; a number, or where one will be put in. */
  readonly done: string;
  readonly all: string;
  /** Refs; empty if none was being judged yet. */
  readonly next: string;
}

/** Without progress: nothing was compared yet. */
export function sayReceiveLimit(seconds: number, progress?: ReceiveProgress): string {
  const limit = `The check took longer than ${seconds} s (dosSync.receiveTimeLimit), so the push was refused.`;
  if (!progress) return `${limit} It was still looking for the commits to check.`;
  const { done, all, next } = progress;
  return `${limit} Commits checked until then: ${done} of ${all}.${next === '' ? '' : ` Next: ${next}.`}`;
}

export const RECEIVE_LIMIT_HINT =
  'push fewer refs or files at a time; on the server, git config dosSync.receiveTimeLimit SECONDS allows more';

export function sayAtRefs(refs: readonly string[], message: string): string {
  return `${sayRefs(refs)}: ${message}`;
}

export const OLD_RULE =
  '  (according to the manifest that this push replaces; to drop a pair or let it differ, push the manifest change separately first)';
