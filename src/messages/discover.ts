// Messages of discovery.

import { Fault } from './fault.js';
import { show } from './show.js';

export const NOTHING_FOUND = 'no copies that no pair declares';

interface Evidence {
  readonly kind: 'fan-out' | 'directories' | 'files';
  readonly identical: number;
  readonly drifted: number;
  readonly different: number;
  readonly apart: number;
  readonly kept: number;
}

export function sayPair(a: string, b: string): string {
  return `${show(a)} -> ${show(b)}`;
}

export function sayEvidence({ kind, identical, drifted, different, apart, kept }: Evidence): string {
  const [one, many] = kind === 'fan-out' ? ['copy', 'copies'] : ['equal file', 'equal files'];
  const equal = kind === 'files' && identical < 2 ? (identical > 0 ? 'equal' : 'equal once') : undefined;
  const parts = [
    equal ?? `${identical} ${identical === 1 ? one : many}`,
    ...(drifted > 0 ? [`${drifted} drifted since`] : []),
    ...(different > 0 ? [`${different} never equal`] : []),
    ...(apart > 0 ? [`${apart} with a text of ${apart === 1 ? 'its' : 'their'} own`] : []),
    ...(kept > 0 ? [`moved together in ${kept} ${kept === 1 ? 'commit' : 'commits'}`] : []),
  ];
  return parts.join(', ');
}

export function sayDrifted(a: string, b: string): string {
  return `drifted    ${sayPair(a, b)}`;
}

export function sayAlias(a: string, b: string): string {
  return `alias      ${sayPair(a, b)}`;
}

export function sayList(word: 'exclude' | 'only' | 'more', names: readonly string[], more: number): string {
  const list = names.map(show).join(', ');
  return `${word.padEnd('submodule'.length)}  ${list}${more > 0 ? `, and ${more} more` : ''}`;
}

/** Why this side is the source, if not for its place. */
export function saySource(basis: 'history' | 'name'): string {
  return `source     ${basis === 'history' ? 'the others followed it' : 'the first by name'}`;
}

export function sayHowToAdd(program: string, numbers: readonly number[]): string {
  return `declare them:  ${program} discover --write ${numbers.join(' ')}`;
}

export function sayLessLikely(count: number): string {
  return `${count} less likely ${count === 1 ? 'one' : 'ones'}: --all`;
}

export function sayUndeclared(count: number): string {
  return `dos-sync: ${count === 1 ? 'one set' : `${count} sets`} of copies that no pair declares.`;
}

export function sayWritten(a: string, b: string): string {
  return `added ${sayPair(a, b)} to .dos-sync-manifest.json`;
}

export function sayRefused(a: string, b: string, why: string): string {
  return `left out ${sayPair(a, b)}: ${show(why)}`;
}

export const ASK = 'Declare this pair?';

export function sayAnswer(word: 'add' | 'skip' | 'done'): string {
  switch (word) {
    case 'add':
      return 'add      declare it in the manifest';
    case 'done':
      return 'done     write what was chosen so far';
    case 'skip':
      return 'skip     leave it undeclared';
  }
}

export function noSuchNumber(word: string, count: number): Fault {
  return new Fault(
    'usage',
    `${show(word)} is not among the ${count} that were found.`,
    'see them: git dos-sync discover --all',
  );
}

export function noSuchCount(word: string): Fault {
  return new Fault('usage', `${show(word)} is no number of commits.`, 'write how many to read, or 0 for none');
}
