// The commands that messages print, taken from them and run as a person would paste them.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLI, type Repo, type Result } from './repo.js';

/** A directory that is first on the repository's PATH and holds `git-dos-sync`, and an editor for
 * commit messages. */
export class Installation {
  readonly #directory: string;

  constructor(repo: Repo) {
    this.#directory = mkdtempSync(join(tmpdir(), 'bin-'));
    this.put('git-dos-sync', `exec '${process.execPath}' '${CLI}' "$@"`);
    this.put('message-editor', 'echo edited > "$1"');
    repo.env['PATH'] = `${this.#directory}:${process.env['PATH'] ?? ''}`;
    repo.env['GIT_EDITOR'] = 'message-editor';
  }

  /** Writes a script of sh. */
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

/** A printed command, and what its line says that it does. */
export interface PrintedLine {
  readonly command: string;
  readonly what: string;
}

/** The lines of the one form in which commands are printed: `  > command   # what it does`. */
export function printedLines({ stdout, stderr }: Result): readonly PrintedLine[] {
  const lines = `${stdout}\n${stderr}`.matchAll(/^ *> (.*?) {3}# (.*)$/gm);
  return [...lines].map(([, command = '', what = '']) => ({ command: command.trimEnd(), what }));
}

/** Every command that is printed for a person to run, in order. */
export function printedCommands(result: Result): string[] {
  return printedLines(result).map(({ command }) => command);
}

/** The first of them with this in it. @throws Error with all that was said if there is none. */
export function printedCommand(result: Result, part: string): string {
  const found = printedCommands(result).find((line) => line.includes(part));
  if (found !== undefined) return found;
  throw new Error(`no command with "${part}" in:\n${result.stdout}${result.stderr}`);
}
