// The last task of lint-staged: stages what its tasks changed in the staged files, as it will
// itself, and judges that.

import { sayOnStderr } from '../src/format/stderr.js';
import { readStagedFiles } from '../src/git/changes.js';
import { openRepository } from '../src/git/repository.js';
import { stageFiles } from '../src/git/write.js';
import { checkCommit } from './commit.js';

/** The task's exit code: 0, or 1 to block. @throws Fault for exit code 2. */
export async function run(): Promise<number> {
  const cwd = process.cwd();
  const { git } = await openRepository(cwd);
  stageFiles(git, await readStagedFiles(git));
  // No offer: lint-staged draws on the terminal, and reverts everything if a task fails.
  return checkCommit({ cwd, what: 'commit', environment: process.env, say: sayOnStderr, offers: false });
}
