// Messages about a pair that would be out of sync: which side is staged, and what to type.

import type { DriftReason } from '../judge/types.js';
import type { FindingKind } from '../resolve/findings.js';
import { sayDifference } from './differences.js';
import { show } from './show.js';

/** A finding in plain text; resolve/findings.ts documents the fields. */
export interface FindingText {
  readonly kind: FindingKind;
  readonly source: string;
  readonly copies: readonly string[];
  readonly renamedFrom?: string | undefined;
  /** The copy was renamed, and the source was not. */
  readonly renamedCopy?: boolean;
  readonly edited: readonly string[];
  readonly untracked: readonly string[];
  readonly becameDirectory?: boolean;
  readonly fixedInWorktree: boolean;
  /** The difference between sides with the same content. */
  readonly reason?: DriftReason | undefined;
}

const MOST_LISTED = 10;

/** The finding in one sentence, then notes on the working tree, one line each. */
export function sayFinding(text: FindingText): string[] {
  const lines = [sentence(text), ...listed(text)];
  if (text.fixedInWorktree) lines.push('The working tree already has the fix; it only needs to be staged.');
  for (const path of text.edited) lines.push(`${show(path)} has unstaged edits.`);
  for (const path of text.untracked) lines.push(`${show(path)} exists, but git does not track it.`);
  return lines;
}

function sentence(text: FindingText): string {
  const source = show(text.source);
  const single = text.copies.length === 1 ? show(text.copies[0] ?? '') : undefined;
  const how = sayDifference(text.reason);
  switch (text.kind) {
    case 'source-staged':
      return single
        ? `${source} is staged, but its copy ${single} is not${how}.`
        : `${source} is staged, but its ${text.copies.length} copies are not${how}:`;
    case 'copy-staged':
      return single
        ? `${single} is staged, but its source ${source} is not${how}.`
        : `Copies of ${source} are staged, but ${source} or some of its copies are not${how}:`;
    case 'both-staged':
      return single
        ? `${source} and its copy ${single} are both staged, but differ${how}.`
        : `${source} and copies of it are staged, but differ${how}:`;
    case 'neither-staged':
      return single ? `${source} and its copy ${single} differ${how}.` : `${source} and its copies differ${how}:`;
    case 'copy-missing':
      return single ? `${source} has no copy ${single}.` : `${source} has no copies at:`;
    case 'source-missing':
      return single
        ? `${single} exists, but its source ${source} does not.`
        : `${source} does not exist, but its copies do:`;
    case 'source-deleted':
      return single
        ? `${source} is deleted, but its copy ${single} is not.`
        : `${source} is deleted, but its ${text.copies.length} copies are not:`;
    case 'copy-deleted':
      return `${source} is deleted, but ${text.copies.map(show).join(', ')} is not.`;
    case 'renamed':
      return `${show(text.renamedFrom ?? '')} is renamed to ${source}, but its ${text.renamedCopy ? 'source' : 'copy'} is not:`;
    case 'replaced':
      return text.becameDirectory
        ? `${source} became a directory, but its copy did not.`
        : `${source} is no longer a directory, but its copy still is.`;
    case 'name-taken':
      return `${source} is not paired: an alias pairs the other path with another file.`;
    case 'agreed':
      return `${source} and ${text.copies.map(show).join(', ')} no longer differ in the way that was accepted.`;
    case 'marked':
      return `${source} still has conflict markers: resolve them, then git add it.`;
  }
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
  return `The earlier difference was accepted: ${show(reason)}`;
}

/** Where the difference is no longer the accepted one. Texts have one char per byte. */
export function sayMovedLine(moved: { path: string; number: number; line: string; isNew: boolean }): string {
  const text = show(Buffer.from(moved.line.trimEnd(), 'latin1').toString('utf8'));
  return moved.isNew
    ? `It was accepted without this line: ${show(moved.path)}:${moved.number}: ${text}`
    : `It was accepted with this line, which is gone: ${text}`;
}

/** What the manifest says about the pair, for people. */
export function sayAbout(name: string | undefined, note: string | undefined): string[] {
  const words = [name, note].filter((each) => each !== undefined);
  return words.length === 0 ? [] : [`(${words.map(show).join(': ')})`];
}

/** Copies that were already out of sync, and that the change does not touch. */
export function sayOtherCopies(source: string, count: number): string {
  const copies = count === 1 ? '1 other copy' : `${count} other copies`;
  return `${copies} of ${show(source)} ${count === 1 ? 'was' : 'were'} out of sync before.`;
}
