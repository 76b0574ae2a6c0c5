// Replays states as real commits, and counts those that are blocked.

import { ObjectReader } from '../../../src/git/objects.js';
import { openRepository } from '../../../src/git/repository.js';
import { checkStaged } from '../../../src/judge/staged.js';
import { isOutOfSync } from '../../../src/judge/types.js';
import { CLI, Repo } from '../../../test/support/repo.js';
import type { DifferingPair } from './histories.js';
import type { PairState } from './states.js';

/** What the manifest says about the difference of the two texts. */
export type Holding = 'states' | 'rule' | 'difference';

export const WAYS: readonly Holding[] = ['states', 'rule', 'difference'];

/** Who judges: the installed hook in a `git commit`, or the same judgement in this process. */
export type Gate = 'hook' | 'library';

/** One pair whose state a commit changes. */
export interface PairCommit {
  readonly history: DifferingPair;
  readonly state: PairState;
}

/** Blocked states. */
export interface Asked {
  /** A side lacked an edit of the other one. */
  readonly rightly: number;
  /** Both sides had every edit. */
  readonly needlessly: number;
  /** A side lacked an edit, and the commit passed. */
  readonly missed: number;
}

const MANIFEST = '.dos-sync-manifest.json';
const REASON = 'meant to differ';

/** The repository of one way, in which each pair has its first texts. */
export class Replay {
  readonly #repo = new Repo();
  readonly #way: Holding;
  readonly #gate: Gate;
  readonly #histories: readonly DifferingPair[];
  readonly #stages = new Map<DifferingPair, 0 | 1>();
  readonly #asked = { rightly: 0, needlessly: 0, missed: 0 };

  constructor(way: Holding, first: readonly PairCommit[], gate: Gate) {
    this.#way = way;
    this.#gate = gate;
    this.#histories = first.map(({ history }) => history);
    for (const step of first) this.#write(step);
    this.#repo.git('add', '-A');
    this.#writeManifest();
    if (way === 'difference') this.#run(['accept', '--all', '--reason', REASON]);
    this.#repo.settle();
    this.#run(['install']);
  }

  get asked(): Asked {
    return this.#asked;
  }

  remove(): void {
    this.#repo.remove();
  }

  /** One commit. Where it is blocked, the answer is given that lets the history go on. */
  async commit(step: PairCommit): Promise<void> {
    this.#write(step);
    this.#repo.git('add', '-A');
    const { isBehind } = step.state;
    if (await this.#passes()) {
      if (isBehind) this.#asked.missed += 1;
      return;
    }
    this.#asked[isBehind ? 'rightly' : 'needlessly'] += 1;
    // A forgotten copy is left behind, as it was in the history; pinned states are accepted again.
    if (isBehind && this.#way !== 'states') {
      this.#repo.settle();
      return;
    }
    this.#agree(step);
    if (!(await this.#passes())) throw new Error(`${this.#way}: ${step.history.name} is blocked after its answer`);
  }

  /** Commits, unless that is blocked. */
  #passes(): boolean | Promise<boolean> {
    return this.#gate === 'hook' ? this.#passesHook() : this.#passesJudge();
  }

  async #passesJudge(): Promise<boolean> {
    const repository = await openRepository(this.#repo.top);
    const objects = new ObjectReader(repository.git);
    try {
      const judged = await checkStaged(repository, objects);
      if (judged.kind === 'undeclared') throw new Error('no manifest');
      if (judged.verdicts.some(isOutOfSync)) return false;
    } finally {
      await objects.close();
    }
    this.#repo.settle();
    return true;
  }

  #passesHook(): boolean {
    const { code, stderr } = this.#repo.tryGit('commit', '-q', '--allow-empty', '-m', 'next');
    if (code !== 0 && !stderr.includes('out of sync')) throw new Error(stderr);
    return code === 0;
  }

  #write({ history, state }: PairCommit): void {
    this.#repo.write(history.paths.a, state.texts.a).write(history.paths.b, state.texts.b);
  }

  /** Accepts the difference, or writes the rule that knows the new one. */
  #agree({ history }: PairCommit): void {
    if (this.#way === 'difference') {
      this.#run(['accept', '--staged', history.paths.b, '--reason', REASON]);
      return;
    }
    if (this.#way === 'rule') this.#stages.set(history, 1);
    this.#writeManifest();
  }

  #writeManifest(): void {
    const pairs = this.#histories.map((history) => ({
      ...history.paths,
      ...(this.#way === 'rule' && history.rules[this.#stages.get(history) ?? 0]),
    }));
    const aliases = this.#way === 'states' ? this.#histories.map((history) => this.#pinned(history)) : [];
    this.#repo.manifest({ pairs, aliases }).git('add', MANIFEST);
  }

  /** The exception that holds for the staged contents of both sides. */
  #pinned({ paths }: DifferingPair): object {
    const at = [paths.a, paths.b].map((path) => `100644 ${this.#repo.git('rev-parse', `:${path}`).trim()}`);
    return { ...paths, exception: REASON, at };
  }

  #run(args: readonly string[]): void {
    const { code, stdout, stderr } = this.#repo.run(process.execPath, [CLI, ...args]);
    if (code !== 0) throw new Error(`dos-sync ${args.join(' ')}: exit code ${code}\n${stdout}${stderr}`);
  }
}
