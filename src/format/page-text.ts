// Texts inside HTML, and the marks of a legend.

import { MARKS_IN_ORDER, sayMark } from '../messages/status.js';
import type { Mark, Marks } from './place-table.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe as text and in a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Escaped; a long path can be divided after a slash. */
export function breakable(path: string): string {
  return escaped(path).replaceAll('/', '/<wbr>');
}

export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 'yyyy-mm-dd'.length);
}

/** A list of colours with their meanings. */
export function formatLegend(items: readonly (readonly [string, string])[]): string[] {
  const entries = items.map(([colour, text]) => `<li><i style="background:${colour}"></i>${escaped(text)}</li>`);
  return entries.length > 0 ? [`<ul class="legend">${entries.join('')}</ul>`] : [];
}

/** The class of each mark in the page's style. */
const CLASSES: Readonly<Record<Mark, string>> = {
  '!': 'drifted',
  '-': 'missing',
  '?': 'unchecked',
  '=': 'same',
  '~': 'excepted',
  '+': 'onesided',
};

/** For example `2 drifted`, `10 in sync`: words, so that colour is not needed to read it. */
export function formatChips(marks: Marks): string {
  return MARKS_IN_ORDER.filter((mark) => marks[mark])
    .map((mark) => `<span class="chip ${CLASSES[mark]}">${marks[mark]} ${sayMark(mark)}</span>`)
    .join(' ');
}
