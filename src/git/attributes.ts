// What .gitattributes says of paths.

import { bytesOf, pathFromBytes, type RepoPath } from './path.js';
import { type Git, readGit } from './run.js';

/** The `filter` of each path, by the .gitattributes in the index or on disk; `unspecified` where there is none. */
export async function readFilters(
  git: Git,
  paths: readonly RepoPath[],
  attributes: 'index' | 'worktree',
): Promise<ReadonlyMap<RepoPath, string>> {
  if (paths.length === 0) return new Map();
  const input = Buffer.concat(paths.flatMap((path) => [bytesOf(path), Buffer.from('\0')]));
  // <path> NUL <attribute> NUL <value> NUL, over and over.
  const fields = (
    await readGit(
      git,
      ['check-attr', ...(attributes === 'index' ? ['--cached'] : []), '-z', '--stdin', 'filter'],
      input,
    )
  )
    .toString('latin1')
    .split('\0');
  const filters = new Map<RepoPath, string>();
  for (let at = 0; at + 2 < fields.length; at += 3) {
    filters.set(pathFromBytes(Buffer.from(fields[at] ?? '', 'latin1')), fields[at + 2] ?? '');
  }
  return filters;
}
