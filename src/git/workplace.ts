// A repository with the reader of its objects.

import type { ObjectReader } from './objects.js';
import type { Repository } from './repository.js';

/** What a fix needs to read and write with. */
export interface Workplace {
  readonly repository: Repository;
  readonly objects: ObjectReader;
}

/** The same place, whose git reads and writes another index file. */
export function withIndex({ repository, objects }: Workplace, index: string): Workplace {
  const git = { ...repository.git, env: { ...repository.git.env, GIT_INDEX_FILE: index } };
  return { repository: { ...repository, git }, objects };
}
