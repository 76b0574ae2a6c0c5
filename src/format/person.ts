// Who will type the printed commands, and how a path looks from there.

import { posix } from 'node:path';
import { type RepoPath, textOf } from '../git/path.js';
import { isOutside } from '../manifest/outside.js';
import { shellPath, shellWord } from '../messages/show.js';

/** Who will type the command, and where. */
export interface Person {
  /** `git dos-sync`, or what works instead. */
  readonly program: string;
  /** The directory below the top level that they stand in. */
  readonly directory: string;
}

/** A path as that person types it. */
export function wordFor({ directory }: Person): (path: RepoPath) => string {
  return (path) =>
    isOutside(path) ? outsideWord(path) : shellPath(posix.relative(`/${directory}`, `/${textOf(path)}`));
}

/** The shell puts the home directory in, as long as the tilde is not quoted. */
function outsideWord(path: RepoPath): string {
  return path === '~' ? path : `~/${shellWord(textOf(path).slice(2))}`;
}
