// The kinds of rounds, and which one comes when.

import { raceMaintenance } from './maintenance.js';
import type { Round } from './round.js';
import { raceWorktrees } from './worktrees.js';
import { raceWriters } from './writers.js';

export { WRITERS } from './writers.js';

/** Each makes its round in a new repository. */
const RACES = {
  writers: raceWriters,
  worktrees: raceWorktrees,
  maintenance: raceMaintenance,
} as const satisfies Readonly<Record<string, (round: number) => Promise<Round>>>;

export type RaceKind = keyof typeof RACES;

/** Two of four rounds are of writers, which differ between even and odd numbers. */
const ORDER: readonly RaceKind[] = ['writers', 'writers', 'worktrees', 'maintenance'];

/** The kind of a round, of the named kinds or of all. */
export function kindOf(round: number, named: readonly string[]): RaceKind {
  const order = named.length === 0 ? ORDER : (Object.keys(RACES) as RaceKind[]).filter((kind) => named.includes(kind));
  const kind = order[round % order.length];
  if (kind === undefined) throw new Error(`no such kind; there are ${Object.keys(RACES).join(', ')}`);
  return kind;
}

export function race(kind: RaceKind, round: number): Promise<Round> {
  return RACES[kind](round);
}
