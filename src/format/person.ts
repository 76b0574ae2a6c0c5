// The user who types the printed commands, and how they type a path.

import { posix } from 'node:path';
import { type RepoPath, textOf } from '../git/path.js';
import { isOutside } from '../manifest/outside.js';
import { shellPath, shellWord } from '../messages/show.js';

/** The program and the directory for printed commands. */
export interface Person {
  /** `git dos-sync`, or the command that works instead. */
  readonly program: string;
  /** Their directory below the top level. */
  readonly directory: string;
}

/** A path as that user types it. */
export function wordFor({ directory }: Person): (path: RepoPath) => string {
  return (path) =>
    isOutside(path) ? outsideWord(path) : shellPath(posix.relative(`/${directory}`, `/${textOf(path)}`));
}

/** The shell expands the tilde only if it is not quoted. */
function outsideWord(path: RepoPath): string {
  return path === '~' ? path : `~/${shellWord(textOf(path).slice(2))}`;
}
