// The worktrees of one repository.

import { existsSync, realpathSync } from 'node:fs';
import type { Checkout } from './porcelain.js';
import { readGit } from './run.js';

export interface Worktree {
  /**
   * Absolute; for a bare repository its directory. Undefined if git does not know the work tree's
   * path.
   */
  readonly path: string | undefined;
  readonly bare: boolean;
  /** Its directory is gone. */
  readonly prunable: boolean;
}

/** The main worktree first. https://git-scm.com/docs/git-worktree#_porcelain_format */
export async function readWorktrees(checkout: Checkout): Promise<readonly Worktree[]> {
  const { git } = checkout;
  const listed = (await readGit(git, ['worktree', 'list', '--porcelain', '-z'])).toString('utf8');
  const records = listed.split('\0\0').filter((record) => record !== '');
  return records.map((record) => {
    const lines = record.split('\0');
    const path = (lines.find((line) => line.startsWith('worktree ')) ?? '').slice('worktree '.length);
    const bare = lines.includes('bare');
    const prunable = lines.some((line) => line === 'prunable' || line.startsWith('prunable '));
    return { path: bare ? path : workTreeOf(checkout, path), bare, prunable };
  });
}

/**
 * In a submodule, and after `git init --separate-git-dir`, git lists the git directory instead of
 * the main work tree.
 */
function workTreeOf({ top, gitDir, commonDir }: Checkout, named: string): string | undefined {
  if (!existsSync(named) || realpathSync(named) !== realpathSync(commonDir)) return named;
  return gitDir === commonDir ? top : undefined;
}
