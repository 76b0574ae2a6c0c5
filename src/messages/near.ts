// Messages about near-copies.

import type { NearCopy, NearLeftOut } from '../discover/near-types.js';
import type { OwnPart } from '../manifest/types.js';
import { Fault } from './fault.js';
import { show } from './show.js';

export const NOTHING_NEAR = 'no undeclared near-copies found';

/** The reason of an exception that discovery declares. */
export const AGREED_AS_FOUND = 'they differ on purpose, and take the same edits';

const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

export function sayNear({ alike, kept }: NearCopy): string {
  const lines = `${Math.floor(alike * 100)} % of the lines in common`;
  return kept > 0 ? `${lines}, the same edit in ${plural(kept, 'commit')}` : lines;
}

/** The words of the rule as in the manifest. */
export function sayWith(words: readonly (readonly [string, string])[]): string {
  return `with       ${words.map(([left, right]) => `${quote(left)} -> ${quote(right)}`).join(', ')}`;
}

export function sayOwn(parts: readonly OwnPart[]): string {
  return `own        ${parts.map(sayPart).join(', ')}`;
}

function sayPart(part: OwnPart): string {
  switch (part.kind) {
    case 'front_matter':
      return 'front matter';
    case 'first_lines':
      return part.count === 1 ? 'the first line' : `the first ${part.count} lines`;
    case 'lines':
      return `lines that begin with ${quote(part.prefix)}`;
    case 'block':
      return `from ${quote(part.from)} to ${quote(part.to)}`;
  }
}

function quote(text: string): string {
  return show(JSON.stringify(text));
}

export function sayAgreed(lines: number): string {
  return `exception  the present difference of ${plural(lines, 'line')}, while both take the same edits`;
}

export function sayRecord({ states, held, hidden }: NearCopy): string {
  const record = `held in ${held} of ${plural(states, 'past state')}`;
  if (hidden === 0) return record;
  return `${record}; hid ${plural(hidden, 'own line')} that changed on one side alone`;
}

export function sayLeftOut({ files, pairs }: NearLeftOut): string {
  const parts = [...(files > 0 ? [plural(files, 'file')] : []), ...(pairs > 0 ? [plural(pairs, 'pair')] : [])];
  return `not looked at, because there are so many: ${parts.join(', ')}`;
}

export function sayHowToAddNear(program: string, numbers: readonly number[]): string {
  return `declare them:  ${program} discover --near --write ${numbers.join(' ')}`;
}

export function sayLessLikelyNear(count: number): string {
  return `${plural(count, 'less likely near-copy', 'less likely near-copies')} not shown; to see all: --all`;
}

export function sayUndeclaredNear(count: number): string {
  return `dos-sync: found ${plural(count, 'undeclared near-copy', 'undeclared near-copies')}.`;
}

export function noSuchNear(word: string, count: number): Fault {
  return new Fault(
    'usage',
    `No near-copy has the number ${show(word)}; ${count} ${count === 1 ? 'was' : 'were'} found.`,
    'see them: git dos-sync discover --near --all',
  );
}
