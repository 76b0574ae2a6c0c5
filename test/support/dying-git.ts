// A git on PATH that gets killed: before or after its answer, or, if it is long-lived, after a
// number of answers.

import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Repo, Result } from './repo.js';

/** Where a git dies. `answers`: the number of answers before that. */
export interface Death {
  readonly command: string;
  readonly answers: number;
}

/** A proxy for a long-lived git; counts the requests by their `flush`. */
const PROXY = `
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
const [answers, log, git, ...args] = process.argv.slice(2);
const child = spawn(git, args, { stdio: ['pipe', 'inherit', 'inherit'] });
let asked = 0;
child.on('close', (code) => process.exit(code ?? 128));
process.stdin.on('end', () => child.stdin.end());
process.stdin.on('data', (bytes) => {
  child.stdin.write(bytes);
  const more = bytes.toString('latin1').split('flush\\0').length - 1;
  for (let at = 0; at < more; at += 1) appendFileSync(log, '*' + args.join(' ') + '\\n');
  asked += more;
  if (answers !== '' && asked >= Number(answers)) setTimeout(() => process.kill(process.pid, 'SIGKILL'), 60);
});
`;

export class DyingGit {
  readonly #place = mkdtempSync(join(tmpdir(), 'dying-git-'));
  readonly #log = join(this.#place, 'log');

  constructor(real: string) {
    const proxy = join(this.#place, 'proxy.mjs');
    writeFileSync(proxy, PROXY);
    const long = `exec '${process.execPath}' '${proxy}' "\${answers}" '${this.#log}' '${real}' "$@"`;
    const lines = [
      '#!/bin/sh',
      `printf '%s\\n' "$*" >>'${this.#log}'`,
      'answers=',
      '[ "$*" != "$DIES" ] || answers=$DIES_AFTER',
      `case "$*" in *--batch-command*) ${long} ;; esac`,
      `[ -n "$answers" ] || exec '${real}' "$@"`,
      `[ "$answers" = 0 ] || '${real}' "$@"`,
      'kill -9 $$',
    ];
    const file = join(this.#place, 'git');
    writeFileSync(file, `${lines.join('\n')}\n`);
    chmodSync(file, 0o755);
  }

  /** The possible deaths of the work, from one run in which no git dies. */
  deathsOf(repo: Repo, work: () => Result): { readonly alive: Result; readonly deaths: readonly Death[] } {
    writeFileSync(this.#log, '');
    const alive = this.#within(repo, work);
    const lines = readFileSync(this.#log, 'utf8').split('\n').filter(Boolean);
    const commands = [...new Set(lines.filter((line) => !line.startsWith('*')))];
    const deaths = commands.flatMap((command) => {
      const asked = lines.filter((line) => line === `*${command}`).length;
      const answers = asked === 0 ? [0, 1] : [1, 2, Math.ceil(asked / 2), asked].filter((each) => each <= asked);
      return [...new Set(answers)].map((each) => ({ command, answers: each }));
    });
    // First a long-lived git that dies between requests, because no reader might ever notice that.
    const rank = ({ command, answers }: Death) => (command.includes('--batch-command') ? 0 : 1) + answers / 100;
    deaths.sort((one, other) => rank(one) - rank(other));
    return { alive, deaths };
  }

  dies(repo: Repo, { command, answers }: Death, work: () => Result): Result {
    Object.assign(repo.env, { DIES: command, DIES_AFTER: String(answers) });
    const result = this.#within(repo, work);
    delete repo.env['DIES'];
    return result;
  }

  #within(repo: Repo, work: () => Result): Result {
    repo.env['PATH'] = `${this.#place}${delimiter}${process.env['PATH'] ?? ''}`;
    const result = work();
    delete repo.env['PATH'];
    return result;
  }

  remove(): void {
    rmSync(this.#place, { recursive: true });
  }
}
