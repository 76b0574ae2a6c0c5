// The words of the offer at the terminal. Each choice begins with the word that a person types.

import { show } from './show.js';

export const QUESTION = 'How should this be resolved?';

export type ChoiceWord =
  | 'fix'
  | 'rename'
  | 'every'
  | 'diff'
  | 'take'
  | 'merge'
  | 'delete'
  | 'restore'
  | 'accept'
  | 'abort';

/** The label of a choice. `count` is the number of files that it writes, for `every` the number of cases. */
export function sayChoice(word: ChoiceWord, count: number, path = ''): string {
  const files = count === 1 ? '1 file' : `${count} files`;
  switch (word) {
    case 'fix':
      return `fix      stage the fix (${files})`;
    case 'rename':
      return `fix      rename the copy too (${files})`;
    case 'every':
      return `every    stage the fix for all ${count}`;
    case 'diff':
      return 'diff     show the difference';
    case 'take':
      return `take     take the other side: ${show(path)} (${files})`;
    case 'merge':
      return `merge    merge the two changes (${files})`;
    case 'delete':
      return `delete   delete the other side too (${files})`;
    case 'restore':
      return 'restore  bring the deleted file back';
    case 'accept':
      return 'accept   keep the difference, as an exception with a reason';
    case 'abort':
      return 'abort    leave everything as it is, no commit';
  }
}
