// Which side is the source, and which is the copy.

import type { FixDirection, Side } from './types.js';

/** The source and the copy side of a fix. */
export function sidesOf(direction: FixDirection): { readonly source: Side; readonly copy: Side } {
  return direction === 'live_to_submodule' ? { source: 'a', copy: 'b' } : { source: 'b', copy: 'a' };
}

export function opposite(side: Side): Side {
  return side === 'a' ? 'b' : 'a';
}
