// Messages of `explain`: each pair of a path, and why it is one.

import { NAME_TAKEN } from './check.js';
import { type CommitText, sayCommit } from './provenance.js';
import { show } from './show.js';

const WIDEST = 'exception'.length;

function row(label: string, text: string): string {
  return `  ${label.padEnd(WIDEST)}  ${text}`;
}

export interface ExplainedPair {
  readonly a: string | null;
  readonly b: string | null;
  /** `pairs[0]`. */
  readonly place: string;
  readonly key: string;
  readonly names: readonly (readonly [name: string, value: string])[];
  /** The alias that renames inside the pair. */
  readonly alias: string | undefined;
  readonly exception: string | undefined;
  /** The pair's name and note. */
  readonly about: string | undefined;
  /** How its texts may differ. */
  readonly rule: string | undefined;
  readonly verdict: string;
  readonly history: readonly string[];
}

export function sayPair(text: ExplainedPair): string[] {
  const names = text.names.map(([name, value]) => `{${name}} = ${show(value)}`).join(', ');
  return [
    `${show(text.a ?? NAME_TAKEN)} -> ${show(text.b ?? NAME_TAKEN)}`,
    row('declared', `${text.place}: ${show(text.key)}`),
    ...(names === '' ? [] : [row('names', names)]),
    ...(text.alias === undefined ? [] : [row('alias', show(text.alias))]),
    ...(text.exception === undefined ? [] : [row('exception', show(text.exception))]),
    ...(text.about === undefined ? [] : [row('note', show(text.about))]),
    ...(text.rule === undefined ? [] : [row('rule', text.rule)]),
    row('verdict', text.verdict),
    ...text.history.map((line, at) => row(at === 0 ? 'history' : '', line)),
  ];
}

export function sayLapsed(reason: string): string {
  return `${reason} (lapsed: one side has changed since)`;
}

export function sayLastChanged(commit: CommitText): string {
  return `last changed in ${sayCommit(commit)}`;
}

export function sayExcluded(path: string, place: string, key: string): string {
  return `${show(path)} is excluded from ${place}: ${show(key)}`;
}

export function sayNothingThere(path: string, place: string, key: string): string {
  return `${show(path)} is covered by ${place}: ${show(key)}, but there is nothing to compare`;
}

export const NOTHING_DIFFERS = 'nothing differs';

export function sayCannotShow(path: string): string {
  return `${show(path)} cannot be shown: its name is not UTF-8`;
}
