// Hashes outside files as git would store them, with the attributes of their partners.

import { closeSync, fstatSync } from 'node:fs';
import type { Oid } from '../git/oid.js';
import { hashOpenFile, hashPlainFile } from '../git/outside-blob.js';
import type { RepoPath } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import type { Git } from '../git/run.js';
import { writeBytesAsBlob } from '../git/write.js';
import { Conversions } from './conversions.js';
import type { OutsideDisk } from './outside-disk.js';
import type { Node, Partner } from './types.js';

/** The number of hashing processes that run at the same time. */
const AT_ONCE = 8;

export class OutsideHashes {
  readonly #repository: Repository;
  readonly #disk: OutsideDisk;
  readonly #conversions = new Map<Git, Conversions>();
  #turns: Promise<unknown>[] = Array.from({ length: AT_ONCE }, () => Promise.resolve());
  #next = 0;

  constructor(repository: Repository, disk: OutsideDisk) {
    this.#repository = repository;
    this.#disk = disk;
  }

  /** Asks how the partner is converted; all that are asked early are answered in one batch. */
  ask(partner: Partner): void {
    this.#conversionsOf(partner).ask(partner.path);
  }

  /** The file, hashed when it is its turn. */
  hash(path: RepoPath, partner: Partner | undefined): Promise<Node> {
    return this.#inTurn(() => this.#hash(path, partner));
  }

  /** Stores the file or link in the partner's repository. @returns its id there. */
  async store(path: RepoPath, partner: Partner): Promise<Oid> {
    if (this.#disk.look(path)?.isSymbolicLink()) return writeBytesAsBlob(partner.git, this.#disk.readLink(path));
    const file = this.#disk.openFile(path);
    try {
      return await hashOpenFile(partner, file, await this.#conversionsOf(partner).of(partner.path), true);
    } finally {
      closeSync(file);
    }
  }

  async #hash(path: RepoPath, partner: Partner | undefined): Promise<Node> {
    const file = this.#disk.openFile(path);
    try {
      const executable = (fstatSync(file).mode & 0o100) !== 0;
      return { kind: 'file', oid: await this.#idOf(file, partner), executable };
    } finally {
      closeSync(file);
    }
  }

  #conversionsOf({ git }: Partner): Conversions {
    const known = this.#conversions.get(git) ?? new Conversions(git);
    this.#conversions.set(git, known);
    return known;
  }

  /** A conversion costs a process for each file; most files have none. */
  async #idOf(file: number, partner: Partner | undefined): Promise<Oid> {
    const conversion = partner ? await this.#conversionsOf(partner).of(partner.path) : 'plain';
    const { git, format } = this.#repository;
    if (partner && (conversion !== 'plain' || partner.git !== git)) {
      return hashOpenFile(partner, file, conversion, false);
    }
    return hashPlainFile(format, file);
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#next = (this.#next + 1) % AT_ONCE;
    const turn = (this.#turns[this.#next] ?? Promise.resolve()).then(work);
    // The next request waits for this one, whether it succeeds or fails.
    this.#turns[this.#next] = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }
}
