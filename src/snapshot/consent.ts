// The user's consents to outside paths of manifests, kept in the user's configuration directory.

import { lstatSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { replaceDurably } from '../disk/durable.js';
import { errorCode } from '../disk/error-code.js';
import { canBelieve } from '../disk/owner.js';
import type { Repository } from '../git/repository.js';
import type { OutsideRoots } from '../manifest/outside.js';
import { Fault } from '../messages/fault.js';
import { sayConsentsBroken } from '../messages/trust.js';

/** The consent for one repository, and what it covers. */
export interface Consent {
  /** The git common directory: its real path and its inode. */
  readonly repository: string;
  readonly inode: string;
  /** Each declared root with its real path; null if it did not exist. */
  readonly roots: Readonly<Record<string, string | null>>;
  readonly digest: string;
  /** Every consent allows reading; writing needs this flag too. */
  readonly write: boolean;
}

/** Automated runs never use a consent. */
export function isAutomated(environment: NodeJS.ProcessEnv): boolean {
  return !['', '0', 'false', undefined].includes(environment['CI']);
}

/** The user's directory for what no repository may decide. */
export function configurationDirectory(environment: NodeJS.ProcessEnv): string {
  const configured = environment['XDG_CONFIG_HOME'] ?? '';
  const base = isAbsolute(configured) ? configured : join(environment['HOME'] ?? homedir(), '.config');
  return join(base, 'dos-sync');
}

function consentsPath(environment: NodeJS.ProcessEnv): string {
  return join(configurationDirectory(environment), 'consents.json');
}

/**
 * Every consent of this user; none from a file of somebody else. @throws Fault `disk` if dos-sync
 * did not write the file.
 */
export function readConsents(environment: NodeJS.ProcessEnv): readonly Consent[] {
  const path = consentsPath(environment);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  // safeguard foreign-consent (T23): another user's consent is none (e2e/foreign-files: a consent)
  if (!stat || !canBelieve(path)) return [];
  const consents = stat.isFile() ? parseConsents(readFileSync(path, 'utf8')) : undefined;
  if (consents) return consents;
  throw new Fault('disk', sayConsentsBroken(path), 'move it away, then: git dos-sync trust');
}

function parseConsents(text: string): readonly Consent[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every(isConsent) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isConsent(value: unknown): value is Consent {
  const { repository, inode, roots, digest, write } = Object(value) as Record<string, unknown>;
  const strings = [repository, inode, digest].every((each) => typeof each === 'string');
  const real = Object.values(Object(roots)).every((each) => each === null || typeof each === 'string');
  return strings && real && typeof write === 'boolean';
}

/** Writes the list atomically, readable only for its owner. */
export function writeConsents(environment: NodeJS.ProcessEnv, consents: readonly Consent[]): void {
  const path = consentsPath(environment);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  replaceDurably(path, `${JSON.stringify(consents, null, 2)}\n`, 0o600, `${path}.${process.pid}`);
}

/** The consent for the present state. */
export function buildConsent(
  repository: Repository,
  outsideRoots: OutsideRoots,
  home: string,
  write: boolean,
): Consent {
  const { path, inode } = identityOf(repository);
  const roots = Object.fromEntries(outsideRoots.roots.map((root) => [root, realPathOf(home, root) ?? null]));
  return { repository: path, inode, roots, digest: outsideRoots.digest, write };
}

/** The repository of a consent: the real path of its common directory, and the inode. */
export function identityOf({ commonDir }: Pick<Repository, 'commonDir'>): {
  readonly path: string;
  readonly inode: string;
} {
  const path = realpathSync(commonDir);
  return { path, inode: String(lstatSync(path, { bigint: true }).ino) };
}

function literalPlace(home: string, root: string): string {
  return join(realpathSync(home), Buffer.from(root, 'latin1').toString('utf8').slice(1));
}

/** A root's real path; undefined if it does not exist. */
export function realPathOf(home: string, root: string): string | undefined {
  try {
    return realpathSync(join(home, Buffer.from(root, 'latin1').toString('utf8').slice(1)));
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** The valid consent for this repository and manifest; `lapsed` if it was for another state. */
export function findConsent(
  consents: readonly Consent[],
  repository: Repository,
  outsideRoots: OutsideRoots,
  home: string,
): Consent | 'none' | 'lapsed' {
  const now = buildConsent(repository, outsideRoots, home, false);
  const given = consents.find((each) => each.repository === now.repository);
  if (!given) return 'none';
  const same = given.inode === now.inode && given.digest === now.digest;
  // A missing root exposes nothing; a new one must be a real directory, not a symlink.
  const roots = Object.entries(now.roots).every(([root, real]) => {
    const agreed = given.roots[root] ?? literalPlace(home, root);
    return root in given.roots && (real === null || real === agreed);
  });
  return same && roots ? given : 'lapsed';
}
