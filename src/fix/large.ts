// Large files: a git that converts what it checks out takes all of it into memory, so what it would
// not convert is streamed.

import { readConverted } from '../git/attributes.js';
import type { RepoPath } from '../git/path.js';
import type { Workplace } from '../git/workplace.js';
import type { FileChange } from './changes.js';

/** Bytes; a blob up to here costs little memory, and a look at its attributes would cost a
 * process. */
const LARGE = 64 * 1024 * 1024;

/** The changes, where the large blobs that a checkout writes as they are stored are marked to be
 * written so. */
export async function streamLarge(
  { repository, objects }: Workplace,
  files: readonly FileChange[],
): Promise<readonly FileChange[]> {
  const large: RepoPath[] = [];
  for (const { path, content } of files) {
    if (content.kind !== 'blob') continue;
    const blob = await objects.info(content.oid);
    if (blob && blob.size > LARGE) large.push(path);
  }
  if (large.length === 0) return files;
  const converted = await readConverted(repository.git, large);
  return files.map((change) => {
    const { path, content } = change;
    if (content.kind !== 'blob' || !large.includes(path) || converted.has(path)) return change;
    return { ...change, content: { ...content, partner: null } };
  });
}
