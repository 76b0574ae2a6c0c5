// Which files git converts where it stores them: asked for many paths in one process, however they come.

import { readConverted } from '../git/attributes.js';
import type { RepoPath } from '../git/path.js';
import type { Git } from '../git/run.js';

export class Conversions {
  readonly #git: Git;
  readonly #answers = new Map<RepoPath, Promise<ReadonlySet<RepoPath>>>();
  #asked: RepoPath[] = [];
  #next: Promise<ReadonlySet<RepoPath>> | undefined;

  constructor(git: Git) {
    this.#git = git;
  }

  /** Puts the path among those that are asked for next. */
  ask(path: RepoPath): void {
    if (this.#answers.has(path)) return;
    this.#asked.push(path);
    this.#next ??= this.#askAll();
    // Whoever waits for it hears of a failure.
    this.#next.catch(() => undefined);
    this.#answers.set(path, this.#next);
  }

  async converts(path: RepoPath): Promise<boolean> {
    this.ask(path);
    return (await this.#answers.get(path))?.has(path) ?? true;
  }

  /** Once everything that is being asked for now has been. */
  async #askAll(): Promise<ReadonlySet<RepoPath>> {
    await new Promise(setImmediate);
    const asked = this.#asked;
    this.#asked = [];
    this.#next = undefined;
    return readConverted(this.#git, asked);
  }
}
