// The outside places that a manifest pairs: read only with the user's consent, and never through a
// symlink.

import { closeSync, createReadStream, fstatSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, sep } from 'node:path';
import { LARGEST_TEXT } from '../differences/text-rule.js';
import { errorCode } from '../disk/error-code.js';
import { readHome } from '../git/home.js';
import { readIgnored } from '../git/ignored.js';
import { hashObject, type Oid } from '../git/oid.js';
import { pathFromBytes, pathFromText, type RepoPath } from '../git/path.js';
import { type Repository, readConfig } from '../git/repository.js';
import type { OutsideRoots } from '../manifest/outside.js';
import { type Consent, findConsent, isAutomated, readConsents, realPathOf } from './consent.js';
import { asStored } from './content.js';
import { OutsideDisk } from './outside-disk.js';
import { OutsideHashes } from './outside-hash.js';
import type { Node, OutsideFiles, OutsidePlace, Partner, Unread } from './types.js';

type State = { readonly kind: 'open' } | { readonly kind: 'unread'; readonly why: Unread };

export class PlacesOutside implements OutsideFiles {
  readonly #repository: Repository;
  readonly #outsideRoots: OutsideRoots;
  readonly #disk: OutsideDisk;
  readonly #hashes: OutsideHashes;
  readonly #consent: Consent | 'none' | 'lapsed' | 'automated';
  readonly trustsMode: boolean;

  private constructor(
    repository: Repository,
    outsideRoots: OutsideRoots,
    home: string,
    consent: Consent | 'none' | 'lapsed' | 'automated',
    mode: boolean,
  ) {
    this.#repository = repository;
    this.#outsideRoots = outsideRoots;
    this.#disk = new OutsideDisk(home, outsideRoots.roots);
    this.#hashes = new OutsideHashes(repository, this.#disk);
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
    const { stat, through } = this.#disk.find(path);
    // The link is not followed: the consent does not cover its target.
    if (through !== undefined) return { kind: 'through-link', through, landing: undefined };
    if (!stat) return { kind: 'absent' };
    if (stat.isDirectory()) return { kind: 'directory' };
    if (partner) this.#hashes.ask(partner);
    if (stat.isSymbolicLink()) {
      const oid = hashObject(this.#repository.format, 'blob', this.#disk.readLink(path));
      return { kind: 'link', oid, landing: undefined };
    }
    return this.#hashes.hash(path, partner);
  }

  /** Every file and link at or below the path; empty without consent. */
  async readFiles(path: RepoPath): Promise<readonly RepoPath[]> {
    if (this.#stateOf(path).kind === 'unread') return [];
    const { stat } = this.#disk.find(path);
    if (!stat) return [];
    return stat.isDirectory() ? this.#disk.filesBelow(path) : [path];
  }

  /** The names in a directory; empty without consent. */
  async readNames(path: RepoPath): Promise<readonly string[]> {
    if (this.#stateOf(path).kind === 'unread' || !this.#disk.find(path).stat?.isDirectory()) return [];
    return this.#disk.namesIn(path);
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
    return this.#disk.readLink(path);
  }

  /** Stores the file or link in the partner's repository. @returns its id there. */
  store(path: RepoPath, partner: Partner): Promise<Oid> {
    return this.#hashes.store(path, partner);
  }

  /** The file's bytes. */
  streamOf(path: RepoPath): NodeJS.ReadableStream {
    return createReadStream('', { fd: this.#disk.openFile(path) });
  }

  readText(path: RepoPath, oid: Oid): Buffer | number | undefined {
    const file = this.#disk.openFile(path);
    try {
      const { size } = fstatSync(file);
      return size > LARGEST_TEXT ? size : asStored(readFileSync(file), this.#repository.format, oid);
    } finally {
      closeSync(file);
    }
  }

  placeToWrite(path: RepoPath): OutsidePlace | undefined {
    const consent = this.#consent;
    const root = this.#disk.rootOf(path);
    // safeguard write-consent (T1): reading is not writing (e2e/outside-writing: consent to)
    if (typeof consent === 'string' || !consent.write || !this.#outsideRoots.written.includes(root)) return undefined;
    const real = realPathOf(this.#disk.home, root);
    if (real === undefined) return undefined;
    if (path === root) return { top: dirname(real), path: pathFromText(basename(real)) };
    return { top: real, path: path.slice(root.length + 1) as RepoPath };
  }

  /**
   * The path's target if that is inside this repository's work tree: symlink mode, which needs no
   * consent.
   */
  #landing(path: RepoPath): RepoPath | undefined {
    let real: Buffer;
    try {
      real = realpathSync(this.#disk.diskPath(path), 'buffer');
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
    // safeguard automated (T1): where CI is set nothing is trusted (e2e/outside: list and revoke)
    if (this.#consent === 'automated') return unread('automated');
    // safeguard untrusted (T1, T2): nothing outside is read without consent (e2e/outside: inert)
    if (this.#consent === 'none') return unread('untrusted');
    // safeguard lapsed (T1): a consent lapses with the manifest (e2e/outside: the consent lapses)
    if (this.#consent === 'lapsed') return unread('lapsed');
    return realPathOf(this.#disk.home, this.#disk.rootOf(path)) === undefined ? unread('absent') : { kind: 'open' };
  }
}
