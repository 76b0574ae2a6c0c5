// What pairs and aliases may declare beside their sides: how their texts differ, a name, a note.

import type { JSONPath } from 'jsonc-parser';
import * as say from '../messages/pairs.js';
import type { Complain } from './complain.js';
import { MOST_SUBSTITUTIONS } from './schema.js';
import type { DeclaredPair, DeclaredRule, OwnPart } from './types.js';

export const DECLARATION_KEYS: readonly string[] = ['with', 'own', 'name', 'note'];

type Fields = Readonly<Record<string, unknown>>;

/** The rule, name and note of a pair or an alias; problems go to `complain`. */
export function readDeclaration(
  object: object,
  at: JSONPath,
  complain: Complain,
): Pick<DeclaredPair, 'textRule' | 'name' | 'note'> {
  const fields = object as Fields;
  const note = (key: JSONPath, { message, hint }: say.PairText) => complain([...at, ...key], message, hint);
  const rule = {
    with: fields['with'] === undefined ? [] : readSubstitutions(fields['with'], note),
    own: fields['own'] === undefined ? [] : readOwn(fields['own'], note),
  };
  for (const key of ['name', 'note']) {
    const value = fields[key];
    // safeguard empty-names: an empty name or note is refused (unit/manifest/declaration)
    if (value !== undefined && (typeof value !== 'string' || value.trim() === '')) note([key], say.notText(key));
  }
  const { name, note: why } = fields;
  return {
    ...(rule.with.length + rule.own.length > 0 && { textRule: rule }),
    ...(typeof name === 'string' && { name }),
    ...(typeof why === 'string' && { note: why }),
  };
}

type Note = (key: JSONPath, problem: say.PairText) => void;

function readSubstitutions(value: unknown, note: Note): DeclaredRule['with'] {
  // safeguard with-list: another shape of with is refused (unit/manifest/declaration)
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_SUBSTITUTIONS) {
    note(['with'], say.NOT_SUBSTITUTIONS);
    return [];
  }
  const lefts = new Set<unknown>();
  return value.flatMap((each: unknown, index): [string, string][] => {
    // safeguard with-pairs: a substitution needs two texts (unit/manifest/declaration)
    if (!isTwoTexts(each)) {
      note(['with', index], say.NOT_SUBSTITUTION);
      return [];
    }
    // safeguard with-empty: nothing is replaced by something (unit/manifest/declaration)
    if (each[0] === '') note(['with', index, 0], say.NOTHING_REPLACED);
    // safeguard with-twice: a word is replaced once (unit/manifest/declaration)
    if (lefts.has(each[0])) note(['with', index, 0], say.REPLACED_TWICE);
    lefts.add(each[0]);
    return [each];
  });
}

function isTwoTexts(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((each) => typeof each === 'string');
}

function readOwn(value: unknown, note: Note): readonly OwnPart[] {
  // safeguard own-list: another shape of own is refused (unit/manifest/declaration)
  if (!Array.isArray(value) || value.length === 0) {
    note(['own'], say.NOT_OWN_LIST);
    return [];
  }
  const seen = new Set<string>();
  return value.flatMap((each: unknown, index): OwnPart[] => {
    const part = readPart(each);
    // safeguard own-parts: an unknown part is refused (unit/manifest/declaration)
    if (!part) {
      note(['own', index], say.NOT_OWN_PART);
      return [];
    }
    // safeguard own-one-line: a marker is one line (unit/manifest/declaration)
    if (Object.values(part).some((text) => /[\r\n]/.test(String(text)))) note(['own', index], say.NOT_ONE_LINE);
    // Two numbers of first lines, or two ends of one block, contradict each other.
    const key =
      part.kind === 'lines' ? `lines ${part.prefix}` : part.kind === 'block' ? `from ${part.from}` : part.kind;
    // safeguard own-twice: a part is named once (unit/manifest/declaration)
    if (seen.has(key)) note(['own', index], say.OWN_TWICE);
    seen.add(key);
    return [part];
  });
}

function readPart(value: unknown): OwnPart | undefined {
  if (value === 'front_matter') return { kind: 'front_matter' };
  if (typeof value !== 'object' || value === null) return undefined;
  const { first_lines: count, lines: prefix, from, to } = value as Fields;
  const keys = Object.keys(value).sort().join();
  if (keys === 'first_lines' && Number.isInteger(count) && Number(count) > 0) {
    return { kind: 'first_lines', count: Number(count) };
  }
  if (keys === 'lines' && isWord(prefix)) return { kind: 'lines', prefix };
  return keys === 'from,to' && isWord(from) && isWord(to) ? { kind: 'block', from, to } : undefined;
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
