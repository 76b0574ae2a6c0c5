// One long-lived `git cat-file --batch-command` that reads object types and contents.

import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Fault } from '../messages/fault.js';
import { type Oid, parseOid } from './oid.js';
import { type Git, startGit } from './run.js';

export interface GitObject {
  readonly oid: Oid;
  readonly type: 'blob' | 'tree' | 'commit' | 'tag';
  /** Bytes. */
  readonly size: number;
}

/** Receives an object's content in chunks. */
export type Sink = (chunk: Buffer) => void;

interface Request {
  readonly command: 'info' | 'contents';
  readonly name: Buffer;
  readonly sink: Sink | undefined;
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (error: unknown) => void;
}

interface Arrival {
  readonly request: Request;
  readonly object: GitObject;
  left: number;
}

const NEWLINE = 0x0a;

/**
 * Replies come in the order of the requests and are matched by position; "missing" is matched by
 * the exact echo, since a name may hold a newline. In a partial clone git dies on an object that is
 * only at the remote; it is restarted for the remaining requests.
 */
export class CatFile {
  readonly #git: Git;
  #process: ChildProcessWithoutNullStreams | undefined;
  #ended: Promise<void> = Promise.resolve();
  #unsent: Buffer[] = [];
  #waiting: Request[] = [];
  #received: Buffer = Buffer.alloc(0);
  /**
   * The object whose content is arriving, and how many bytes (with the final newline) are missing.
   */
  #arriving: Arrival | undefined;
  #stderr = '';
  #closed = false;
  /** Why git ended; all further requests fail with it. */
  #failure: unknown;

  constructor(git: Git) {
    this.#git = git;
  }

  ask(command: 'info' | 'contents', name: string, sink: Sink | undefined): Promise<GitObject | undefined> {
    if (this.#closed) return Promise.reject(new Fault('git', 'git cat-file was ended before it was asked.'));
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const bytes = Buffer.from(name, 'latin1');
    return new Promise((resolve, reject) => {
      const request = { command, name: bytes, sink, resolve, reject };
      this.#waiting.push(request);
      this.#queue(request);
    });
  }

  /** Ends the process. @throws Fault `git` if git failed. */
  async close(): Promise<void> {
    this.#send();
    // Abandoned work may still send requests; the error that ended it is the one to report.
    this.#closed = true;
    this.#process?.stdin.end();
    await this.#ended;
  }

  #queue({ command, name }: Request): void {
    if (this.#unsent.length === 0) process.nextTick(() => this.#send());
    this.#unsent.push(Buffer.from(`${command} `), name, Buffer.from('\0'));
  }

  // Sends all requests of one turn together; with --buffer git does not flush each reply.
  #send(): ChildProcessWithoutNullStreams | undefined {
    if (this.#unsent.length === 0) return this.#process;
    this.#process ??= this.#start();
    this.#process.stdin.write(Buffer.concat([...this.#unsent, Buffer.from('flush\0')]));
    this.#unsent = [];
    return this.#process;
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = startGit(this.#git, ['cat-file', '--batch-command', '--buffer', '-z']);
    this.#ended = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        const asked = this.#waiting.length > 0 || this.#arriving !== undefined;
        if (code === 0 && this.#closed && !asked) resolve();
        else if (this.#isOfMissing()) resolve(this.#goOn(child));
        else reject(this.#failure ?? this.#broken(code));
      });
    });
    this.#ended.catch((error: unknown) => this.#fail(error));
    child.stdout.on('data', (chunk: Buffer) => this.#receive(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      this.#stderr += chunk.toString('utf8');
    });
    // If git died, stderr and the exit code say why; `close` reports them.
    child.stdin.on('error', () => undefined);
    return child;
  }

  /** True if git died on an object that a partial clone does not have. */
  #isOfMissing(): boolean {
    return !this.#arriving && this.#waiting.length > 0 && /from promisor remote/.test(this.#stderr);
  }

  /** Answers the request that git died on, and sends the others again. */
  #goOn(ended: ChildProcessWithoutNullStreams): Promise<void> {
    const [request, ...others] = this.#waiting;
    const name = request?.name.toString('latin1') ?? '';
    // A path below a missing tree cannot be looked up.
    if (/^[0-9a-f]+$/.test(name)) request?.resolve(undefined);
    else request?.reject(this.#broken(null));
    this.#waiting = others;
    this.#unsent = [];
    this.#stderr = '';
    this.#received = Buffer.alloc(0);
    this.#process = undefined;
    if (others.length === 0) return Promise.resolve();
    for (const each of others) this.#queue(each);
    const again = this.#send();
    if (ended.stdin.writableEnded) again?.stdin.end();
    return this.#ended;
  }

  #broken(code: number | null): Fault {
    const end = code === null ? 'it was killed' : `it ended with exit code ${code}`;
    const words = this.#stderr.trim() || end;
    return new Fault('git', `git cat-file could not read the repository: ${words}`, 'see what is damaged: git fsck');
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#arriving?.request.reject(error);
    for (const request of this.#waiting.splice(0)) request.reject(error);
  }

  #receive(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    try {
      while (this.#received.length > 0 && (this.#arriving ? this.#takeContent(this.#arriving) : this.#takeHeader())) {
        // Each iteration consumes one reply or one chunk of content.
      }
    } catch (error) {
      this.#process?.kill();
      this.#fail(error);
    }
  }

  /** False if the reply is incomplete. */
  #takeHeader(): boolean {
    const [request] = this.#waiting;
    if (!request) throw new Fault('bug', 'git cat-file answered a question that nobody asked.');
    const missing = Buffer.concat([request.name, Buffer.from(' missing\n')]);
    const seen = this.#received.subarray(0, missing.length);
    if (seen.equals(missing)) return this.#finish(missing.length, request, undefined);
    if (missing.subarray(0, seen.length).equals(seen)) return false;
    const end = this.#received.indexOf(NEWLINE);
    if (end < 0) return false;
    const line = this.#received.toString('latin1', 0, end);
    const object = parseHeader(line);
    if (!object || !request.sink) return this.#finish(end + 1, request, object);
    this.#waiting.shift();
    this.#received = this.#received.subarray(end + 1);
    this.#arriving = { request, object, left: object.size + 1 };
    return true;
  }

  #finish(length: number, request: Request, object: GitObject | undefined): boolean {
    this.#waiting.shift();
    this.#received = this.#received.subarray(length);
    request.resolve(object);
    return true;
  }

  #takeContent(arriving: Arrival): boolean {
    const piece = this.#received.subarray(0, arriving.left);
    this.#received = this.#received.subarray(piece.length);
    arriving.left -= piece.length;
    const done = arriving.left === 0;
    const content = done ? piece.subarray(0, -1) : piece;
    if (content.length > 0) arriving.request.sink?.(content);
    if (done) {
      this.#arriving = undefined;
      arriving.request.resolve(arriving.object);
    }
    return true;
  }
}

/** `<oid> <type> <size>`; undefined for a gitlink, for which newer gits print `<oid> submodule`. */
function parseHeader(line: string): GitObject | undefined {
  const [oid = '', type, size] = line.split(' ');
  if (type === 'submodule' || type === 'missing') return undefined;
  if (type !== 'blob' && type !== 'tree' && type !== 'commit' && type !== 'tag') {
    throw new Fault('git', `git cat-file printed ${JSON.stringify(line)}, which dos-sync does not understand.`);
  }
  return { oid: parseOid(oid), type, size: Number(size) };
}
