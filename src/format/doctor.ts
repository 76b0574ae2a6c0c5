// Doctor's notes as text: a word, the sentence, and below it the command to type.

import pc from 'picocolors';
import { show } from '../messages/show.js';

interface Line {
  readonly level: 'ok' | 'warning' | 'problem';
  readonly says: string;
  readonly next?: string;
}

const PAINT = { ok: pc.green, warning: pc.yellow, problem: pc.red };
const WIDTH = 'warning'.length;

export function formatDoctor(notes: readonly Line[]): string[] {
  return notes.flatMap(({ level, says, next }) => {
    const [first = '', ...rest] = says.split('\n').map(show);
    const indent = ' '.repeat(WIDTH + 2);
    return [
      `${PAINT[level](level.padEnd(WIDTH))}  ${first}`,
      ...rest.map((line) => `${indent}${line}`),
      ...(next === undefined ? [] : [`${indent}  ${show(next)}`]),
    ];
  });
}
