// The text rules of a manifest's rules: one for each set of `{Name}` values that it uses.

import { TextRule } from '../differences/text-rule.js';
import { type Binding, bindingKey } from '../manifest/sides.js';
import type { DeclaredRule, OwnPart } from '../manifest/types.js';
import { type Equality, equalBy, IDENTICAL } from './equality.js';

/** Finds the equality of a declaration with these values; the same object for the same values. */
export class Equalities {
  readonly #known = new Map<DeclaredRule, Map<string, Equality>>();

  of(declared: DeclaredRule | undefined, binding: Binding): Equality {
    if (!declared) return IDENTICAL;
    const used = namesIn(declared, binding);
    const values = this.#known.get(declared) ?? new Map<string, Equality>();
    this.#known.set(declared, values);
    const key = bindingKey(used);
    const known = values.get(key) ?? equalBy(compileRule(declared, used));
    values.set(key, known);
    return known;
  }
}

/** The names that the right sides use. */
function namesIn(declared: DeclaredRule, binding: Binding): Binding {
  return new Map([...binding].filter(([name]) => declared.with.some(([, right]) => right.includes(`{${name}}`))));
}

function compileRule(declared: DeclaredRule, binding: Binding): TextRule {
  const substitutions = declared.with.map(([left, right]) => ({
    left: bytesFromText(left),
    right: [...binding].reduce(
      (text, [name, value]) => text.replaceAll(`{${name}}`, () => value),
      bytesFromText(right),
    ),
  }));
  return new TextRule(substitutions, declared.own.map(inBytes));
}

/** UTF-8, one char per byte. */
function bytesFromText(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function inBytes(part: OwnPart): OwnPart {
  switch (part.kind) {
    case 'lines':
      return { kind: 'lines', prefix: bytesFromText(part.prefix).replace(/^[ \t]+/, '') };
    case 'block':
      return { kind: 'block', from: bytesFromText(part.from), to: bytesFromText(part.to) };
    case 'front_matter':
    case 'first_lines':
      return part;
  }
}
