// One line for each reason why pairs were not checked.

import type { Judgement } from '../drift/types.js';
import { textOf } from '../git/path.js';
import { sayUnchecked } from '../messages/hook.js';
import { sayLacking } from '../messages/submodules.js';
import { sayOutsideLack } from '../messages/trust.js';
import type { Unread } from '../snapshot/types.js';

/** The lines for stderr; none if every pair was compared. */
export function layOutUnchecked(judgements: readonly Judgement[]): string[] {
  const counts = new Map<string, number>();
  for (const { unread } of judgements) {
    if (!unread) continue;
    const why = sayWhyUnread(unread);
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  return [...counts].map(([why, count]) => sayUnchecked(count, why));
}

/** Why a side was not read, in a few words. */
export function sayWhyUnread(unread: Unread): string {
  return unread.kind === 'outside' ? sayOutsideLack(unread.lack) : sayLacking(textOf(unread.at), unread.lack);
}
