// What changed between two commits, or since the last one.

import { type Oid, parseOid } from './oid.js';
import type { RepoPath } from './path.js';
import { parsePaths, parseRawDiff } from './records.js';
import { type Git, readGit, runGit } from './run.js';

/** The newest commit that both have; undefined if there is none, or one of them is not here. */
export async function readMergeBase(git: Git, one: string, other: string): Promise<Oid | undefined> {
  const answer = await runGit(git, ['merge-base', '--end-of-options', one, other]);
  const oid = answer.stdout.toString('utf8').trim();
  return answer.code === 0 ? parseOid(oid) : undefined;
}

/** The paths that differ between two trees. */
export async function readChangedPaths(git: Git, from: Oid, to: Oid): Promise<ReadonlySet<RepoPath>> {
  const flags = ['-r', '--raw', '-z', '--no-abbrev', '--no-renames', '--ignore-submodules=none'];
  const changes = parseRawDiff(await readGit(git, ['diff-tree', ...flags, from, to]));
  return new Set(changes.map(({ path }) => path));
}

/** The staged files that are still there. */
export async function readStagedFiles(git: Git): Promise<readonly RepoPath[]> {
  const flags = ['--cached', '--name-only', '-z', '--no-renames', '--diff-filter=AMT', '--ignore-submodules=all'];
  return parsePaths(await readGit(git, ['diff', ...flags]));
}
