// Which choice a typed letter or word means.

/** A choice of a question. */
export interface Choice<Value> {
  readonly value: Value;
  /** The word that the user types, two or more spaces, and what it does. */
  readonly name: string;
  /** Other words that mean it. */
  readonly also?: readonly string[];
  /** Its letter leaves the question at once, because it changes nothing. */
  readonly leaves?: true;
}

/** A choice with its letter; the first of two with the same letter has it. */
export interface Lettered<Value> {
  readonly value: Value;
  readonly word: string;
  readonly what: string;
  readonly letter: string | undefined;
  readonly also: readonly string[];
  readonly leaves: boolean;
}

/** Letters that cancel a question that does not use them otherwise. */
const CANCEL: readonly string[] = ['n', 'q'];

/** Gives each choice the first free letter of its last word. */
export function letterAll<Value>(choices: readonly Choice<Value>[]): readonly Lettered<Value>[] {
  const taken = new Set<string>();
  return choices.map(({ value, name, also = [], leaves = false }) => {
    const [word = '', what = ''] = name.split(/\s{2,}/);
    const letter = [...(word.split(' ').at(-1) ?? '')].find((each) => !taken.has(each));
    // safeguard letters-once (T13): one letter has one meaning (unit/ask/letters)
    if (letter !== undefined) taken.add(letter);
    return { value, word, what, letter, also, leaves };
  });
}

/** The index of the choice that is meant; `cancel` for none of them; undefined if nothing fits. */
export function pick(choices: readonly Lettered<unknown>[], typed: string): number | 'cancel' | undefined {
  const text = typed.toLowerCase();
  const byLetter = choices.findIndex(({ letter }) => letter === text);
  if (byLetter >= 0) return choices[byLetter]?.leaves ? 'cancel' : byLetter;
  const byWord = choices.findIndex(({ word, also }) => {
    return text !== '' && [word, ...word.split(' '), ...also].some((each) => each.startsWith(text));
  });
  if (byWord >= 0) return byWord;
  return CANCEL.includes(text) ? 'cancel' : undefined;
}

/** `[f]ix`: the word with its letter marked. */
export function markLetter({ word, letter }: Lettered<unknown>): string {
  if (letter === undefined) return word;
  const at = word.lastIndexOf(' ') + 1;
  const found = word.indexOf(letter, at);
  return `${word.slice(0, found)}[${letter}]${word.slice(found + 1)}`;
}
