// The git commands that change something: index entries, and blobs written out the way git checks files out.

import { spawnSync } from 'node:child_process';
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
  const args = ['-c', 'core.safecrlf=false', 'hash-object', '-w', '--', argumentOf(path)];
  const result = spawnSync(git.program, args, { cwd: git.cwd, env: git.env, encoding: 'utf8' });
  if (result.status !== 0) throw gitFailed(['hash-object'], { code: result.status ?? 128, stderr: result.stderr });
  if (result.stdout.trim() === expected) return;
  throw new Fault('git', `${textOf(path)} changed while it was being copied.`, 'run the same command again');
}

/** Writes a blob into an open file as a checkout of `path` would: end-of-line, encoding and filters applied. */
export function writeCheckedOut(git: Git, oid: Oid, path: RepoPath, file: number): void {
  const args = ['cat-file', '--filters', `--path=${argumentOf(path)}`, oid];
  const result = spawnSync(git.program, args, { cwd: git.cwd, env: git.env, stdio: ['ignore', file, 'pipe'] });
  if (result.status === 0) return;
  throw gitFailed(['cat-file'], { code: result.status ?? 128, stderr: result.stderr.toString('utf8') });
}

function argumentOf(path: RepoPath): string {
  if (isUtf8(path)) return textOf(path);
  throw new Fault('disk', `${textOf(path)}: the name is not UTF-8, so dos-sync cannot write it.`, 'copy it by hand');
}
