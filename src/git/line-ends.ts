// Line ends that `git add` does not convert: under core.autocrlf or text=auto, those of a file with
// CRLF in its index entry.

import { batchesOf } from './batches.js';
import { pathFromBytes, type RepoPath, textOf } from './path.js';
import { recordsOf } from './records.js';
import { type Git, readGit, runGitSync } from './run.js';

/** What would convert the file if its index entry had no CRLF. `hash-object` ignores the index. */
export type KeptBy = 'configuration' | 'attribute';

const LIST = ['--literal-pathspecs', 'ls-files', '--eol', '-z', '--'];

/** The paths whose line ends are kept; never untracked ones. Only for text files. */
export async function readKept(git: Git, paths: readonly RepoPath[]): Promise<ReadonlyMap<RepoPath, KeptBy>> {
  const kept = new Map<RepoPath, KeptBy>();
  for (const some of batchesOf(paths.map(textOf))) {
    for (const [path, by] of parseEol(await readGit(git, [...LIST, ...some]))) kept.set(path, by);
  }
  return kept;
}

/** The same for one path, on the main thread. */
export function readKeptSync(git: Git, path: RepoPath): KeptBy | undefined {
  const { code, stdout } = runGitSync(git, [...LIST, textOf(path)]);
  return code === 0 ? parseEol(stdout).get(path) : undefined;
}

/** `i/<line ends> w/<line ends> attr/<attributes>` TAB path NUL.
 * https://git-scm.com/docs/git-ls-files#_output */
export function parseEol(output: Buffer): ReadonlyMap<RepoPath, KeptBy> {
  const kept = new Map<RepoPath, KeptBy>();
  for (const record of recordsOf(output)) {
    const tab = record.indexOf('\t');
    const [, index, attribute] = /^i\/(\S*) +w\/\S* +attr\/(.*?) *$/.exec(record.toString('latin1', 0, tab)) ?? [];
    const by = attribute === '' ? 'configuration' : attribute?.startsWith('text=auto') ? 'attribute' : undefined;
    if (by && (index === 'crlf' || index === 'mixed')) kept.set(pathFromBytes(record.subarray(tab + 1)), by);
  }
  return kept;
}

/** The arguments for a git that hashes such a file as `git add` would; the file's own follow. */
export function hashing(kept: KeptBy | undefined): readonly string[] {
  switch (kept) {
    case undefined:
      return ['-c', 'core.safecrlf=false', 'hash-object'];
    case 'configuration':
      return ['-c', 'core.safecrlf=false', '-c', 'core.autocrlf=false', 'hash-object'];
    case 'attribute':
      return ['hash-object', '--no-filters'];
  }
}
