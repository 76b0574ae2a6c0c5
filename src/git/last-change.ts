// The last commit that changed any of some files.

import { type Oid, parseOid } from './oid.js';
import { isUtf8, type RepoPath, textOf } from './path.js';
import { type Git, readGit } from './run.js';

export interface LastChange {
  readonly oid: Oid;
  readonly author: string;
  /** Seconds since 1970. */
  readonly time: number;
}

/** Along the first parents; undefined if none did. */
export async function readLastChange(git: Git, tip: Oid, paths: readonly RepoPath[]): Promise<LastChange | undefined> {
  const named = paths.filter(isUtf8).map(textOf);
  if (named.length === 0) return undefined;
  const flags = ['-1', '--first-parent', '--no-show-signature', '--encoding=UTF-8', '--format=%H%n%at%n%aN'];
  const output = await readGit(git, ['--literal-pathspecs', 'log', ...flags, tip, '--', ...named]);
  const [oid = '', time = '', author = ''] = output.toString('utf8').split('\n');
  return oid === '' ? undefined : { oid: parseOid(oid), author, time: Number(time) };
}
