// Lists the submodules of a checkout, nested ones included.

import { type RepoPath, textOf } from './path.js';
import { parseIndex } from './records.js';
import type { Repository } from './repository.js';
import { readGit } from './run.js';
import { findSubmodule, type SubmoduleLack } from './submodules.js';

/** One submodule, with a path from the outermost repository. */
export interface ListedSubmodule {
  readonly at: string;
  readonly found:
    | { readonly kind: 'ready'; readonly repository: Repository }
    | { readonly kind: 'lacking'; readonly lack: SubmoduleLack };
}

/**
 * Every gitlink of the index that has a repository below `modules/`, and what the others
 * lack. @throws Fault.
 */
export async function listSubmodules(
  { git }: Pick<Repository, 'git'>,
  prefix = '',
): Promise<readonly ListedSubmodule[]> {
  const entries = parseIndex(await readGit(git, ['ls-files', '-t', '-v', '--stage', '-z']));
  const gitlinks = new Set<RepoPath>(entries.filter(({ mode }) => mode === '160000').map(({ path }) => path));
  const listed: ListedSubmodule[] = [];
  for (const gitlink of gitlinks) {
    const found = await findSubmodule(git, gitlink);
    const at = prefix + textOf(gitlink);
    if (found.kind === 'lacking') {
      listed.push({ at, found });
      continue;
    }
    listed.push({ at, found });
    listed.push(...(await listSubmodules(found.repository, `${at}/`)));
  }
  return listed;
}
