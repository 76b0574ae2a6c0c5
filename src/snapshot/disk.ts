// The file system's content at a path, hashed as `git add` would hash it.

import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { errorCode } from '../disk/error-code.js';
import { readConverted } from '../git/attributes.js';
import type { Entry } from '../git/entry.js';
import { hashing, type KeptBy, readKept } from '../git/line-ends.js';
import { hashObject, parseOid } from '../git/oid.js';
import { bytesOf, isUtf8, quotedLine, type RepoPath, textOf } from '../git/path.js';
import type { Mode } from '../git/records.js';
import type { Repository } from '../git/repository.js';
import { readGit } from '../git/run.js';
import { notAFileOrLink } from '../messages/disk.js';
import type { Fault } from '../messages/fault.js';
import { entryOf } from './entry.js';

/** A file or link on the disk, with the mode that git gives it, before its id is known. */
export interface Unhashed {
  readonly path: RepoPath;
  readonly mode: Mode;
}

/** The path for the file system, in bytes. */
export function absolutePath(top: string, path: RepoPath): Buffer {
  return Buffer.concat([Buffer.from(join(top, '/')), bytesOf(path)]);
}

/** True if the path exists; false also below a file. */
export function standsAt(path: Buffer): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (errorCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}

/**
 * A symlink's target; where core.symlinks is false, git checks it out as a file with the target as
 * content.
 */
export function readLinkOnDisk(top: string, path: RepoPath): Buffer {
  const name = absolutePath(top, path);
  return lstatSync(name).isFile() ? readFileSync(name) : readlinkSync(name, 'buffer');
}

/**
 * The file at the path as git sees it; absent if there is none, or a directory (a nested
 * repository).
 * @throws Fault `disk` for a FIFO, socket or device: reading one could block for ever.
 */
export function standsOnDisk(top: string, path: RepoPath, trustsMode: boolean): Unhashed[] {
  const stat = lstatSync(absolutePath(top, path), { throwIfNoEntry: false });
  if (!stat || stat.isDirectory()) return [];
  return [{ path, mode: modeOnDisk(stat, path, trustsMode) }];
}

function modeOnDisk(stat: Stats, path: RepoPath, trustsMode: boolean): Mode {
  if (stat.isSymbolicLink()) return '120000';
  if (stat.isFile()) return trustsMode && (stat.mode & 0o100) !== 0 ? '100755' : '100644';
  throw notAFile(path);
}

function notAFile(path: RepoPath): Fault {
  return notAFileOrLink(textOf(path));
}

/** The entries that `git add` would make of the files. */
export async function hashOnDisk(
  repository: Repository,
  found: readonly Unhashed[],
): Promise<ReadonlyMap<RepoPath, Entry>> {
  const { top, format, git } = repository;
  const entries = new Map<RepoPath, Entry>();
  const files: Unhashed[] = [];
  for (const each of found) {
    if (each.mode === '160000') entries.set(each.path, await readSubmoduleHead(repository, each.path));
    else if (lstatSync(absolutePath(top, each.path)).isSymbolicLink()) {
      entries.set(each.path, { kind: 'link', oid: hashObject(format, 'blob', readLinkOnDisk(top, each.path)) });
    } else if (lstatSync(absolutePath(top, each.path)).isFile()) files.push(each);
    else throw notAFile(each.path);
  }
  const paths = files.map((each) => each.path);
  const kept = await readKept(git, await readLineEndSuspects(repository, paths));
  for (const by of [undefined, 'configuration', 'attribute'] as const) {
    const some = files.filter((each) => kept.get(each.path) === by);
    const ids = await hashFiles(git, some, by);
    // Where core.symlinks is false, a link is checked out as a file with its target, and is still a
    // link for git.
    for (const [at, { path, mode }] of some.entries()) {
      entries.set(path, entryOf({ mode, oid: parseOid(ids[at] ?? '') }));
    }
  }
  return entries;
}

/** Bytes; files up to this size are searched for CRLF before git is asked. */
const SEARCHED = 8 * 1024 * 1024;

/** Files with CRLF for which the index decides whether git converts them. */
export async function readLineEndSuspects(
  { git, top }: Repository,
  paths: readonly RepoPath[],
): Promise<readonly RepoPath[]> {
  const suspects = paths.filter((path) => {
    const file = absolutePath(top, path);
    return isUtf8(path) && (lstatSync(file).size > SEARCHED || readFileSync(file).includes('\r\n'));
  });
  return suspects.length === 0 ? [] : [...(await readConverted(git, suspects))];
}

/** Fewer files are not worth a second process. */
const FILES_PER_PROCESS = 100;

/** Several processes in parallel; each streams one file at a time. */
async function hashFiles(
  git: Repository['git'],
  files: readonly Unhashed[],
  kept: KeptBy | undefined,
): Promise<string[]> {
  const processes = Math.min(availableParallelism(), Math.ceil(files.length / FILES_PER_PROCESS));
  const share = Math.ceil(files.length / processes);
  const parts = Array.from({ length: processes }, async (_, at) => {
    const names = files.slice(at * share, (at + 1) * share).map(({ path }) => quotedLine(path));
    return (await readGit(git, [...hashing(kept), '--stdin-paths'], Buffer.concat(names)))
      .toString('latin1')
      .trimEnd()
      .split('\n');
  });
  return (await Promise.all(parts)).flat();
}

async function readSubmoduleHead(repository: Repository, path: RepoPath): Promise<Entry> {
  const flags = ['-p', '--submodule=short', '--no-ext-diff', '--no-color', '--ignore-submodules=dirty'];
  const change = await readGit(repository.git, ['--literal-pathspecs', 'diff-files', ...flags, '--', textOf(path)]);
  const [, oid = ''] = /^\+Subproject commit ([0-9a-f]+)/m.exec(change.toString('latin1')) ?? [];
  return { kind: 'gitlink', oid: parseOid(oid) };
}

/** The sha256 of the file on disk, in hex, without git's conversions. */
export async function digestOnDisk(top: string, path: RepoPath): Promise<string> {
  const hash = createHash('sha256');
  // Opened here, because under bun a stream takes no path in bytes.
  const file = await open(absolutePath(top, path));
  for await (const chunk of file.createReadStream()) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
