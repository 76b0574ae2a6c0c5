// All files of a tree in one listing.

import { nameTwice } from '../messages/trees.js';
import { type Oid, parseOid } from './oid.js';
import { pathFromBytes, type RepoPath, textOf } from './path.js';
import type { Mode } from './records.js';
import { type Git, readGit } from './run.js';

export interface TreeFile {
  readonly path: RepoPath;
  readonly mode: Mode;
  readonly oid: Oid;
}

/** Files, links and gitlinks, in git's order. */
export async function readTreeFiles(git: Git, tree: Oid): Promise<readonly TreeFile[]> {
  const listing = await readGit(git, ['ls-tree', '-r', '-z', '--full-tree', tree]);
  const files: TreeFile[] = [];
  const paths = new Set<RepoPath>();
  for (let start = 0; start < listing.length; ) {
    const end = listing.indexOf(0, start);
    const tab = listing.indexOf('\t', start);
    // `<mode> <type> <oid>` TAB path NUL
    const [mode = '', , oid = ''] = listing.toString('latin1', start, tab).split(' ');
    const path = pathFromBytes(listing.subarray(tab + 1, end));
    if (paths.has(path)) throw nameTwice(tree, textOf(path));
    paths.add(path);
    files.push({ path, mode, oid: parseOid(oid) });
    start = end + 1;
  }
  return files;
}
