// Messages about a pair that would be out of sync: which side is staged, and what to type.

import { show } from './show.js';

/** A finding in plain text; resolve/findings.ts documents the fields. */
export interface FindingText {
  readonly kind:
    | 'source-staged'
    | 'copy-staged'
    | 'both-staged'
    | 'neither-staged'
    | 'copy-missing'
    | 'source-missing'
    | 'source-deleted'
    | 'copy-deleted'
    | 'renamed'
    | 'replaced'
    | 'name-taken'
    | 'agreed'
    | 'marked';
  readonly source: string;
  readonly copies: readonly string[];
  readonly renamedFrom?: string | undefined;
  readonly edited: readonly string[];
  readonly becameDirectory?: boolean;
  readonly fixedInWorktree: boolean;
  /** The difference between sides with the same content. */
  readonly reason?: 'content' | 'mode' | 'type' | undefined;
}

const MOST_LISTED = 10;

/** The finding in one sentence, then notes on the working tree, one line each. */
export function sayFinding(text: FindingText): string[] {
  const lines = [sentence(text), ...listed(text)];
  if (text.fixedInWorktree) lines.push('The working tree already holds the fix; it is only not staged.');
  for (const path of text.edited) lines.push(`${show(path)} has unstaged edits.`);
  return lines;
}

function sentence(text: FindingText): string {
  const source = show(text.source);
  const single = text.copies.length === 1 ? show(text.copies[0] ?? '') : undefined;
  const how = difference(text.reason);
  switch (text.kind) {
    case 'source-staged':
      return single
        ? `${source} is staged, its copy ${single} is not${how}.`
        : `${source} is staged, its ${text.copies.length} copies are not${how}:`;
    case 'copy-staged':
      return single
        ? `${single} is staged, but it is a copy of ${source}, which is not${how}.`
        : `Copies of ${source} are staged, but it is not, or not all of them are${how}:`;
    case 'both-staged':
      return single
        ? `${source} and its copy ${single} are both staged, and differ${how}.`
        : `${source} and copies of it are staged, and differ${how}:`;
    case 'neither-staged':
      return single ? `${source} and its copy ${single} differ${how}.` : `${source} and its copies differ${how}:`;
    case 'copy-missing':
      return single ? `${source} has no copy ${single}.` : `${source} lacks copies:`;
    case 'source-missing':
      return single
        ? `${single} is there, but ${source}, which it is a copy of, is not.`
        : `${source} is not there, but its copies are:`;
    case 'source-deleted':
      return single
        ? `${source} is deleted, its copy ${single} is not.`
        : `${source} is deleted, its ${text.copies.length} copies are not:`;
    case 'copy-deleted':
      return `${source} is deleted, but ${text.copies.map(show).join(', ')} is not.`;
    case 'renamed':
      return `${show(text.renamedFrom ?? '')} is renamed to ${source}, its copy is not:`;
    case 'replaced':
      return text.becameDirectory
        ? `${source} became a directory, its copy did not.`
        : `${source} is a directory no longer, its copy still is.`;
    case 'name-taken':
      return `${source} has no counterpart: an alias pairs its counterpart with another file.`;
    case 'agreed':
      return `${source} and ${text.copies.map(show).join(', ')} differ in another way than was agreed.`;
    case 'marked':
      return `${source} still has conflict markers: resolve them, then git add it.`;
  }
}

function difference(reason: FindingText['reason']): string {
  if (reason === 'mode') return ' (the executable bit differs)';
  return reason === 'type' ? ' (one is a file, the other a symlink or a submodule)' : '';
}

function listed({ kind, copies }: FindingText): string[] {
  if ((copies.length < 2 && kind !== 'renamed') || kind === 'copy-deleted') return [];
  const shown = copies.slice(0, MOST_LISTED).map((path) => `  ${show(path)}`);
  const more = copies.length - shown.length;
  return more > 0 ? [...shown, `  … and ${more} more`] : shown;
}

export function sayMoreFindings(count: number): string {
  return `… and ${count} more.`;
}

/** The reason of an exception that has lapsed. */
export function sayAgreed(reason: string): string {
  return `They were agreed to differ: ${show(reason)}`;
}

/** Copies that were already out of sync, and that the change does not touch. */
export function sayOtherCopies(source: string, count: number): string {
  const copies = count === 1 ? '1 other copy' : `${count} other copies`;
  return `${copies} of ${show(source)} ${count === 1 ? 'was' : 'were'} out of sync before.`;
}
