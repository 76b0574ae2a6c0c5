// Which side is behind where an exception pins two states: the agreed pair is a common state.

import { isPinned } from '../judge/compare.js';
import type { Verdict } from '../judge/types.js';
import type { Provenance } from './types.js';

/** Undefined if the pair has no agreed states, or still is in them. */
export function decideAgreed({ pair, a, b }: Verdict): Provenance | undefined {
  const { at } = pair.exception ?? {};
  if (!at) return undefined;
  const [movedA, movedB] = [!isPinned(at[0], a), !isPinned(at[1], b)];
  if (movedA && movedB) return { verdict: 'diverged', moves: {} };
  if (!movedA && !movedB) return undefined;
  return { verdict: 'behind', stale: movedA ? 'b' : 'a', basis: 'agreed', lossless: false, moves: {} };
}
