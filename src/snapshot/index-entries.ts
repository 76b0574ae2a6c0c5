// The index entries of given paths, and whether git considers the working files unchanged.

import { pathspecsOf } from '../git/index-state.js';
import type { RepoPath } from '../git/path.js';
import { type IndexEntry, parseIndex, parseRawDiff } from '../git/records.js';
import { type Git, readGit } from '../git/run.js';

const CHANGED = ['--raw', '--no-abbrev', '--no-renames', '--ignore-submodules=all', '-z'];

/** An index entry, and git's view of its working file. */
interface StagedEntry extends IndexEntry {
  /** `git add -N`: a commit would not contain it. */
  readonly intended: boolean;
  /** git considers the working file equal to the index. */
  readonly clean: boolean;
}

/** The entries of these paths that the index has. */
export async function readIndexEntries(
  git: Git,
  paths: readonly RepoPath[],
): Promise<ReadonlyMap<RepoPath, StagedEntry>> {
  if (paths.length === 0) return new Map();
  const only = ['--', ...pathspecsOf(paths)];
  const list = ['--literal-pathspecs', 'ls-files', '-t', '-v', '--stage', '-z', ...only];
  const changed = ['--literal-pathspecs', 'diff-files', ...CHANGED, ...only];
  const [listed, differing] = await Promise.all([readGit(git, list), readGit(git, changed)]);
  const states = new Map(parseRawDiff(differing).map(({ path, status }) => [path, status]));
  const wanted = new Set(paths);
  const entries = new Map<RepoPath, StagedEntry>();
  for (const entry of parseIndex(listed)) {
    if (!wanted.has(entry.path)) continue;
    const status = states.get(entry.path);
    entries.set(entry.path, { ...entry, intended: status === 'A', clean: status === undefined && entry.tag === 'H' });
  }
  return entries;
}
