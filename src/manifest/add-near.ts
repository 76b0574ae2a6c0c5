// Adds a pair with a rule to the manifest's text.

import { addPair } from './edit.js';
import type { DeclaredRule, OwnPart } from './types.js';

/** As `own` in the manifest. */
export type WrittenPart =
  | 'front_matter'
  | { readonly first_lines: number }
  | { readonly lines: string }
  | { readonly from: string; readonly to: string };

export function writtenPart(part: OwnPart): WrittenPart {
  switch (part.kind) {
    case 'front_matter':
      return 'front_matter';
    case 'first_lines':
      return { first_lines: part.count };
    case 'lines':
      return { lines: part.prefix };
    case 'block':
      return { from: part.from, to: part.to };
  }
}

/** The text with one more pair. @throws Fault `manifest` if the text has no list of pairs. */
export function addPairWithRule(source: string, a: string, b: string, rule: DeclaredRule): string {
  return addPair(source, a, b, {
    ...(rule.with.length > 0 && { with: rule.with }),
    ...(rule.own.length > 0 && { own: rule.own.map(writtenPart) }),
  });
}
