// The commits that a merge in progress merges into HEAD.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Oid } from './oid.js';

/** MERGE_HEAD; in pre-merge-commit, before git writes that, GITHEAD_*. */
export function readMergedCommits(gitDir: string, environment: NodeJS.ProcessEnv): readonly Oid[] {
  const file = join(gitDir, 'MERGE_HEAD');
  const fromFile = existsSync(file)
    ? readFileSync(file, 'latin1')
        .split('\n')
        .filter((line) => line !== '')
    : [];
  const names = Object.keys(environment).filter((name) => /^GITHEAD_[0-9a-f]+$/.test(name));
  return [...new Set([...fromFile, ...names.map((name) => name.slice('GITHEAD_'.length))])] as Oid[];
}
