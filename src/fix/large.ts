// Large files: git loads all of a converted file into memory, so files without conversion are
// streamed.

import { readConverted } from '../git/attributes.js';
import type { RepoPath } from '../git/path.js';
import type { Workplace } from '../git/workplace.js';
import type { FileChange } from './changes.js';

/** Bytes. Smaller blobs need little memory; reading their attributes would cost a process. */
const LARGE = 64 * 1024 * 1024;

/** Marks large blobs that need no conversion, so that they are streamed. */
export async function streamLarge(
  { repository, objects }: Workplace,
  files: readonly FileChange[],
): Promise<readonly FileChange[]> {
  const large: RepoPath[] = [];
  for (const { path, content } of files) {
    if (content.kind !== 'blob') continue;
    const blob = await objects.info(content.oid);
    // safeguard streamed (R19): a large file is streamed (system/large)
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
