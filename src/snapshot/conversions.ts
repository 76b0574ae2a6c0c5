// How git stores the files of these paths; requests are batched.

import { readConverted } from '../git/attributes.js';
import { type KeptBy, readKept } from '../git/line-ends.js';
import { isUtf8, type RepoPath } from '../git/path.js';
import type { Git } from '../git/run.js';

/**
 * `plain`: byte for byte. `converted`: by the attributes. {@link KeptBy}: the same, but its line
 * ends are kept.
 */
export type Conversion = 'plain' | 'converted' | KeptBy;

type Answers = ReadonlyMap<RepoPath, Conversion>;

export class Conversions {
  readonly #git: Git;
  readonly #answers = new Map<RepoPath, Promise<Answers>>();
  #asked: RepoPath[] = [];
  #next: Promise<Answers> | undefined;

  constructor(git: Git) {
    this.#git = git;
  }

  /** Adds the path to the next batch. */
  ask(path: RepoPath): void {
    if (this.#answers.has(path)) return;
    this.#asked.push(path);
    this.#next ??= this.#askAll();
    // Readers still get the error; this only prevents an unhandled rejection.
    this.#next.catch(() => undefined);
    this.#answers.set(path, this.#next);
  }

  async of(path: RepoPath): Promise<Conversion> {
    this.ask(path);
    return (await this.#answers.get(path))?.get(path) ?? 'plain';
  }

  /** Waits one turn, so that all requests of this turn go out together. */
  async #askAll(): Promise<Answers> {
    await new Promise(setImmediate);
    const asked = this.#asked;
    this.#asked = [];
    this.#next = undefined;
    const converted = [...(await readConverted(this.#git, asked))];
    const kept = await readKept(this.#git, converted.filter(isUtf8));
    return new Map(converted.map((path) => [path, kept.get(path) ?? 'converted']));
  }
}
