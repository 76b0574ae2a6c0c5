// One question with choices: arrow keys, letters or words select, Enter takes the marked one.

import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import {
  createPrompt,
  isBackspaceKey,
  isDownKey,
  isEnterKey,
  isUpKey,
  makeTheme,
  useEffect,
  useKeypress,
  usePagination,
  usePrefix,
  useState,
} from '@inquirer/core';
import { QUESTION_HELP, QUESTION_HINT } from '../messages/offer.js';
import { type Choice, type Lettered, letterAll, markLetter, pick } from './letters.js';
import { measureAgain } from './terminal.js';

interface Question<Value> {
  readonly message: string;
  readonly choices: readonly Choice<Value>[];
  /** The choice that is marked first. */
  readonly standard: Value | undefined;
  readonly output: WriteStream;
}

/** The answer; undefined if the user left the question. */
export type Answer<Value> = Value | undefined;

const MOST_LINES = 12;
const CLEAR_SCREEN = '\u001b[2J\u001b[H';
const HIDE_CURSOR = '\u001b[?25l';

export const choose: <Value>(
  question: Question<Value>,
  context: { input: NodeJS.ReadableStream; output: NodeJS.WritableStream },
) => Promise<Answer<Value>> = createPrompt<unknown, Question<unknown>>((question, done) => {
  const choices = letterAll(question.choices);
  const first = question.choices.findIndex(({ value }) => value === question.standard);
  const [active, setActive] = useState(Math.max(0, first));
  const [ended, setEnded] = useState<'no' | 'answered' | 'left'>('no');
  const [helps, setHelps] = useState(false);
  const prefix = usePrefix({ status: ended === 'answered' ? 'done' : 'idle', theme: makeTheme() });
  const end = (how: 'answered' | 'left'): void => {
    setEnded(how);
    done(how === 'left' ? undefined : choices[active]?.value);
  };
  useKeypress((key, line) => {
    const typed = line.line;
    if (isEnterKey(key)) return end('answered');
    if (key.name === 'escape' || (key.ctrl && key.name === 'd')) return end('left');
    if (isUpKey(key) || isDownKey(key)) {
      line.clearLine(0);
      return setActive(Math.min(choices.length - 1, Math.max(0, active + (isUpKey(key) ? -1 : 1))));
    }
    if (isBackspaceKey(key)) return line.clearLine(0);
    if (typed.trim() === '?') {
      line.clearLine(0);
      return setHelps(!helps);
    }
    const picked = pick(choices, typed) ?? pickLast(choices, typed, () => line.clearLine(0));
    if (picked === 'cancel') return end('left');
    if (picked !== undefined) setActive(picked);
  });
  useResize(question.output);
  // readline closes itself on Ctrl-D, and if the terminal is gone; an answer was given before.
  useEffect(() => () => done(undefined), []);
  const page = usePagination({
    items: [...choices],
    active,
    renderItem: ({ item, isActive }) => renderChoice(item, isActive, widthOf(choices)),
    pageSize: MOST_LINES,
    loop: false,
  });
  const heading = `${prefix} ${styleText('bold', question.message)}`;
  if (ended === 'left') return heading;
  if (ended === 'answered') return `${heading} ${styleText('cyan', choices[active]?.word ?? '')}`;
  const help = (helps ? QUESTION_HELP : [QUESTION_HINT]).map((each) => styleText('dim', each));
  return `${[heading, page, ...help].join('\n')}${HIDE_CURSOR}`;
}) as never;

/** A letter after an unfinished word begins a new one. */
function pickLast(choices: readonly Lettered<unknown>[], typed: string, forget: () => void) {
  const picked = typed.length > 1 ? pick(choices, typed.slice(-1)) : undefined;
  if (picked !== undefined) forget();
  return picked;
}

function widthOf(choices: readonly Lettered<unknown>[]): number {
  return Math.max(...choices.map((each) => markLetter(each).length));
}

function renderChoice(item: Lettered<unknown>, isActive: boolean, width: number): string {
  const line = `${isActive ? '❯' : ' '} ${markLetter(item).padEnd(width)}  ${item.what}`;
  return isActive ? styleText('cyan', line) : line;
}

/** Draws the question again after a resize: wrapped lines could otherwise stand there twice. */
function useResize(output: WriteStream): void {
  const [, draw] = useState({});
  useEffect(() => {
    const redraw = (): void => {
      measureAgain(output);
      output.write(CLEAR_SCREEN);
      draw({});
    };
    process.on('SIGWINCH', redraw);
    return () => void process.off('SIGWINCH', redraw);
  }, []);
}
