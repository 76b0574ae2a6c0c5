// Extracts printed commands from messages and runs them as a user would paste them.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLI, type Repo, type Result } from './repo.js';

/**
 * A directory that is first on the repository's PATH, with `git-dos-sync` and an editor for commit
 * messages.
 */
export class Installation {
  readonly #directory: string;

  constructor(repo: Repo) {
    this.#directory = mkdtempSync(join(tmpdir(), 'bin-'));
    this.put('git-dos-sync', `exec '${process.execPath}' '${CLI}' "$@"`);
    this.put('message-editor', 'echo edited > "$1"');
    repo.env['PATH'] = `${this.#directory}:${process.env['PATH'] ?? ''}`;
    repo.env['GIT_EDITOR'] = 'message-editor';
  }

  put(name: string, body: string): void {
    writeFileSync(join(this.#directory, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }

  delete(name: string): void {
    rmSync(join(this.#directory, name));
  }

  remove(): void {
    rmSync(this.#directory, { recursive: true });
  }
}

/** A printed command, and the description on its line. */
export interface PrintedLine {
  readonly command: string;
  readonly what: string;
}

/** The lines with printed commands: `  > command   # what it does`. */
export function printedLines({ stdout, stderr }: Result): readonly PrintedLine[] {
  const lines = `${stdout}\n${stderr}`.matchAll(/^ *> (.*?) {3}# (.*)$/gm);
  return [...lines].map(([, command = '', what = '']) => ({ command: command.trimEnd(), what }));
}

/** Every printed command, in order. */
export function printedCommands(result: Result): string[] {
  return printedLines(result).map(({ command }) => command);
}

/**
 * The first printed command that contains `part`. @throws Error with all output if there is none.
 */
export function printedCommand(result: Result, part: string): string {
  const found = printedCommands(result).find((line) => line.includes(part));
  if (found !== undefined) return found;
  throw new Error(`no command with "${part}" in:\n${result.stdout}${result.stderr}`);
}
