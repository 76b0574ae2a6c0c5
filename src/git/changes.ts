// The changes between two commits, or since the last one.

import { objectMissing } from '../messages/trees.js';
import { type Oid, parseOid } from './oid.js';
import type { RepoPath } from './path.js';
import { parsePaths, parseRawDiff } from './records.js';
import { isShallow } from './repository.js';
import { type Git, gitFailed, readGit, runGit } from './run.js';

/**
 * The best common ancestor; undefined if there is none. @throws Fault `git` if a commit on the way
 * is missing.
 */
export async function readMergeBase(git: Git, one: string, other: string): Promise<Oid | undefined> {
  const args = ['merge-base', '--end-of-options', one, other];
  const answer = await runGit(git, args);
  // git also answers "none" if a commit on the way is missing from the store.
  const [, lost] = /Could not read ([0-9a-f]+)/.exec(answer.stderr) ?? [];
  if (lost !== undefined) throw objectMissing(lost, await isShallow(git));
  if (answer.code > 1) throw gitFailed(args, answer);
  const [base = ''] = answer.stdout.toString('utf8').split('\n');
  return base === '' ? undefined : parseOid(base);
}

/** The paths that differ between two trees. */
export async function readChangedPaths(git: Git, from: Oid, to: Oid): Promise<ReadonlySet<RepoPath>> {
  const flags = ['-r', '--raw', '-z', '--no-abbrev', '--no-renames', '--ignore-submodules=none'];
  const changes = parseRawDiff(await readGit(git, ['diff-tree', ...flags, from, to]));
  return new Set(changes.map(({ path }) => path));
}

/** The staged files, without deleted ones. */
export async function readStagedFiles(git: Git): Promise<readonly RepoPath[]> {
  const flags = ['--cached', '--name-only', '-z', '--no-renames', '--diff-filter=AMT', '--ignore-submodules=all'];
  return parsePaths(await readGit(git, ['diff', ...flags]));
}
