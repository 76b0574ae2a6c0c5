// git's own three-way merge of three contents.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporary } from '../disk/temporary.js';
import { type Git, gitFailed, runGit } from './run.js';

export interface Versions {
  readonly ours: Buffer;
  readonly base: Buffer;
  readonly theirs: Buffer;
}

export interface Merged {
  readonly clean: boolean;
  /** With conflict markers if the merge is not clean. */
  readonly content: Buffer;
}

/** Bytes; larger contents are not merged. */
const LARGEST = 32 * 1024 * 1024;

/** From this value on, the exit code is an error, not a number of conflicts. */
const TROUBLE = 128;

/**
 * The merge, with these names in its conflict markers; undefined if git cannot merge the contents
 * (binary, very large).
 */
export async function mergeFile(
  git: Git,
  versions: Versions,
  names: { readonly [Of in keyof Versions]: string },
): Promise<Merged | undefined> {
  const parts = ['ours', 'base', 'theirs'] as const;
  if (parts.some((part) => versions[part].length > LARGEST)) return undefined;
  // merge-file takes only files; only newer gits take object ids.
  const directory = makeTemporary('dos-sync-merge-');
  try {
    for (const part of parts) writeFileSync(join(directory.path, part), versions[part], { mode: 0o600 });
    const labels = parts.flatMap((part) => ['-L', names[part]]);
    const args = ['merge-file', '-p', '-q', ...labels, ...parts.map((part) => join(directory.path, part))];
    const result = await runGit(git, args);
    if (result.code < TROUBLE) return { clean: result.code === 0, content: result.stdout };
    if (/binary/i.test(result.stderr) || result.stderr === '') return undefined;
    throw gitFailed(['merge-file'], result);
  } finally {
    directory.remove();
  }
}
