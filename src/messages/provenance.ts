// Messages about a pair's history: which side is stale, since when, by which commit and author.

import { show } from './show.js';

/** A commit in plain text; undefined for an uncommitted change. */
export interface CommitText {
  readonly oid: string;
  readonly author: string;
  /** Seconds since 1970. */
  readonly time: number;
}

const SHORT = 10;

/** `1a2b3c4d5e by Jane Doe on 2026-01-31`. */
export function sayCommit({ oid, author, time }: CommitText): string {
  return `${oid.slice(0, SHORT)} by ${show(author)} on ${new Date(time * 1000).toISOString().slice(0, 10)}`;
}

function happened(commit: CommitText | undefined): string {
  return commit ? sayCommit(commit) : 'a change that is not committed yet';
}

/** One side is stale, and why history says so. */
export function sayBehind(stale: string, other: string, basis: string, since: CommitText | undefined): string {
  const [behind, ahead] = [show(stale), show(other)];
  switch (basis) {
    case 'moved':
      return `${behind} is behind: only ${ahead} has changed, first in ${happened(since)}.`;
    case 'agreed':
      return `${behind} is behind: only ${ahead} has changed since the difference was accepted.`;
    case 'deleted':
      return `${behind} is behind: ${ahead} was deleted in ${happened(since)}.`;
    case 'never-copied':
      return `${behind} has never existed; ${ahead} was added in ${happened(since)}.`;
    case 'contained':
      return `${behind} is behind: ${ahead} already contains its changes. They have differed since ${happened(since)}.`;
    case 'merged-branch':
      return `${behind} is behind: it equals ${ahead} on a merged branch. They have differed since ${happened(since)}.`;
    default:
      return `${behind} is behind: it equals an older version of ${ahead}. They have differed since ${happened(since)}.`;
  }
}

/** A side that has changed, and its first change. */
export interface MoveText {
  readonly path: string;
  readonly commit: CommitText | undefined;
}

export function sayDiverged(moves: readonly MoveText[], base: string | undefined, clean: boolean | undefined): string {
  if (moves.length === 0) return 'Both sides have changed since the difference was accepted.';
  const from = base === undefined ? '' : ` since they last matched (blob ${base.slice(0, SHORT)})`;
  const changes = moves.map(({ path, commit }) => `${show(path)} first in ${happened(commit)}`).join('; ');
  const merge = clean === undefined ? '' : clean ? ' git can merge the two.' : ' The two changes conflict.';
  return `Both sides have changed${from}: ${changes}.${merge}`;
}

export function sayUnknown(whole: boolean): string {
  const why = whole ? 'they were never equal' : 'they were never equal in the history examined';
  return `Can't tell which side is stale: ${why}.`;
}

export function sayBound(commits: number): string {
  return `(Only the last ${commits} commits were examined.)`;
}

export const CUT = '(One side is in a submodule whose earlier history was not examined.)';

export const SHALLOW = '(This clone is shallow, so older history is missing: git fetch --unshallow.)';

export function sayNoHistory(words: string): string {
  return `dos-sync: the history could not be read, so it is unknown which side is behind. ${show(words)}`;
}
