// git's ignore rules for untracked files.

import { bytesOf, pathFromBytes, type RepoPath } from './path.js';
import { type Git, runGit } from './run.js';

/**
 * The untracked and ignored ones of these paths; none if git cannot tell (a symlink above one of
 * them).
 */
export async function readIgnored(git: Git, paths: readonly RepoPath[]): Promise<ReadonlySet<RepoPath>> {
  if (paths.length === 0) return new Set();
  const input = Buffer.concat(paths.flatMap((path) => [bytesOf(path), Buffer.from('\0')]));
  const { code, stdout } = await runGit(git, ['check-ignore', '-z', '--stdin'], input);
  const names = code > 1 ? [] : stdout.toString('latin1').split('\0');
  return new Set(names.filter((name) => name !== '').map((name) => pathFromBytes(Buffer.from(name, 'latin1'))));
}
