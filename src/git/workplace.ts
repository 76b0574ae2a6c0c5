// A repository with the reader for its objects.

import type { ObjectReader } from './objects.js';
import type { Repository } from './repository.js';

/** What a fix reads and writes with. */
export interface Workplace {
  readonly repository: Repository;
  readonly objects: ObjectReader;
}

/** The same repository, but git reads and writes another index file. */
export function withIndex({ repository, objects }: Workplace, index: string): Workplace {
  const git = { ...repository.git, env: { ...repository.git.env, GIT_INDEX_FILE: index } };
  return { repository: { ...repository, git }, objects };
}
