// What "equal" means for a pair.

import type { Unbalanced } from '../differences/own.js';
import type { RuleKind, TextRule } from '../differences/text-rule.js';
import type { Oid } from '../git/oid.js';
import type { Side } from '../manifest/types.js';

/** What is known of a blob as one side of a pair with a rule. */
export type ComparedBlob =
  /** The id of the compared text, and how many of its lines are own. */
  | { readonly kind: 'text'; readonly oid: Oid; readonly leftOut: number; readonly lines: number }
  /** The rule does not apply: a binary file, or one over 1 MiB. */
  | { readonly kind: 'unfit'; readonly why: 'binary' | 'large' }
  | { readonly kind: 'unbalanced'; readonly at: Unbalanced }
  /** The blob is not here. */
  | { readonly kind: 'missing' };

/** Texts that are equal by a rule. */
export interface TextEquality {
  readonly kind: RuleKind;
  readonly rule: TextRule;
  /** What was compared before, by `<side> <blob>`. */
  readonly known: Map<string, ComparedBlob>;
  /** The blob that each compared text comes from. */
  readonly origins: Map<Oid, { readonly side: Side; readonly oid: Oid }>;
}

/** The same bytes, or texts by a rule; the type and the executable bit count in any case. */
export type Equality = { readonly kind: 'identical' } | TextEquality;

export const IDENTICAL: Equality = { kind: 'identical' };

export function equalBy(rule: TextRule): Equality {
  return { kind: rule.kind, rule, known: new Map(), origins: new Map() };
}
