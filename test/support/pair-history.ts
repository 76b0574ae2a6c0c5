// A pair's history from a line of text: what a walk through the commits would have found.

import type { Oid } from '../../src/git/oid.js';
import type { RepoPath } from '../../src/git/path.js';
import { type Held, PairHistory } from '../../src/history/pair-history.js';
import type { Happening } from '../../src/history/types.js';
import type { Side } from '../../src/manifest/types.js';
import type { FilePair } from '../../src/rules/types.js';
import { entryFrom } from './entries.js';

const PATHS = { a: 'live' as RepoPath, b: 'release' as RepoPath };

/** The commit that made a state of the line: `#1` made the first one. */
export function commitAt(number: number): Oid {
  return `#${number}` as Oid;
}

/**
 * `line`: the states `a/b`, oldest first, in the form of {@link entryFrom}. `>` is a symlink to the
 * other side, `^` a file below such a symlink. `changes`: how the newest state was made.
 */
export function pairHistoryFrom(line: string, changes: 'committed' | 'uncommitted' = 'committed'): PairHistory {
  const states = line.split(' ').map((state) => ({ a: heldFrom(state, 'a'), b: heldFrom(state, 'b') }));
  const now = states[states.length - 1] as (typeof states)[number];
  const verdict = { pair: PATHS as unknown as FilePair, status: 'DRIFT', a: now.a.entry, b: now.b.entry } as const;
  const history = new PairHistory(verdict, PATHS.a, PATHS.b);
  const nearest = changes === 'committed' ? 1 : 0;
  for (let number = states.length; number > 0; number -= 1) {
    const [before, after] = [states[number - 2] ?? NOTHING, states[number - 1] ?? NOTHING];
    const isUncommitted = changes === 'uncommitted' && number === states.length;
    const what: Happening = isUncommitted ? { kind: 'uncommitted' } : commit(number);
    for (const side of ['a', 'b'] as const) {
      if (isSame(before[side], after[side])) continue;
      history[side].goBack(before[side], PATHS[side], what, states.length - number + nearest);
    }
    history.look(what, isUncommitted ? undefined : commitAt(number - 1));
    if (history.settled) break;
  }
  return history;
}

const NOTHING = { a: { entry: entryFrom('-') }, b: { entry: entryFrom('-') } };

function commit(number: number): Happening {
  return { kind: 'commit', oid: commitAt(number), author: 'A', time: number };
}

function heldFrom(state: string, side: Side): Held {
  const text = state.split('/')[side === 'a' ? 0 : 1] ?? '-';
  const landing = PATHS[side === 'a' ? 'b' : 'a'];
  if (text === '>') return { entry: entryFrom('@f'), landing };
  return text === '^' ? { entry: entryFrom('-'), landing } : { entry: entryFrom(text) };
}

function isSame(one: Held, other: Held): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
