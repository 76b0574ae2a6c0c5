// The git commands that write: index entries, and blobs as git checks them out.

import { writeFileSync } from 'node:fs';
import { pause } from '../disk/pause.js';
import { Fault } from '../messages/fault.js';
import { sayIndexLocked, sayWhenUnlocked } from '../messages/writing.js';
import { hashing, readKeptSync } from './line-ends.js';
import { type Oid, parseOid } from './oid.js';
import { bytesOf, isUtf8, quotedLine, type RepoPath, textOf } from './path.js';
import type { Mode } from './records.js';
import { type Git, type GitResult, gitFailed, runGitSync } from './run.js';

/** One index entry to write; mode `0` removes the path. */
export interface IndexLine {
  readonly mode: Mode;
  readonly oid: Oid;
  readonly path: RepoPath;
}

/** Bytes. */
const LARGEST_IN_MEMORY = 100 * 1024 * 1024;

// git refuses such a path only where it is unsafe; we refuse it everywhere. Blobs must be synced
// before the journal goes:
// https://git-scm.com/docs/git-config#Documentation/git-config.txt-corefsync
const GUARDS = ['-c', 'core.protectHFS=true', '-c', 'core.protectNTFS=true'];
const TO_DISK: readonly string[] = ['-c', 'core.fsync=all'];
const NOT_YET: readonly string[] = ['-c', 'core.fsync=none'];
/** git's message if the file system has no fsync; without core.fsync git writes there too. */
const CANNOT_SYNC = /fsync error on .*: (?:Invalid argument|Operation not supported|Function not implemented)/;
// git 2.39 puts an entry beside its sparse directory, and the next commit takes the directory's old
// tree.
const WHOLE_INDEX = ['-c', 'index.sparse=false'];
const LOCK_TRIES = 3;
const LOCK_WAIT = 150;

/**
 * Writes the entries in one index transaction (GIT_INDEX_FILE, if it is set). git silently skips
 * names that it rejects: read the index again.
 */
export function stageEntries(git: Git, lines: readonly IndexLine[]): void {
  const records = lines.map(({ mode, oid, path }) =>
    Buffer.concat([Buffer.from(`${mode} ${oid}\t`), bytesOf(path), Buffer.from('\0')]),
  );
  if (lines.length > 0) writeIndex(git, ['update-index', '-z', '--index-info'], Buffer.concat(records));
}

/** Sets skip-worktree again, which writing an entry drops. */
export function stageSkipWorktree(git: Git, paths: readonly RepoPath[]): void {
  if (paths.length > 0) writeIndex(git, ['update-index', '--skip-worktree', '-z', '--stdin'], listOf(paths));
}

/** Marks new files with intent-to-add, without staging their content. */
export function stageIntent(git: Git, paths: readonly RepoPath[]): void {
  if (paths.length === 0) return;
  const list = ['--pathspec-from-file=-', '--pathspec-file-nul'];
  const args = [
    // safeguard literal-names (T9): a name is no pattern (e2e/attacks: T9)
    '--literal-pathspecs',
    'add',
    '--intent-to-add',
    '--force',
    ...list,
  ];
  writeIndex(git, args, listOf(paths));
}

/** Stages the working files. */
export function stageFiles(git: Git, paths: readonly RepoPath[]): void {
  if (paths.length === 0) return;
  const list = ['--pathspec-from-file=-', '--pathspec-file-nul'];
  writeIndex(git, ['--literal-pathspecs', 'add', ...list], listOf(paths));
}

function listOf(paths: readonly RepoPath[]): Buffer {
  return Buffer.concat(paths.flatMap((path) => [bytesOf(path), Buffer.from('\0')]));
}

/**
 * Another git holds the index lock only briefly; its lock is never removed. @throws Fault `busy` if
 * it stays.
 */
function writeIndex(git: Git, args: readonly string[], input: Buffer): void {
  for (let tries = 1; ; tries += 1) {
    const result = runWriting(git, [...WHOLE_INDEX, ...args], { input });
    if (result.code === 0) return;
    const lock = heldLock(result);
    if (lock === undefined) throw gitFailed(args, result);
    if (tries === LOCK_TRIES) {
      throw new Fault('busy', sayIndexLocked(lock), sayWhenUnlocked(lock));
    }
    pause(LOCK_WAIT * tries);
  }
}

/** Runs a git that writes; it syncs what it writes, where the file system can. */
export function runWriting(
  git: Git,
  args: readonly string[],
  options: { readonly input?: Uint8Array | number } = {},
  syncing = TO_DISK,
): GitResult {
  const result = runGitSync(git, [...GUARDS, ...syncing, ...args], options);
  return CANNOT_SYNC.test(result.stderr) ? runGitSync(git, [...GUARDS, ...args], options) : result;
}

function heldLock({ stderr }: GitResult): string | undefined {
  return /Unable to create '(.*\.lock)': File exists/.exec(stderr)?.[1];
}

/** A working file, and the blob id that its content must have. */
export interface BlobSource {
  readonly path: RepoPath;
  readonly expected: Oid;
}

/**
 * Stores the working files as blobs, as `git add` would. `syncs`: false if the caller syncs them.
 * @throws Fault `git` if one has another id than `expected`.
 */
export function writeBlobs(git: Git, sources: readonly BlobSource[], syncs = true): void {
  let left = sources;
  for (const kept of [undefined, 'configuration', 'attribute'] as const) {
    if (left.length === 0) return;
    const input = Buffer.concat(left.map(({ path }) => quotedLine(path)));
    const result = runWriting(git, [...hashing(kept), '-w', '--stdin-paths'], { input }, syncs ? TO_DISK : NOT_YET);
    if (result.code !== 0) throw gitFailed(['hash-object'], result);
    const ids = result.stdout.toString('latin1').split('\n');
    left = left.filter(({ expected }, at) => ids[at] !== expected);
  }
  const [changed] = left;
  if (!changed) return;
  throw new Fault('git', `${textOf(changed.path)} changed while it was being copied.`, 'run the same command again');
}

/** Stores these bytes without conversion. @returns their blob id. */
export function writeBytesAsBlob(git: Git, bytes: Uint8Array): Oid {
  const result = runWriting(git, ['hash-object', '-w', '--no-filters', '--stdin'], { input: bytes });
  if (result.code !== 0) throw gitFailed(['hash-object'], result);
  return parseOid(result.stdout.toString('latin1').trim());
}

/** Stores a file's bytes without conversion; git streams a large one. `file` is absolute. */
export function writeFileAsBlob(git: Git, file: string): void {
  const result = runWriting(git, ['hash-object', '-w', '--no-filters', '--', file]);
  if (result.code !== 0) throw gitFailed(['hash-object'], result);
}

/** Stores a text as `git add` would store it at that path. */
export function writeTextAsBlob(git: Git, path: RepoPath, bytes: Uint8Array): Oid {
  const kept = readKeptSync(git, path);
  const as = kept === 'attribute' ? [] : [`--path=${textOf(path)}`];
  const result = runWriting(git, [...hashing(kept), '-w', ...as, '--stdin'], { input: bytes });
  if (result.code !== 0) throw gitFailed(['hash-object'], result);
  return parseOid(result.stdout.toString('latin1').trim());
}

/** Writes a blob into an open file as a checkout of `path` would: end-of-line, encoding and filters
 * applied. */
export function writeCheckedOut(git: Git, oid: Oid, path: RepoPath, file: number): void {
  if (!isUtf8(path)) {
    writeFileSync(file, readCheckedOut(git, oid, path));
    return;
  }
  const result = runGitSync(git, ['cat-file', '--filters', `--path=${textOf(path)}`, oid], { output: file });
  if (result.code !== 0) throw gitFailed(['cat-file'], result);
}

/**
 * The same in memory, for a name that cannot be an argument: --batch takes it as bytes; its reply
 * starts with a header line.
 */
function readCheckedOut(git: Git, oid: Oid, path: RepoPath): Buffer {
  const input = Buffer.concat([Buffer.from(`${oid} `), bytesOf(path), Buffer.from('\0')]);
  const args = ['cat-file', '--batch', '--filters', '-z'];
  const result = runGitSync(git, args, { input, largest: LARGEST_IN_MEMORY });
  if (result.code !== 0) throw gitFailed(['cat-file'], result);
  return result.stdout.subarray(result.stdout.indexOf('\n') + 1, -1);
}

function hasObject(git: Git, oid: Oid): boolean {
  return runGitSync(git, ['cat-file', '-e', oid]).code === 0;
}

/** Writes a blob's raw bytes into an open file; false if the blob is not in the store. */
export function writeBlobInto(git: Git, oid: Oid, file: number): boolean {
  if (!hasObject(git, oid)) return false;
  const result = runGitSync(git, ['cat-file', 'blob', oid], { output: file });
  if (result.code !== 0) throw gitFailed(['cat-file'], result);
  return true;
}
