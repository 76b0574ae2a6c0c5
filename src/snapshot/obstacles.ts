// Why a path cannot be written: what is at it, or above it.

import { lstatSync, readdirSync } from 'node:fs';
import { joinPath, parentOf, type RepoPath } from '../git/path.js';
import { absolutePath } from './disk.js';

/**
 * A directory at the path, a file or symlink above it, a submodule around it (one commit for the
 * superproject's index), a place outside the repository, or a tracked file whose name is the same
 * on a disk that ignores case.
 */
export interface Obstacle {
  readonly kind: 'directory' | 'file-above' | 'link-above' | 'submodule' | 'outside' | 'same-name';
  readonly at: RepoPath;
  /** The directory's content; missing if it is more than a fix would remove. */
  readonly holds?: readonly RepoPath[];
}

/** The tracked file that has the path's name on this disk, if there is one. */
export function sameNameOf(status: { readonly obstacle: Obstacle | undefined } | undefined): RepoPath | undefined {
  return status?.obstacle?.kind === 'same-name' ? status.obstacle.at : undefined;
}

/** What is in the way of each path. */
export function readObstacles(top: string, paths: readonly RepoPath[]): ReadonlyMap<RepoPath, Obstacle | undefined> {
  const above = new Map(paths.map((path) => [parentOf(path), undefined as Obstacle | undefined]));
  for (const directory of above.keys()) above.set(directory, obstacleAbove(top, directory));
  return new Map(paths.map((path) => [path, above.get(parentOf(path)) ?? obstacleAt(top, path)]));
}

/** The nearest link or file at the directory or above it. */
function obstacleAbove(top: string, directory: RepoPath): Obstacle | undefined {
  for (let above = directory; above !== ''; above = parentOf(above)) {
    const stat = lstatSync(absolutePath(top, above), { throwIfNoEntry: false });
    if (stat?.isSymbolicLink()) return { kind: 'link-above', at: above };
    if (stat && !stat.isDirectory()) return { kind: 'file-above', at: above };
  }
  return undefined;
}

function obstacleAt(top: string, path: RepoPath): Obstacle | undefined {
  const stat = lstatSync(absolutePath(top, path), { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return undefined;
  const holds = filesBelow(top, path);
  return { kind: 'directory', at: path, ...(holds && { holds }) };
}

const MOST_BELOW = 1000;

/** Every file below the directory; undefined if there are many. */
function filesBelow(top: string, directory: RepoPath): readonly RepoPath[] | undefined {
  const files: RepoPath[] = [];
  const open = [directory];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const entry of readdirSync(absolutePath(top, at), { withFileTypes: true, encoding: 'latin1' })) {
      const path = joinPath(at, entry.name as RepoPath);
      (entry.isDirectory() ? open : files).push(path);
      if (files.length + open.length > MOST_BELOW) return undefined;
    }
  }
  return files;
}
