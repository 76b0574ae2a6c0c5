// The question at the terminal. A file of its own when built, so that the prompts library is read only where somebody is asked.

import select from '@inquirer/select';
import type { Terminal } from './terminal.js';

export interface Choice<Value> {
  readonly value: Value;
  /** Begins with the word that a person types. */
  readonly name: string;
}

/** The chosen value, or undefined if the person left with Ctrl-C. The last choice is the default. */
export async function askAt<Value>(
  terminal: Terminal,
  question: string,
  choices: readonly Choice<Value>[],
): Promise<Value | undefined> {
  const last = choices[choices.length - 1];
  try {
    return await select<Value>(
      { message: question, choices: [...choices], ...(last && { default: last.value }), loop: false, pageSize: 12 },
      { input: terminal.input, output: terminal.output },
    );
  } catch (error) {
    if (error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortPromptError'))
      return undefined;
    throw error;
  }
}
