// The outside places that a manifest pairs: read only with the user's consent, and never through a
// symlink.

import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  type Stats,
} from 'node:fs';
import { basename, dirname, sep } from 'node:path';
import { errorCode } from '../disk/error-code.js';
import { readHome } from '../git/home.js';
import { readIgnored } from '../git/ignored.js';
import { hashObject, type Oid } from '../git/oid.js';
import { hashOpenFile, hashPlainFile } from '../git/outside-blob.js';
import { bytesOf, joinPath, pathFromBytes, pathFromText, type RepoPath, textOf } from '../git/path.js';
import { type Repository, readConfig } from '../git/repository.js';
import type { Git } from '../git/run.js';
import { writeBytesAsBlob } from '../git/write.js';
import type { OutsideRoots } from '../manifest/outside.js';
import { notAFileOrDirectory } from '../messages/disk.js';
import { Fault } from '../messages/fault.js';
import { sayLinkBelow } from '../messages/trust.js';
import { type Consent, findConsent, isAutomated, readConsents, realPathOf } from './consent.js';
import { Conversions } from './conversions.js';
import type { Node, OutsideFiles, OutsidePlace, Partner, Unread } from './types.js';

type State = { readonly kind: 'open' } | { readonly kind: 'unread'; readonly why: Unread };

/** The number of hashing processes that run at the same time. */
const AT_ONCE = 8;

export class PlacesOutside implements OutsideFiles {
  readonly #repository: Repository;
  readonly #outsideRoots: OutsideRoots;
  readonly #home: string;
  readonly #consent: Consent | 'none' | 'lapsed' | 'automated';
  readonly trustsMode: boolean;
  readonly #conversions = new Map<Git, Conversions>();
  #turns: Promise<unknown>[] = Array.from({ length: AT_ONCE }, () => Promise.resolve());
  #next = 0;

  private constructor(
    repository: Repository,
    outsideRoots: OutsideRoots,
    home: string,
    consent: Consent | 'none' | 'lapsed' | 'automated',
    mode: boolean,
  ) {
    this.#repository = repository;
    this.#outsideRoots = outsideRoots;
    this.#home = home;
    this.#consent = consent;
    this.trustsMode = mode;
  }

  /**
   * This manifest's outside places; undefined if it has none. @throws Fault `disk` for unreadable
   * consents.
   */
  static async open(repository: Repository, outsideRoots: OutsideRoots): Promise<PlacesOutside | undefined> {
    if (outsideRoots.roots.length === 0) return undefined;
    const home = await readHome(repository.git);
    const fileMode = await readConfig(repository.git, 'core.fileMode');
    const consent = isAutomated(process.env)
      ? ('automated' as const)
      : findConsent(readConsents(process.env), repository, outsideRoots, home);
    return new PlacesOutside(repository, outsideRoots, home, consent, fileMode !== 'false');
  }

  get consent(): Consent | 'none' | 'lapsed' | 'automated' {
    return this.#consent;
  }

  /** The node at the path; a file is hashed as git would store it with its partner's attributes. */
  async readNode(path: RepoPath, other: RepoPath | null, partner: Partner | undefined): Promise<Node> {
    const landing = this.#landing(path);
    if (landing !== undefined && landing === other) return { kind: 'through-link', through: path, landing };
    const state = this.#stateOf(path);
    if (state.kind === 'unread') return state;
    const { stat, through } = this.#find(path);
    // The link is not followed: the consent does not cover its target.
    if (through !== undefined) return { kind: 'through-link', through, landing: undefined };
    if (!stat) return { kind: 'absent' };
    if (stat.isDirectory()) return { kind: 'directory' };
    // Requested early, so that all files are answered in one batch.
    if (partner) this.#conversionsOf(partner).ask(partner.path);
    if (stat.isSymbolicLink()) {
      const oid = hashObject(this.#repository.format, 'blob', this.readLink(path));
      return { kind: 'link', oid, landing: undefined };
    }
    return this.#inTurn(() => this.#hash(path, partner));
  }

  /** Every file and link at or below the path; empty without consent. */
  async readFiles(path: RepoPath): Promise<readonly RepoPath[]> {
    if (this.#stateOf(path).kind === 'unread') return [];
    const { stat } = this.#find(path);
    if (!stat) return [];
    return stat.isDirectory() ? this.#filesBelow(path) : [path];
  }

  /** The names in a directory; empty without consent. */
  async readNames(path: RepoPath): Promise<readonly string[]> {
    if (this.#stateOf(path).kind === 'unread' || !this.#find(path).stat?.isDirectory()) return [];
    return this.#namesIn(path);
  }

  /** The paths of this repository that git ignores: an outside file has no partner there. */
  readIgnored(paths: readonly RepoPath[]): Promise<ReadonlySet<RepoPath>> {
    return readIgnored(this.#repository.git, paths);
  }

  /** A path of this repository as the partner of an outside one. */
  partnerHere(path: RepoPath): Partner {
    return { git: this.#repository.git, path };
  }

  canBeListed(path: RepoPath): boolean {
    return this.#stateOf(path).kind === 'open';
  }

  readLink(path: RepoPath): Buffer {
    return readlinkSync(this.diskPath(path), 'buffer');
  }

  /**
   * Opens the file only if it is still the one that was found. The caller closes it. @throws Fault
   * `disk`.
   */
  openFile(path: RepoPath): number {
    this.#look(path);
    const file = openSync(this.diskPath(path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if (fstatSync(file).isFile()) return file;
    closeSync(file);
    throw notAFile(path);
  }

  /** Stores the file or link in the partner's repository. @returns its id there. */
  async store(path: RepoPath, partner: Partner): Promise<Oid> {
    if (this.#look(path)?.isSymbolicLink()) return writeBytesAsBlob(partner.git, this.readLink(path));
    const file = this.openFile(path);
    try {
      return await hashOpenFile(partner, file, await this.#conversionsOf(partner).of(partner.path), true);
    } finally {
      closeSync(file);
    }
  }

  /** The file's bytes. */
  streamOf(path: RepoPath): NodeJS.ReadableStream {
    return createReadStream('', { fd: this.openFile(path) });
  }

  placeToWrite(path: RepoPath): OutsidePlace | undefined {
    const consent = this.#consent;
    const root = this.#rootOf(path);
    if (typeof consent === 'string' || !consent.write || !this.#outsideRoots.written.includes(root)) return undefined;
    const real = realPathOf(this.#home, root);
    if (real === undefined) return undefined;
    if (path === root) return { top: dirname(real), path: pathFromText(basename(real)) };
    return { top: real, path: path.slice(root.length + 1) as RepoPath };
  }

  diskPath(path: RepoPath): Buffer {
    return Buffer.concat([Buffer.from(this.#home), bytesOf(path.slice(1) as RepoPath)]);
  }

  /**
   * The path's target if that is inside this repository's work tree: symlink mode, which needs no
   * consent.
   */
  #landing(path: RepoPath): RepoPath | undefined {
    let real: Buffer;
    try {
      real = realpathSync(this.diskPath(path), 'buffer');
    } catch (error) {
      const code = errorCode(error) ?? '';
      if (['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'].includes(code)) return undefined;
      throw error;
    }
    const top = Buffer.from(realpathSync(this.#repository.top) + sep);
    return real.subarray(0, top.length).equals(top) ? pathFromBytes(real.subarray(top.length)) : undefined;
  }

  #stateOf(path: RepoPath): State {
    const unread = (lack: Extract<Unread, { kind: 'outside' }>['lack']): State => ({
      kind: 'unread',
      why: { kind: 'outside', lack },
    });
    if (this.#consent === 'automated') return unread('automated');
    if (this.#consent === 'none') return unread('untrusted');
    if (this.#consent === 'lapsed') return unread('lapsed');
    return realPathOf(this.#home, this.#rootOf(path)) === undefined ? unread('absent') : { kind: 'open' };
  }

  #rootOf(path: RepoPath): RepoPath {
    const covering = this.#outsideRoots.roots.filter((root) => path === root || path.startsWith(`${root}/`));
    return covering.sort((one, other) => other.length - one.length)[0] ?? path;
  }

  /** As #find. @throws Fault `disk` also for a symlink above the path. */
  #look(path: RepoPath): Stats | undefined {
    const { stat, through } = this.#find(path);
    if (through !== undefined) throw linkBelow(through);
    return stat;
  }

  /**
   * lstat of every component from the root to a symlink: `through`. @throws Fault `disk` for a
   * FIFO, socket or device.
   */
  #find(path: RepoPath): { readonly stat?: Stats | undefined; readonly through?: RepoPath } {
    const root = this.#rootOf(path);
    // The consent covers the root's real path, so links in the root itself are resolved.
    let disk = Buffer.from(realPathOf(this.#home, root) ?? '');
    const below = path
      .slice(root.length + 1)
      .split('/')
      .filter((name) => name !== '');
    let stat = lstatSync(disk, { throwIfNoEntry: false });
    for (const [at, name] of below.entries()) {
      if (stat && !isPlain(stat)) throw notAFile(joinPath(root, below.slice(0, at).join('/') as RepoPath));
      if (stat?.isSymbolicLink()) return { through: joinPath(root, below.slice(0, at).join('/') as RepoPath) };
      if (!stat?.isDirectory()) return {};
      disk = Buffer.concat([disk, Buffer.from('/'), Buffer.from(name, 'latin1')]);
      stat = lstatSync(disk, { throwIfNoEntry: false });
    }
    if (stat && !isPlain(stat)) throw notAFile(path);
    return { stat };
  }

  async #hash(path: RepoPath, partner: Partner | undefined): Promise<Node> {
    const file = this.openFile(path);
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

  #namesIn(directory: RepoPath): string[] {
    const names = readdirSync(this.diskPath(directory), { encoding: 'buffer' }) as unknown as Buffer[];
    // A live folder may be a git repository; its .git directory is not content.
    return names.map((name) => name.toString('latin1')).filter((name) => name.toLowerCase() !== '.git');
  }

  #filesBelow(directory: RepoPath): RepoPath[] {
    return this.#namesIn(directory).flatMap((name) => {
      const path = joinPath(directory, name as RepoPath);
      return this.#look(path)?.isDirectory() ? this.#filesBelow(path) : [path];
    });
  }
}

function isPlain(stat: Stats): boolean {
  return stat.isFile() || stat.isDirectory() || stat.isSymbolicLink();
}

function linkBelow(path: RepoPath): Fault {
  return new Fault(
    'disk',
    sayLinkBelow(textOf(path)),
    'put a real directory there, or pair the path that it points to',
  );
}

function notAFile(path: RepoPath): Fault {
  return notAFileOrDirectory(textOf(path));
}
