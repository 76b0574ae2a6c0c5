// The question at the terminal. A file of its own when built, so that the prompts library is read
// only where somebody is asked.

import { createInterface } from 'node:readline';
import select from '@inquirer/select';
import type { Terminal } from './terminal.js';

export interface Choice<Value> {
  readonly value: Value;
  /** Begins with the word that a person types. */
  readonly name: string;
}

/** The chosen value, or undefined if the person left with Ctrl-C. Enter alone takes `standard`, or
 * else the last choice. */
export async function askAt<Value>(
  terminal: Terminal,
  question: string,
  choices: readonly Choice<Value>[],
  standard: Value | undefined = choices.at(-1)?.value,
): Promise<Value | undefined> {
  try {
    return await select<Value>(
      { message: question, choices: [...choices], default: standard, loop: false, pageSize: 12 },
      { input: terminal.input, output: terminal.output },
    );
  } catch (error) {
    if (error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortPromptError'))
      return undefined;
    throw error;
  }
}

/** One line of text; undefined if the person left, or typed nothing. */
export async function askTextAt({ input, output }: Terminal, question: string): Promise<string | undefined> {
  const lines = createInterface({ input, output });
  try {
    return await new Promise((resolve) => {
      lines.on('close', () => resolve(undefined));
      lines.on('SIGINT', () => lines.close());
      lines.question(`${question} `, (answer) => resolve(answer.trim() || undefined));
    });
  } finally {
    lines.close();
  }
}
