// One line for each reason why pairs were not checked.

import { textOf } from '../git/path.js';
import type { Verdict } from '../judge/types.js';
import { sayHidden, sayUnchecked } from '../messages/hook.js';
import { sayNoBlob } from '../messages/rules.js';
import { sayLacking } from '../messages/submodules.js';
import { sayOutsideLack } from '../messages/trust.js';
import type { Unread } from '../snapshot/types.js';

/** True if the lines below mention the verdict. */
export function isUnchecked({ unread, hidden }: Verdict): boolean {
  return unread !== undefined || hidden !== undefined;
}

/** The lines for stderr; empty if every pair could be read. */
export function formatUnchecked(verdicts: readonly Verdict[]): string[] {
  const unread = countReasons(verdicts.map((verdict) => verdict.unread));
  const hidden = countReasons(verdicts.map((verdict) => verdict.hidden));
  return [
    ...[...unread].map(([why, count]) => sayUnchecked(count, why)),
    ...[...hidden].map(([why, count]) => sayHidden(count, why)),
  ];
}

function countReasons(reasons: readonly (Unread | undefined)[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const reason of reasons) {
    if (!reason) continue;
    const why = sayWhyUnread(reason);
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  return counts;
}

/** Why a side was not read, in a few words. */
export function sayWhyUnread(unread: Unread): string {
  switch (unread.kind) {
    case 'outside':
      return sayOutsideLack(unread.lack);
    case 'blob':
      return sayNoBlob(unread.oid);
    case 'submodule':
      return sayLacking(textOf(unread.at), unread.lack);
  }
}
