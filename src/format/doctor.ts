// Doctor's notes as JSON, and as text: a word, the sentence, and below it the command to type.

import { show } from '../messages/show.js';
import pc from './colors.js';
import { buildHead, type ReportHead } from './report.js';

interface Line {
  readonly level: 'ok' | 'warning' | 'problem';
  readonly says: string;
  readonly next?: string;
}

interface JsonNote extends Line {
  readonly probe: string;
}

/** `doctor --json`. */
export interface DoctorReport extends ReportHead<'doctor'> {
  readonly notes: readonly JsonNote[];
}

export function buildDoctorJson(exitCode: 0 | 1, notes: readonly JsonNote[]): DoctorReport {
  return { ...buildHead('doctor', exitCode), notes };
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
