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

/** The numbers of lines, as in git's diffstat. */
export function sayDiffstat(added: string, removed: string): string {
  return `From the copy to the source: +${added} -${removed}`;
}

/** Under a question: how it is answered. */
export const QUESTION_HINT = 'Type a letter or use ↑↓, then Enter to select. ? helps.';
export const QUESTION_HELP: readonly string[] = [
  'The letters in brackets, the words and ↑↓ mark a choice. Enter selects the marked one.',
  'q, Esc, Ctrl-C and Ctrl-D leave the question without an answer.',
];

export type ChoiceWord = WayText['kind'] | 'use source' | 'use copy' | 'quit';

/** The label of a choice. */
export function sayChoice(word: ChoiceWord, what?: WayText): string {
  return `${word}  ${what ? sayWay(what) : meaning(word)}`;
}

/** The choice that takes every remaining fix. */
export function sayEvery(findings: number, files: number): string {
  return `every  stage the fixes of all ${findings} findings: ${files === 1 ? '1 file' : `${files} files`}`;
}

function meaning(word: ChoiceWord): string {
  switch (word) {
    case 'diff':
      return 'show the difference';
    case 'accept':
      return 'keep the difference, and record it in the manifest with a reason';
    default:
      return 'cancel the commit, change nothing';
  }
}
