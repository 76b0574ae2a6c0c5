// Asks before a write outside the repository: each file by name, at a terminal, every time.

import { hasTerminal, withTerminal } from '../ask/terminal.js';
import * as say from '../messages/trust.js';
import type { Output } from './output.js';

/** The answer; `nobody` without a terminal. */
export type WriteAnswer = 'yes' | 'no' | 'nobody';

/** Lists the files and asks. */
export async function askToWrite(files: readonly string[], output: Output): Promise<WriteAnswer> {
  output.print([say.WOULD_WRITE_OUTSIDE, ...files.map(say.sayWouldWrite)]);
  if (!hasTerminal()) return 'nobody';
  const { askAt } = await import('../ask/prompt.js');
  const choices = (['write', 'leave'] as const).map((value) => ({ value, name: say.WRITE_CHOICES[value] }));
  const answer = await withTerminal((terminal) => askAt(terminal, say.WRITE_QUESTION, choices));
  return answer === 'write' ? 'yes' : 'no';
}
