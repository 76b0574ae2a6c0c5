// The index at given paths, read synchronously: a write must see what it replaces.

import { emptyTree, hashObject, type ObjectFormat, type Oid } from './oid.js';
import { below, isUtf8, parentOf, type RepoPath, textOf } from './path.js';
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

/** The most pathspecs: git compares each entry of the index with each of them. */
const MOST_PATHSPECS = 500;

/** The entries at these paths; absent and unmerged paths are not in the map. */
export function readIndexState(
  git: Git,
  format: ObjectFormat,
  paths: readonly RepoPath[],
): ReadonlyMap<RepoPath, IndexState> {
  const states = new Map<RepoPath, IndexState>();
  if (paths.length === 0) return states;
  const wanted = new Set(paths);
  const entries = parseIndex(ask(git, ['ls-files', '-t', '-v', '--stage', '-z'], paths));
  const mine = entries.filter(({ path, stage }) => stage === 0 && wanted.has(path));
  // An intended entry looks like an empty added file, so only those need the second question.
  const empty = hashObject(format, 'blob', new Uint8Array());
  const meant = mine.filter(({ oid }) => oid === empty).map(({ path }) => path);
  const real = readCommittable(git, format, meant);
  for (const { path, mode, oid, tag } of mine) {
    const intended = oid === empty && !real.has(path);
    states.set(path, { mode, oid, skipsWorktree: tag.toUpperCase() === 'S', intended });
  }
  return states;
}

function readCommittable(git: Git, format: ObjectFormat, paths: readonly RepoPath[]): ReadonlySet<RepoPath> {
  if (paths.length === 0) return new Set();
  const flags = ['--cached', '--name-only', '-z', '--no-renames', '--ita-invisible-in-index', emptyTree(format)];
  return new Set(parsePaths(ask(git, ['diff-index', ...flags], paths)));
}

function ask(git: Git, words: readonly string[], paths: readonly RepoPath[]): Buffer {
  const result = runGitSync(git, ['--literal-pathspecs', ...words, '--', ...pathspecsOf(paths)]);
  if (result.code !== 0) throw gitFailed(words, result);
  return result.stdout;
}

/**
 * Arguments for git that cover these paths: the paths, or for many of them the directory that they
 * have in common. None, which is all, if a path is not UTF-8: arguments are text.
 */
export function pathspecsOf(paths: readonly RepoPath[]): readonly string[] {
  if (!paths.every(isUtf8)) return [];
  if (paths.length <= MOST_PATHSPECS) return paths.map(textOf);
  let common = parentOf(paths[0] as RepoPath);
  for (const path of paths) while (common !== '' && below(path, common) === undefined) common = parentOf(common);
  return common === '' ? [] : [textOf(common)];
}
