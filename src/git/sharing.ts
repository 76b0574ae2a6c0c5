// Who may use files in the git directory: core.sharedRepository, as git applies it to its files.

import { statSync } from 'node:fs';
import type { SharedWith } from '../disk/owner.js';
import { type Git, gitFailed, runGitSync } from './run.js';

/** Mode bits to add; negative: the exact bits; 0 if nothing is shared. */
export type Sharing = number;

const GROUP = 0o660;
const EVERYBODY = 0o664;
const NAMES: Readonly<Record<string, Sharing>> = {
  umask: 0,
  group: GROUP,
  all: EVERYBODY,
  world: EVERYBODY,
  everybody: EVERYBODY,
};
const NUMBERS: Readonly<Record<number, Sharing>> = { 0: 0, 1: GROUP, 2: EVERYBODY };

const known = new WeakMap<Git, Sharing>();

/** Read once for each repository. */
export function readSharing(git: Git): Sharing {
  const sharing = known.get(git) ?? askSharing(git);
  known.set(git, sharing);
  return sharing;
}

function askSharing(git: Git): Sharing {
  const args = ['config', '--get', 'core.sharedRepository'];
  const result = runGitSync(git, args);
  if (result.code === 1) return 0;
  if (result.code !== 0) throw gitFailed(args, result);
  return parseSharing(result.stdout.toString('latin1').trim());
}

// https://git-scm.com/docs/git-config#Documentation/git-config.txt-coresharedRepository
export function parseSharing(value: string): Sharing {
  if (/^[0-7]+$/.test(value)) return NUMBERS[Number.parseInt(value, 8)] ?? -(Number.parseInt(value, 8) & 0o666);
  return NAMES[value] ?? (/^(?:true|yes|on|)$/i.test(value) ? GROUP : 0);
}

/**
 * Who else may write files in this git directory. Everybody, where all may write the directory
 * itself: on a disk without modes, as NTFS or FAT, that is every directory.
 */
export function readSharedWith(git: Git, gitDir: string): SharedWith {
  const bits = Math.abs(readSharing(git));
  const { gid, mode } = statSync(gitDir);
  return { group: (bits & 0o020) === 0 ? undefined : gid, everybody: ((bits | mode) & 0o002) !== 0 };
}

/** The mode that git would give to a file or directory created with this one. */
export function sharedMode(sharing: Sharing, mode: number, kind: 'file' | 'directory'): number {
  if (sharing === 0) return mode;
  const bits = withSearch(Math.abs(sharing), mode);
  const shared = sharing < 0 ? (mode & ~0o777) | bits : mode | bits;
  if (kind === 'file') return shared;
  // New files in the directory belong to its group.
  return shared | ((shared & 0o444) >> 2) | ((shared & 0o060) === 0 ? 0 : 0o2000);
}

function withSearch(bits: number, mode: number): number {
  return (mode & 0o100) === 0 ? bits : bits | ((bits & 0o444) >> 2);
}
