// One long-lived `git diff-tree --stdin`: the paths that differ in commits and between trees.

import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Fault } from '../messages/fault.js';
import type { Oid } from './oid.js';
import { pathFromBytes, type RepoPath } from './path.js';
import { type Git, gitFailed, startGit } from './run.js';
import type { Ancestry } from './walks.js';

const FLAGS = ['-r', '--raw', '-z', '--no-abbrev', '--no-renames', '--ignore-submodules=none'];
/** `--always` prints a commit also if it changes nothing, so that an answer is never empty. */
const ARGS = ['diff-tree', '--stdin', '-m', '--root', '--always', ...FLAGS];

/** git repeats a line that does not begin with an id, and flushes: this ends an answer. */
const END = 'end';
const [NUL, NEWLINE, COLON] = [0x00, 0x0a, 0x3a];

interface Events {
  /** The paths that follow belong to this commit, or to these two trees. */
  readonly header: (text: string) => void;
  readonly path: (path: RepoPath) => void;
}

interface Request extends Events {
  readonly unseen: Set<string>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Answers come in the order of the requests. */
export class TreeDiffs {
  readonly #git: Git;
  readonly #waiting: Request[] = [];
  #process: ChildProcessWithoutNullStreams | undefined;
  #ended: Promise<void> = Promise.resolve();
  #left: Buffer = Buffer.alloc(0);
  #expectsPath = false;
  #stderr = '';
  #failure: unknown;

  constructor(git: Git) {
    this.#git = git;
  }

  /** The paths that differ between two trees and that `wants` accepts. */
  async between(from: Oid, to: Oid, wants: (path: RepoPath) => boolean): Promise<ReadonlySet<RepoPath>> {
    const found = new Set<RepoPath>();
    const pair = `${from} ${to}`;
    const path = (each: RepoPath) => void (wants(each) && found.add(each));
    await this.#ask(`${pair}\n`, [pair], { header: () => undefined, path });
    return found;
  }

  /** The changed paths of each commit against each of its parents, of a root commit all. */
  async ofCommits(
    commits: readonly Ancestry[],
    wants: (path: RepoPath) => boolean,
  ): Promise<ReadonlyMap<Oid, ReadonlySet<RepoPath>>> {
    const found = new Map(commits.map(({ oid }) => [oid, new Set<RepoPath>()]));
    let current: Set<RepoPath> | undefined;
    const header = (text: string) => {
      current = found.get(text as Oid);
    };
    const path = (each: RepoPath) => void (wants(each) && current?.add(each));
    const lines = commits.map(({ oid, parents }) => `${[oid, ...parents].join(' ')}\n`);
    if (commits.length > 0) await this.#ask(lines.join(''), [...found.keys()], { header, path });
    return found;
  }

  /** Ends the process. @throws Fault `git` if git failed. */
  async close(): Promise<void> {
    this.#process?.stdin.end();
    await this.#ended;
  }

  /** `headers`: those of a complete answer; git only complains about what it cannot read. */
  #ask(lines: string, headers: readonly string[], events: Events): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    this.#process ??= this.#start();
    const { stdin } = this.#process;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...events, unseen: new Set(headers), resolve, reject });
      stdin.write(`${lines}${END}\n`);
    });
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = startGit(this.#git, ARGS);
    this.#ended = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        if (code === 0 && this.#waiting.length === 0) resolve();
        else reject(this.#failure ?? this.#failed(code));
      });
    });
    this.#ended.catch((error: unknown) => this.#fail(error));
    child.stdout.on('data', (chunk: Buffer) => this.#receive(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      this.#stderr += chunk.toString('utf8');
    });
    // If git died, its exit code and stderr say why.
    child.stdin.on('error', () => undefined);
    return child;
  }

  #failed(code: number | null): Fault {
    return gitFailed(ARGS, { code: code ?? 128, stderr: this.#stderr });
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    for (const request of this.#waiting.splice(0)) request.reject(error);
  }

  #receive(chunk: Buffer): void {
    this.#left = this.#left.length === 0 ? chunk : Buffer.concat([this.#left, chunk]);
    try {
      let start = 0;
      for (let end = this.#endOf(start); end >= 0; end = this.#endOf(start)) {
        this.#take(this.#left.subarray(start, end));
        start = end + 1;
      }
      this.#left = this.#left.subarray(start);
    } catch (error) {
      this.#process?.kill();
      this.#fail(error);
    }
  }

  /** The end of the item at `start`; negative if it has not arrived. */
  #endOf(start: number): number {
    const end = this.#left.indexOf(NUL, start);
    if (this.#expectsPath || this.#left[start] === COLON) return end;
    // After two trees and after our own line comes a newline, after a commit a NUL.
    const line = this.#left.indexOf(NEWLINE, start);
    return line >= 0 && (end < 0 || line < end) ? line : end;
  }

  #take(item: Buffer): void {
    const [request] = this.#waiting;
    if (!request) throw new Fault('bug', 'git diff-tree answered a question that nobody asked.');
    if (this.#expectsPath) request.path(pathFromBytes(item));
    else if (item[0] !== COLON) this.#takeLine(item.toString('latin1'), request);
    this.#expectsPath = !this.#expectsPath && item[0] === COLON;
  }

  #takeLine(line: string, request: Request): void {
    if (line !== END) {
      request.unseen.delete(line);
      request.header(line);
      return;
    }
    this.#waiting.shift();
    if (request.unseen.size === 0) request.resolve();
    else request.reject(this.#failed(0));
  }
}
