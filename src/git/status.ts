// One `git status`: what differs from HEAD in the index or on disk, and what is untracked.

import { Fault } from '../messages/fault.js';
import { parseOid } from './oid.js';
import { pathFromBytes, type RepoPath } from './path.js';
import { type Mode, recordsOf, type TreeEntry } from './records.js';
import { type Git, readGit } from './run.js';

/** A path that differs from HEAD. */
export interface StatusChange {
  readonly path: RepoPath;
  readonly headMode: Mode;
  readonly index: TreeEntry;
  /** The mode that git would store for the file on disk. */
  readonly worktreeMode: Mode;
  /** True if the file on disk differs from the index. */
  readonly dirty: boolean;
  readonly unmerged: boolean;
}

export interface WorktreeStatus {
  /** HEAD's commit; undefined before the first one. */
  readonly commit: string | undefined;
  readonly changes: readonly StatusChange[];
  /** A nested repository ends with a slash. */
  readonly untracked: readonly RepoPath[];
}

const FLAGS = [
  '--porcelain=v2',
  '-z',
  '--branch',
  '--no-ahead-behind',
  '--no-renames',
  '--untracked-files=all',
  // A submodule's files are checked in the submodule, where a pair needs it.
  '--ignore-submodules=dirty',
];

/** https://git-scm.com/docs/git-status#_porcelain_format_version_2 */
export async function readStatus(git: Git): Promise<WorktreeStatus> {
  return parseStatus(await readGit(git, ['status', ...FLAGS]));
}

/** @throws Fault `git` for output that is not in that format. */
export function parseStatus(output: Buffer): WorktreeStatus {
  const changes: StatusChange[] = [];
  const untracked: RepoPath[] = [];
  let commit: string | undefined;
  for (const record of recordsOf(output)) {
    const kind = record.toString('latin1', 0, 2);
    if (kind === '1 ') changes.push(changeOf(record));
    else if (kind === 'u ') changes.push(unmergedOf(record));
    else if (kind === '? ') untracked.push(pathFromBytes(record.subarray(2)));
    else if (kind !== '# ') throw new Fault('git', `git status printed ${JSON.stringify(record.toString('latin1'))}.`);
    else commit ??= /^# branch\.oid ([0-9a-f]+)$/.exec(record.toString('latin1'))?.[1];
  }
  return { commit, changes, untracked };
}

/** The fields before the path, which may contain spaces. */
function split(record: Buffer, fields: number): { readonly words: readonly string[]; readonly path: RepoPath } {
  let end = 0;
  for (let at = 0; at < fields; at += 1) end = record.indexOf(' ', end) + 1;
  return { words: record.toString('latin1', 0, end).split(' '), path: pathFromBytes(record.subarray(end)) };
}

function changeOf(record: Buffer): StatusChange {
  const { words, path } = split(record, 8);
  const [, states = '', , headMode = '', mode = '', worktreeMode = '', , oid = ''] = words;
  const index = { mode, oid: parseOid(oid) };
  return { path, headMode, index, worktreeMode, dirty: states[1] !== '.', unmerged: false };
}

function unmergedOf(record: Buffer): StatusChange {
  const { words, path } = split(record, 10);
  const [, , , headMode = '', mode = '', , worktreeMode = '', , oid = ''] = words;
  const index = { mode, oid: parseOid(oid) };
  return { path, headMode, index, worktreeMode, dirty: true, unmerged: true };
}
