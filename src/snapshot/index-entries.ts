// What the index holds at given paths, with git's own word on whether the working files are still
// that.

import { isUtf8, type RepoPath, textOf } from '../git/path.js';
import { type IndexEntry, parseIndex, parseRawDiff } from '../git/records.js';
import { type Git, readGit } from '../git/run.js';

const PATHS_PER_CALL = 500;

const CHANGED = ['--raw', '--no-abbrev', '--no-renames', '--ignore-submodules=all', '-z'];

/** An entry of the index, and what git says of the working file beside it. */
interface StagedEntry extends IndexEntry {
  /** `git add -N`: no commit would contain it. */
  readonly intended: boolean;
  /** The working file is what the index has, in git's own word. */
  readonly clean: boolean;
}

/** The entries of these paths, as far as the index has them. */
export async function readIndexEntries(
  git: Git,
  paths: readonly RepoPath[],
): Promise<ReadonlyMap<RepoPath, StagedEntry>> {
  const entries = new Map<RepoPath, StagedEntry>();
  for (let start = 0; start < paths.length; start += PATHS_PER_CALL) {
    const some = paths.slice(start, start + PATHS_PER_CALL);
    // An argument is text; a path that is not is found by listing all.
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
