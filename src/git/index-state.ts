// The index at given paths, read synchronously: a write must see what it replaces.

import { emptyTree, hashObject, type ObjectFormat, type Oid } from './oid.js';
import { isUtf8, type RepoPath, textOf } from './path.js';
import { type Mode, parseIndex, parsePaths } from './records.js';
import { type Git, gitFailed, runGitSync } from './run.js';

/** An index entry with the flags that writing it would drop. */
export interface IndexState {
  readonly mode: Mode;
  readonly oid: Oid;
  /** Sparse checkout leaves the working file out. */
  readonly skipsWorktree: boolean;
  /** `git add -N`: git knows the name, but a commit would not contain it. */
  readonly intended: boolean;
}

const PATHS_PER_CALL = 500;

/** The entries at these paths; absent and unmerged paths are not in the map. */
export function readIndexState(
  git: Git,
  format: ObjectFormat,
  paths: readonly RepoPath[],
): ReadonlyMap<RepoPath, IndexState> {
  const states = new Map<RepoPath, IndexState>();
  for (let start = 0; start < paths.length; start += PATHS_PER_CALL) {
    const some = paths.slice(start, start + PATHS_PER_CALL);
    const wanted = new Set(some);
    const entries = parseIndex(ask(git, ['ls-files', '-t', '-v', '--stage', '-z'], some));
    const mine = entries.filter(({ path, stage }) => stage === 0 && wanted.has(path));
    // An intended entry looks like an empty added file, so only those need the second question.
    const empty = hashObject(format, 'blob', new Uint8Array());
    const meant = mine.filter(({ oid }) => oid === empty).map(({ path }) => path);
    const real = readCommittable(git, format, meant);
    for (const { path, mode, oid, tag } of mine) {
      const intended = oid === empty && !real.has(path);
      states.set(path, { mode, oid, skipsWorktree: tag.toUpperCase() === 'S', intended });
    }
  }
  return states;
}

function readCommittable(git: Git, format: ObjectFormat, paths: readonly RepoPath[]): ReadonlySet<RepoPath> {
  if (paths.length === 0) return new Set();
  const flags = ['--cached', '--name-only', '-z', '--no-renames', '--ita-invisible-in-index', emptyTree(format)];
  return new Set(parsePaths(ask(git, ['diff-index', ...flags], paths)));
}

// Arguments are text; if a path is not UTF-8, all entries are listed.
function ask(git: Git, words: readonly string[], paths: readonly RepoPath[]): Buffer {
  const only = paths.every(isUtf8) ? ['--', ...paths.map(textOf)] : [];
  const result = runGitSync(git, ['--literal-pathspecs', ...words, ...only]);
  if (result.code !== 0) throw gitFailed(words, result);
  return result.stdout;
}
