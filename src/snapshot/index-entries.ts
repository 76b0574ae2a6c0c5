// The index entries of given paths, and whether git considers the working files unchanged.

import { isUtf8, type RepoPath, textOf } from '../git/path.js';
import { type IndexEntry, parseIndex, parseRawDiff } from '../git/records.js';
import { type Git, readGit } from '../git/run.js';

const PATHS_PER_CALL = 500;

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
  const entries = new Map<RepoPath, StagedEntry>();
  for (let start = 0; start < paths.length; start += PATHS_PER_CALL) {
    const some = paths.slice(start, start + PATHS_PER_CALL);
    // Arguments are text; a path that is not UTF-8 is found by listing all.
    const only = some.every(isUtf8) ? ['--', ...some.map(textOf)] : [];
    const list = ['--literal-pathspecs', 'ls-files', '-t', '-v', '--stage', '-z', ...only];
    const changed = ['--literal-pathspecs', 'diff-files', ...CHANGED, ...only];
    const [listed, differing] = await Promise.all([readGit(git, list), readGit(git, changed)]);
    const states = new Map(parseRawDiff(differing).map(({ path, status }) => [path, status]));
    for (const entry of parseIndex(listed)) {
      const status = states.get(entry.path);
      entries.set(entry.path, { ...entry, intended: status === 'A', clean: status === undefined && entry.tag === 'H' });
    }
  }
  return entries;
}
