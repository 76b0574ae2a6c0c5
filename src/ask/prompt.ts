// The prompt at the terminal. Built into a separate file, so that the prompts library is loaded
// only for a prompt.

import { createInterface } from 'node:readline';
import { choose } from './choose.js';
import type { Choice } from './letters.js';
import type { Terminal } from './terminal.js';

/**
 * The chosen value; undefined after Ctrl-C, Ctrl-D, Esc, q or n. Enter alone takes `standard`, or
 * else the last choice.
 */
export async function askAt<Value>(
  terminal: Terminal,
  question: string,
  choices: readonly Choice<Value>[],
  standard: Value | undefined = choices.at(-1)?.value,
): Promise<Value | undefined> {
  try {
    return await choose({ message: question, choices, standard, output: terminal.output }, terminal);
  } catch (error) {
    if (error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortPromptError'))
      return undefined;
    throw error;
  }
}

/** One line of text; undefined after Ctrl-C or without input. */
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
