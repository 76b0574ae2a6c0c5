// The git commands that change something: index entries, and blobs written out the way git checks files out.

import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { writeSync } from 'node:fs';
import { Fault } from '../messages/fault.js';
import type { Oid } from './oid.js';
import { bytesOf, isUtf8, type RepoPath, textOf } from './path.js';
import type { Mode } from './records.js';
import { type Git, gitFailed, readGit } from './run.js';

/** One index entry to be; the mode `0` takes the path out. */
export interface IndexLine {
  readonly mode: Mode;
  readonly oid: Oid;
  readonly path: RepoPath;
}

/** Bytes. */
const LARGEST_IN_MEMORY = 100 * 1024 * 1024;

// git would skip a path that is dangerous on another system only there; we refuse it everywhere.
const GUARDS = ['-c', 'core.protectHFS=true', '-c', 'core.protectNTFS=true'];

/**
 * Writes the entries in one transaction of the index (the inherited GIT_INDEX_FILE, if there is one). git leaves a path
 * out with exit code 0 where it does not like the name: re-read what was written.
 */
export async function stageEntries(git: Git, lines: readonly IndexLine[]): Promise<void> {
  const records = lines.map(({ mode, oid, path }) =>
    Buffer.concat([Buffer.from(`${mode} ${oid}\t`), bytesOf(path), Buffer.from('\0')]),
  );
  await readGit(git, [...GUARDS, 'update-index', '-z', '--index-info'], Buffer.concat(records));
}

/** Sets skip-worktree again, which writing an entry drops. */
export async function stageSkipWorktree(git: Git, paths: readonly RepoPath[]): Promise<void> {
  if (paths.length > 0) await readGit(git, ['update-index', '--skip-worktree', '-z', '--stdin'], listOf(paths));
}

/** Tells git that the new files are meant, without staging their content. */
export async function stageIntent(git: Git, paths: readonly RepoPath[]): Promise<void> {
  if (paths.length === 0) return;
  const list = ['--pathspec-from-file=-', '--pathspec-file-nul'];
  await readGit(git, ['--literal-pathspecs', 'add', '--intent-to-add', '--force', ...list], listOf(paths));
}

/** Stages a file that dos-sync itself made or edited. */
export async function stageFile(git: Git, path: RepoPath): Promise<void> {
  const list = ['--pathspec-from-file=-', '--pathspec-file-nul'];
  await readGit(git, ['--literal-pathspecs', 'add', ...list], listOf([path]));
}

function listOf(paths: readonly RepoPath[]): Buffer {
  return Buffer.concat(paths.flatMap((path) => [bytesOf(path), Buffer.from('\0')]));
}

/** Stores the working file's content as a blob, as `git add` would. @throws Fault `git` if that is not `expected` any more. */
export function writeBlob(git: Git, path: RepoPath, expected: Oid): void {
  // A line break would end the name on standard input, and an argument has to be UTF-8.
  const named = path.includes('\n') ? ['--', argumentOf(path)] : ['--stdin-paths'];
  const args = ['-c', 'core.safecrlf=false', 'hash-object', '-w', ...named];
  const input = Buffer.concat([bytesOf(path), Buffer.from('\n')]);
  const result = spawnSync(git.program, args, { cwd: git.cwd, env: git.env, input });
  if (result.status !== 0) throw writeFailed('hash-object', result);
  if (result.stdout.toString('latin1').trim() === expected) return;
  throw new Fault('git', `${textOf(path)} changed while it was being copied.`, 'run the same command again');
}

/** Writes a blob into an open file as a checkout of `path` would: end-of-line, encoding and filters applied. */
export function writeCheckedOut(git: Git, oid: Oid, path: RepoPath, file: number): void {
  if (!isUtf8(path)) {
    writeSync(file, readCheckedOut(git, oid, path));
    return;
  }
  const args = ['cat-file', '--filters', `--path=${textOf(path)}`, oid];
  const result = spawnSync(git.program, args, { cwd: git.cwd, env: git.env, stdio: ['ignore', file, 'pipe'] });
  if (result.status !== 0) throw writeFailed('cat-file', result);
}

/** The same in memory, for a name that cannot be an argument: --batch takes it as bytes, and answers with a line first. */
function readCheckedOut(git: Git, oid: Oid, path: RepoPath): Buffer {
  const input = Buffer.concat([Buffer.from(`${oid} `), bytesOf(path), Buffer.from('\0')]);
  const options = { cwd: git.cwd, env: git.env, input, maxBuffer: LARGEST_IN_MEMORY };
  const result = spawnSync(git.program, ['cat-file', '--batch', '--filters', '-z'], options);
  if (result.error || result.status !== 0) throw writeFailed('cat-file', result);
  return result.stdout.subarray(result.stdout.indexOf('\n') + 1, -1);
}

function writeFailed(verb: string, { status, stderr, error }: SpawnSyncReturns<Buffer>): Fault {
  return gitFailed([verb], { code: status ?? 128, stderr: error?.message ?? stderr?.toString('utf8') ?? '' });
}

function argumentOf(path: RepoPath): string {
  if (isUtf8(path)) return textOf(path);
  throw new Fault(
    'disk',
    `${textOf(path)}: the name has a line break and is not UTF-8, so dos-sync cannot write it.`,
    'copy it by hand',
  );
}
