// A real git that records its calls, and what a long-lived cat-file is asked for.

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { Installation } from './printed.js';
import type { Repo } from './repo.js';

const REAL_GIT = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim();

const BODY = `
printf 'replace=%s %s\\n' "\${GIT_NO_REPLACE_OBJECTS-}" "$*" >> "$CALLS"
case " $* " in
  *' cat-file '*) tee -a "$ASKED" | '${REAL_GIT}' "$@" ;;
  *) exec '${REAL_GIT}' "$@" ;;
esac`;

export class NotingGit {
  readonly #repo: Repo;

  constructor(repo: Repo, installation: Installation) {
    this.#repo = repo;
    installation.put('git', BODY);
    repo.env['CALLS'] = repo.path('.git/calls');
    repo.env['ASKED'] = repo.path('.git/asked');
  }

  /** Forgets what was recorded. */
  clear(): void {
    for (const name of ['calls', 'asked']) rmSync(this.#repo.path(`.git/${name}`), { force: true });
  }

  /** The calls, one a line, with GIT_NO_REPLACE_OBJECTS first. */
  get calls(): readonly string[] {
    return this.#read('calls').split('\n');
  }

  /** The names of the objects whose content was asked for. */
  get contents(): readonly string[] {
    return this.#read('asked')
      .split('\0')
      .flatMap((line) => /^contents (.*)$/s.exec(line)?.[1] ?? []);
  }

  /** How many times a long-lived cat-file was flushed. */
  get waits(): number {
    return this.#read('asked')
      .split('\0')
      .filter((line) => line === 'flush').length;
  }

  #read(name: string): string {
    return this.#repo.exists(`.git/${name}`) ? this.#repo.read(`.git/${name}`) : '';
  }
}
