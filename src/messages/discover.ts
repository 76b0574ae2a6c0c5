// Messages of discovery.

import type { Proposal } from '../discover/types.js';
import { Fault } from './fault.js';
import { show } from './show.js';

export const NOTHING_FOUND = 'no undeclared copies found';

type Evidence = Pick<Proposal, 'kind' | 'identical' | 'kept'> & {
  readonly drifted: number;
  readonly different: number;
  readonly apart: number;
};

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
    ...(apart > 0 ? [`${apart} diverged`] : []),
    ...(kept > 0 ? [`changed together in ${kept} ${kept === 1 ? 'commit' : 'commits'}`] : []),
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
  return `source     ${basis === 'history' ? 'the other copies changed after it' : 'the first one by name'}`;
}

export function sayHowToAdd(program: string, numbers: readonly number[]): string {
  return `declare them:  ${program} discover --write ${numbers.join(' ')}`;
}

export function sayLessLikely(count: number): string {
  return `${count} less likely ${count === 1 ? 'set' : 'sets'} not shown; to see all: --all`;
}

export function sayUndeclared(count: number): string {
  return `dos-sync: found ${count === 1 ? 'one set' : `${count} sets`} of undeclared copies.`;
}

export function sayWritten(a: string, b: string): string {
  return `added ${sayPair(a, b)} to .dos-sync-manifest.json`;
}

export function sayRefused(a: string, b: string, why: string): string {
  return `skipped ${sayPair(a, b)}: ${show(why)}`;
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
    `No set of copies has the number ${show(word)}; ${count} ${count === 1 ? 'was' : 'were'} found.`,
    'see them: git dos-sync discover --all',
  );
}

export function noSuchCount(word: string): Fault {
  return new Fault(
    'usage',
    `${show(word)} is not a number of commits.`,
    'write how many commits to read, or 0 for none',
  );
}
