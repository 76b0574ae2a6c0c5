// Holds a rule, or an agreed difference, against the past states of two files.

import { differenceOf, digestOf } from '../differences/agreed.js';
import type { TextRule } from '../differences/text-rule.js';
import { type FoundRule, ownTextOf } from './near-rule.js';
import type { NearRecord } from './near-types.js';

/** Both texts in one state. */
export interface StateTexts {
  readonly a: string;
  readonly b: string;
}

/** `states`: newest first. */
export function holdRule(found: FoundRule, states: readonly StateTexts[]): NearRecord {
  const holding = states.map((state) => isEqualBy(found.rule, state));
  let hidden = 0;
  for (const [at, state] of states.entries()) {
    const older = states[at + 1];
    if (older && holding[at] && holding[at + 1]) hidden += countHidden(found, older, state);
  }
  return { states: states.length, held: holding.filter((holds) => holds).length, hidden };
}

export function holdDifference(digest: string, states: readonly StateTexts[]): NearRecord {
  const held = states.filter(({ a, b }) => digestOf(differenceOf(a, b)) === digest).length;
  return { states: states.length, held, hidden: 0 };
}

function isEqualBy(rule: TextRule, { a, b }: StateTexts): boolean {
  const [one, other] = [rule.compared('a', a), rule.compared('b', b)];
  return !('unbalanced' in one) && !('unbalanced' in other) && one.text === other.text;
}

/** The own lines that changed, if they changed on one side alone. */
function countHidden(found: FoundRule, older: StateTexts, newer: StateTexts): number {
  if (found.own.length === 0) return 0;
  const changed = (['a', 'b'] as const).map((side) => {
    const [before, after] = [ownTextOf(found, older[side]) ?? '', ownTextOf(found, newer[side]) ?? ''];
    const difference = before === after ? [] : differenceOf(before, after);
    const removed = difference.filter(({ sign }) => sign === '-').length;
    return Math.max(removed, difference.length - removed);
  });
  return changed.every((count) => count > 0) ? 0 : Math.max(...changed);
}
