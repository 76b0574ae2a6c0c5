// The texts of the offer at the terminal. Each choice begins with the word that the user types.

import { show } from './show.js';
import { sayWay, type WayText } from './ways.js';

/** The question about one of several findings. */
export function sayQuestion(at: number, of: number, path: string): string {
  return of === 1 ? 'How should this be resolved?' : `${at} of ${of}, ${show(path)}: how should this be resolved?`;
}

/** The lines of one finding, numbered if there are several. */
export function sayNumbered([first = '', ...rest]: readonly string[], at: number, of: number): string[] {
  return of === 1 ? [first, ...rest] : [`${at} of ${of}: ${first}`, ...rest.map((line) => `  ${line}`)];
}

export type ChoiceWord = WayText['kind'] | 'source' | 'copy' | 'every' | 'abort';

const WIDTH = 8;

/** The label of a choice. For `every`, the number of findings. */
export function sayChoice(word: ChoiceWord, what?: WayText | number): string {
  return `${word.padEnd(WIDTH)} ${meaning(word, what)}`;
}

function meaning(word: ChoiceWord, what: WayText | number | undefined): string {
  if (typeof what === 'number') return `stage the fix for all ${what}`;
  if (what) return sayWay(what);
  switch (word) {
    case 'diff':
      return 'show the difference';
    case 'accept':
      return 'keep the difference, and record it in the manifest with a reason';
    default:
      return 'cancel the commit, change nothing';
  }
}
