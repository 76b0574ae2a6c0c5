// The checkouts that share one repository.

import { type Git, readGit } from './run.js';

export interface Worktree {
  /** Absolute; of a bare repository its own directory. */
  readonly path: string;
  readonly bare: boolean;
  /** Its directory has gone. */
  readonly prunable: boolean;
}

/** The main worktree first. https://git-scm.com/docs/git-worktree#_porcelain_format */
export async function readWorktrees(git: Git): Promise<readonly Worktree[]> {
  const listed = (await readGit(git, ['worktree', 'list', '--porcelain', '-z'])).toString('utf8');
  const records = listed.split('\0\0').filter((record) => record !== '');
  return records.map((record) => {
    const lines = record.split('\0');
    return {
      path: (lines.find((line) => line.startsWith('worktree ')) ?? '').slice('worktree '.length),
      bare: lines.includes('bare'),
      prunable: lines.some((line) => line === 'prunable' || line.startsWith('prunable ')),
    };
  });
}
