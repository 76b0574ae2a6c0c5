// Shared by the tests of the one rule: small repositories of each shape, and a check of a blocked
// commit's commands.

import * as assert from 'uvu/assert';
import { faultsOfEach, faultsOfWayOn, tokensIn } from './leads-on.js';
import type { Repo, Result } from './repo.js';

export const DIRECTIONS = ['live_to_submodule', 'submodule_to_live'] as const;

export const PAIR = [{ a: 'a', b: 'b' }];

export interface CopiesShape {
  readonly name: string;
  readonly declared: readonly object[];
  /** The first is the source of all, the last is a copy. */
  readonly files: readonly string[];
}

export const CHAIN: CopiesShape = {
  name: 'a chain',
  declared: [
    { a: 'live', b: 'release' },
    { a: 'release', b: 'pack' },
  ],
  files: ['live/x', 'release/x', 'pack/x'],
};

export const FAN_OUT: CopiesShape = {
  name: 'a fan-out',
  declared: [{ a: 'L', b: 'packages/{p}/L' }],
  files: ['L', 'packages/one/L', 'packages/two/L', 'packages/three/L'],
};

/** Twenty lines; `edits` are appended to some of them. */
export function text(edits: Readonly<Record<number, string>> = {}): string {
  const line = (at: number): string => `line ${at}${edits[at] === undefined ? '' : ` ${edits[at]}`}\n`;
  return Array.from({ length: 20 }, (_, at) => line(at)).join('');
}

/** Equal committed files, with the hooks installed. */
export function settlePairs(
  repo: Repo,
  declared: readonly object[],
  files: readonly string[],
  direction: string = DIRECTIONS[0],
): void {
  repo.manifest({ pairs: declared, fix_direction: direction });
  for (const path of files) repo.write(path, text());
  repo.settle();
  repo.hooks();
}

/**
 * Every printed command does what it says and loses nothing without a mention; the first ones lead
 * to a commit that keeps all edits.
 */
export function leadsOn(repo: Repo, files: readonly string[], again: () => Result): Result {
  const result = again();
  assert.is(result.code, 1, `passed:\n${result.stdout}${result.stderr}`);
  const edits = tokensIn(repo, files);
  const refused = { repo, files, result };
  assert.equal(faultsOfEach(refused), []);
  assert.equal(faultsOfWayOn(refused, again), []);
  const kept = tokensIn(repo, files);
  assert.equal(
    [...edits].filter((edit) => !kept.has(edit)),
    [],
  );
  return result;
}
