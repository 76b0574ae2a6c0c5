// The texts of the table of places.

import type { Mark } from '../format/place-table.js';
import { show } from './show.js';

const MEANINGS = {
  '=': 'in sync',
  '!': 'drifted',
  '-': 'missing',
  '?': 'not checked',
  '~': 'excepted',
  '+': 'on one side only',
} as const satisfies Record<Mark, string>;

/** The order of the marks: those that need action first. */
export const MARKS_IN_ORDER: readonly Mark[] = ['!', '-', '?', '=', '~', '+'];

export function sayMark(mark: Mark): string {
  return MEANINGS[mark];
}

export function sayPlace(place: string): string {
  return place === '' ? '(top level)' : show(place);
}

export const SOURCE = 'source';

export const ARTIFACT = 'artifact';

export function sayRoots(count: number): string {
  return `${count} copies`;
}
