// The old name of a file that a commit adds, found by git's rename detection.

import { isUtf8, pathFromBytes, type RepoPath, textOf } from './path.js';
import { type Git, readGit } from './run.js';

const RENAMED = /^:\d+ \d+ [0-9a-f]+ [0-9a-f]+ R/;

/**
 * The renames of a diff-tree or diff-index with these operands: new name to old name. With a
 * directory, only files below it are considered.
 */
export async function readRenames(
  git: Git,
  [verb, ...operands]: readonly [verb: 'diff-tree' | 'diff-index', ...operands: readonly string[]],
  root?: RepoPath,
): Promise<ReadonlyMap<RepoPath, RepoPath>> {
  if (root !== undefined && !isUtf8(root)) return new Map();
  const only = root === undefined ? [] : ['--', textOf(root)];
  const args = ['--literal-pathspecs', verb, '-M', '--raw', '-z', '--no-abbrev', ...operands, ...only];
  const records = splitRecords(await readGit(git, args));
  const renames = new Map<RepoPath, RepoPath>();
  for (let at = 0; at < records.length; ) {
    const isRename = RENAMED.test(records[at]?.toString('latin1') ?? '');
    const [before, after] = [records[at + 1], records[at + 2]];
    if (isRename && before && after) renames.set(pathFromBytes(after), pathFromBytes(before));
    at += isRename ? 3 : 2;
  }
  return renames;
}

function splitRecords(output: Buffer): Buffer[] {
  const records: Buffer[] = [];
  for (let start = 0, end = output.indexOf(0); end >= 0; start = end + 1, end = output.indexOf(0, start)) {
    records.push(output.subarray(start, end));
  }
  return records;
}
