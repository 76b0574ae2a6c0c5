// A shell at a real terminal: lines are typed as a person would, and questions are answered.

import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as assert from 'uvu/assert';
import type { Repo } from './repo.js';
import { ANSWERED, LISTENING, TestTerminal } from './terminal.js';

const PROMPT = 'ready> ';

export class TypedShell {
  readonly #terminal: TestTerminal;
  #started = false;

  constructor({ top, env }: Repo) {
    this.#terminal = new TestTerminal('sh -i', top, {
      ...env,
      npm_config_update_notifier: 'false',
      PS1: `\n[$?] ${PROMPT}`,
      HISTFILE: '/dev/null',
    });
  }

  /** Types a line, and one key for each question that it asks. @returns what it printed. */
  async run(line: string, ...answers: readonly string[]): Promise<{ readonly code: number; readonly printed: string }> {
    if (!this.#started) await this.#terminal.waitFor(PROMPT);
    this.#started = true;
    const from = this.#terminal.screen.length;
    this.#terminal.type(`${line}\r`);
    for (const [at, answer] of answers.entries()) {
      if (at > 0) await this.#terminal.waitFor(ANSWERED);
      await this.#terminal.waitFor(LISTENING);
      this.#terminal.type(`${answer}\r`);
    }
    await this.#terminal.waitFor(PROMPT);
    const printed = this.#terminal.screen.slice(from).replaceAll('\r', '');
    const [, code = '-1'] = /\[(\d+)\] ready> $/.exec(printed) ?? [];
    return { code: Number(code), printed };
  }

  /** The same, for a line that must succeed. @returns what it printed. */
  async must(line: string, ...answers: readonly string[]): Promise<string> {
    const { code, printed } = await this.run(line, ...answers);
    assert.is(code, 0, printed);
    return printed;
  }

  async end(): Promise<void> {
    this.#terminal.type('exit\r');
    await this.#terminal.end();
  }
}

/**
 * Types each command of a session, with the answers that the session shows. `names`: what the
 * session calls each path of this machine. @returns the session as it was on the screen; only the
 * command where the session shows no output.
 */
export async function replayTyped(
  shell: TypedShell,
  session: string,
  names: readonly (readonly [string, string])[],
): Promise<string> {
  await shell.must(`stty cols ${WIDE}`);
  const seen: string[] = [];
  for (const part of session.split(/^(?=\$ )/m)) {
    const [, command = '', shown = ''] = /^\$ (.*?)\n(.*)$/s.exec(part) ?? [];
    const answers = [...shown.matchAll(/^✔ .*\? (\w)/gm)].map(([, answer = '']) => answer);
    const printed = await shell.must(command, ...answers);
    seen.push(`$ ${command}\n${shown === '' ? '' : cleaned(printed, names)}`);
  }
  return seen.join('');
}

function cleaned(printed: string, names: readonly (readonly [string, string])[]): string {
  const renamed = names.reduce((text, [from, to]) => text.replaceAll(from, to), printed);
  const [, screen = ''] = /^.*?\n(.*)\n\[0\] ready> $/s.exec(renamed) ?? [];
  return screen.replace(SPINNER, '').replace(BEING_ASKED, '');
}

const WIDE = 200;
/** npx draws it. */
const SPINNER = /[\u2800-\u28ff]/g;
/** A question with its choices, once for each key. */
const BEING_ASKED = /\? .*\?\n(?:.*\n){2,8}?Type a letter .* helps\.(?=[✔?])/g;

/** Puts a package of this checkout where `npm install` would, with its programs. */
export function putDependency(repo: Repo, name: string, programs: Readonly<Record<string, string>>): void {
  const from = name === 'dos-sync' ? process.cwd() : resolve('node_modules', name);
  mkdirSync(repo.path('node_modules/.bin'), { recursive: true });
  for (const part of readdirSync(from).filter((each) => PUBLISHED.test(each))) {
    cpSync(join(from, part), repo.path(`node_modules/${name}/${part}`), { recursive: true });
  }
  for (const [program, file] of Object.entries(programs)) {
    symlinkSync(`../${name}/${file}`, repo.path(`node_modules/.bin/${program}`));
  }
}

const PUBLISHED = /^(?:dist|templates|husky|package\.json|schema\.json|bin\.js|index\.js)$/;
