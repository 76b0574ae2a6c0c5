// A real terminal: util-linux's `script` gives the command a pseudo-terminal.

import { type ChildProcess, spawn } from 'node:child_process';

const DEADLINE = 20_000;

export class TestTerminal {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number>;
  #screen = '';
  #read = 0;
  #waiting: (() => void) | undefined;

  /** `command` for sh, in `cwd`. */
  constructor(command: string, cwd: string, env: Record<string, string> = {}) {
    this.#child = spawn('script', ['-qefc', command, '/dev/null'], {
      cwd,
      env: { ...process.env, TERM: 'xterm', GIT_PAGER: 'cat', SHELL: '/bin/sh', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.#screen += chunk.toString('utf8').replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '');
      this.#waiting?.();
    });
    // What is typed after the end is lost; a failed wait has the reason.
    this.#child.stdin?.on('error', () => undefined);
    this.#ended = new Promise((resolve) => {
      this.#child.on('close', (code) => resolve(code ?? -1));
    });
  }

  get screen(): string {
    return this.#screen;
  }

  /**
   * Resolves once the text has appeared since the last wait; rejects with the screen if it does
   * not.
   */
  waitFor(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#child.kill('SIGKILL');
        reject(new Error(`never saw ${JSON.stringify(text)} on\n${this.#screen}`));
      }, DEADLINE);
      const look = (): void => {
        const at = this.#screen.indexOf(text, this.#read);
        if (at < 0) return;
        this.#read = at + text.length;
        this.#waiting = undefined;
        clearTimeout(timer);
        resolve();
      };
      this.#waiting = look;
      look();
    });
  }

  type(text: string): void {
    this.#child.stdin?.write(text);
  }

  async end(): Promise<number> {
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), DEADLINE);
    const code = await this.#ended;
    clearTimeout(timer);
    return code;
  }
}

/** What the prompt draws last: then it reads input. */
export const LISTENING = 'select';

/** What the prompt draws after an answer. */
export const ANSWERED = '✔';
