// Replaces a file that dos-sync edits, such as the manifest, in the same way as a fix.

import { createHash } from 'node:crypto';
import { readIndexState } from '../git/index-state.js';
import { type RepoPath, textOf } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { writeTextAsBlob } from '../git/write.js';
import { changedMeanwhile } from '../messages/writing.js';
import type { EntryChange } from './changes.js';
import { type FileState, readState } from './file-state.js';
import { withFolders } from './folder.js';
import { carryOut } from './transaction.js';

export interface TextEdit {
  readonly path: RepoPath;
  /** The text that was edited; undefined if the file must not exist yet. */
  readonly before: string | undefined;
  readonly after: string;
  readonly stage: boolean;
  /** What the user ran, such as `add`. */
  readonly command: string;
}

/** @throws Fault `busy` if the file has changed since it was read. */
export async function writeText(
  repository: Repository,
  { path, before, after, stage, command }: TextEdit,
): Promise<void> {
  const bytes = Buffer.from(after, 'utf8');
  const expected = withFolders(repository.top, (folders) => readState(folders, path));
  if (!isText(expected, before)) throw changedMeanwhile(textOf(path));
  const mode = expected.kind === 'file' ? { mode: expected.mode } : {};
  const entries = stage ? [stagedText(repository, path, bytes)] : [];
  await carryOut(repository, {
    command,
    files: [{ path, content: { kind: 'bytes', bytes, ...mode }, expected }],
    entries,
  });
}

function isText(state: FileState, text: string | undefined): boolean {
  if (text === undefined) return state.kind === 'absent';
  return state.kind === 'file' && state.sha256 === createHash('sha256').update(text, 'utf8').digest('hex');
}

function stagedText({ git, format }: Repository, path: RepoPath, bytes: Buffer): EntryChange {
  const known = readIndexState(git, format, [path]).get(path);
  const mode = known && !known.intended ? known.mode : '100644';
  const skipsWorktree = known?.skipsWorktree ?? false;
  return { path, after: { mode, oid: writeTextAsBlob(git, path, bytes), skipsWorktree, intended: false } };
}
