// Records a session at a terminal as docs/recording.svg: a commit is blocked, the question is
// answered, the commit passes.
// usage: tsx scripts/recording.ts (dist/ must be built)

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execaSync } from 'execa';
import { drawLines, Screen, type ScreenLine, textOfLine } from './screen.js';

const CLI = resolve('dist/cli.js');

const BEFORE = {
  '.dos-sync-manifest.json': '{ "pairs": [{ "a": "docs", "b": "web" }], "fix_direction": "live_to_submodule" }\n',
  'docs/api.md': 'one call\n',
  'web/api.md': 'one call\n',
};

const QUIET = 150;
const LIMIT = 30_000;

/** A command at a pseudo-terminal, whose screen is read while it runs. */
class Recorded {
  readonly screen = new Screen();
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #last = Date.now();

  constructor(command: string, cwd: string, env: NodeJS.ProcessEnv) {
    const words = ['-qefc', `stty cols 100 rows 40; ${command}`, '/dev/null'];
    this.#child = spawn('script', words, { cwd, env, stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      this.screen.write(chunk);
      this.#last = Date.now();
    });
    this.#ended = new Promise((resolveWith) => this.#child.on('close', resolveWith));
  }

  /** The lines on the screen, once they contain the text and nothing more is written. */
  async see(text: string): Promise<readonly ScreenLine[]> {
    const start = Date.now();
    while (!this.screen.text.includes(text) || Date.now() - this.#last < QUIET) {
      if (Date.now() - start > LIMIT) {
        this.#child.kill('SIGKILL');
        throw new Error(`never saw ${text} on\n${this.screen.text}`);
      }
      await new Promise((wake) => setTimeout(wake, 20));
    }
    return this.screen.lines;
  }

  type(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  async end(): Promise<readonly ScreenLine[]> {
    await this.#ended;
    return this.screen.lines;
  }
}

/** Dates are fixed, so that the commit ids never change; colours are those of a terminal. */
export function recordingEnvironment(home: string): NodeJS.ProcessEnv {
  const left = /^(?:GIT_|FORCE_COLOR$|NO_COLOR$|CI$|COLUMNS$|DOS_SYNC)/;
  const inherited = Object.entries(process.env).filter(([name]) => !left.test(name));
  const env = Object.fromEntries(inherited) as NodeJS.ProcessEnv;
  Object.assign(env, { HOME: home, TERM: 'xterm', SHELL: '/bin/sh', LC_ALL: 'C.UTF-8', GIT_CONFIG_NOSYSTEM: '1' });
  for (const role of ['AUTHOR', 'COMMITTER']) {
    Object.assign(env, { [`GIT_${role}_NAME`]: 'Ada', [`GIT_${role}_EMAIL`]: 'ada@example.com' });
    env[`GIT_${role}_DATE`] = '2026-01-07T12:00:00Z';
  }
  return env;
}

export function typedLine(command: string): ScreenLine {
  return [{ text: `$ ${command}`, style: 'fill="#7ee787"' }];
}

/** The lines of one command; each key is typed when its text is on the screen. */
export async function record(
  command: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
  answers: readonly (readonly [text: string, key: string])[] = [],
): Promise<readonly ScreenLine[]> {
  const recorded = new Recorded(command, cwd, env);
  let asked: readonly ScreenLine[] = [];
  for (const [text, key] of answers) {
    asked = await recorded.see(text);
    recorded.type(key);
  }
  const after = await recorded.end();
  const answered = after.findIndex((line) => textOfLine(line).startsWith('✔'));
  const shown = answered < 0 ? after : [...asked, ...after.slice(answered)];
  return [typedLine(command), ...shown];
}

/** The session of this run. */
export async function recordSession(): Promise<readonly ScreenLine[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'dos-sync-recording-'));
  const env = recordingEnvironment(scratch);
  const prepare = (command: string) => execaSync('sh', ['-ec', command], { cwd: scratch, env, extendEnv: false });
  try {
    for (const [path, content] of Object.entries(BEFORE)) {
      mkdirSync(dirname(join(scratch, path)), { recursive: true });
      writeFileSync(join(scratch, path), content);
    }
    prepare(`git init -q -b main && '${process.execPath}' '${CLI}' install`);
    prepare('git add docs web .dos-sync-manifest.json && git commit -qm first');
    return [
      ...(await record('echo "another call" >> docs/api.md', scratch, env)),
      ...(await record('git commit -am "describe another call"', scratch, env, [
        ['to select', 'f'],
        ['❯ [f]ix', '\r'],
      ])),
      ...(await record('git dos-sync check', scratch, env)),
    ];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

export function drawSession(lines: readonly ScreenLine[]): string {
  return drawLines('A commit is blocked, the question is answered, and the commit passes', lines);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync('docs/recording.svg', drawSession(await recordSession()));
}
