// Resolves a path as the file system would: through symlinks above it, and to the target of a link
// at it.

import { joinPath, type RepoPath } from '../git/path.js';
import type { Node, Snapshot } from './types.js';

/** Linux's limit: https://man7.org/linux/man-pages/man7/path_resolution.7.html */
const MOST_LINKS = 40;

export async function readNode(snapshot: Snapshot, path: RepoPath): Promise<Node> {
  const node = await snapshot.readEntry(path);
  switch (node.kind) {
    case 'absent':
      return readAbove(snapshot, path);
    case 'link':
      return { ...node, landing: await readLanding(snapshot, path) };
    case 'file': {
      const sameFileAs = await snapshot.readIdentity?.(path);
      return sameFileAs === undefined ? node : { ...node, sameFileAs };
    }
    case 'gitlink':
    case 'directory':
    case 'unread':
      return node;
  }
}

/** Why the path is absent: decided by the first thing above it that is not a directory. */
async function readAbove(snapshot: Snapshot, path: RepoPath): Promise<Node> {
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
    const above = path.slice(0, end) as RepoPath;
    const node = await snapshot.readEntry(above);
    switch (node.kind) {
      case 'directory':
      case 'gitlink':
        continue;
      case 'absent':
      case 'unread':
        return node;
      case 'file':
        return { kind: 'absent', underFile: above };
      case 'link':
        return { kind: 'through-link', through: above, landing: await readLanding(snapshot, path) };
    }
  }
  return { kind: 'absent' };
}

/** The path inside the repository after all links; undefined if it leads outside or in circles. */
async function readLanding(snapshot: Snapshot, path: RepoPath): Promise<RepoPath | undefined> {
  const pending = path.split('/');
  let landed: RepoPath = '' as RepoPath;
  let links = 0;
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    if (name === '' || name === '.') continue;
    if (name === '..') {
      if (landed === '') return undefined;
      landed = landed.slice(0, Math.max(0, landed.lastIndexOf('/'))) as RepoPath;
      continue;
    }
    const next = joinPath(landed, name as RepoPath);
    const node = await snapshot.readEntry(next);
    if (node.kind !== 'link') {
      landed = next;
      continue;
    }
    const target = (await snapshot.readLink(next, node.oid)).toString('latin1');
    links += 1;
    if (target.startsWith('/') || links > MOST_LINKS) return undefined;
    pending.unshift(...target.split('/'));
  }
  return landed;
}
