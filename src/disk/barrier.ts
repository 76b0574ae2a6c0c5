// Makes many written files durable at once: one syncfs in place of an fsync for each.

import { spawnSync } from 'node:child_process';
import { existsSync, openSync, type PathLike, statfsSync, statSync } from 'node:fs';
import { release } from 'node:os';
import { withFile } from './durable.js';

/** Fewer files are synced one by one: syncfs also waits for what other programs have written. */
const FEW = 32;

// Node has no syncfs; coreutils and busybox do. PATH could lead into the repository.
const PROGRAMS = ['/usr/bin/sync', '/bin/sync'];

// Before, syncfs does not report write errors:
// https://man7.org/linux/man-pages/man2/syncfs.2.html
const OLDEST_LINUX = [5, 8] as const;

/**
 * ext4, xfs and btrfs. On others syncfs may do less than fsync; FUSE, for example, does not pass it
 * on.
 */
const FILE_SYSTEMS: readonly number[] = [0xef53, 0x58465342, 0x9123683e];

/** True if so many files should be written first and then synced together. */
export function isMany(count: number): boolean {
  return count > FEW;
}

/** True if this system can sync many files together. */
export function syncsTogether(platform = process.platform, version = release()): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_LINUX;
  const isNew = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  return platform === 'linux' && isNew && programOf() !== undefined;
}

function programOf(): string | undefined {
  return PROGRAMS.find((path) => existsSync(path));
}

/**
 * Syncs the file systems of these directories. False if something may not be durable; then each
 * file has to be synced.
 */
export function syncFileSystems(directories: readonly PathLike[]): boolean {
  const program = programOf();
  if (!syncsTogether() || program === undefined) return false;
  const byDevice = new Map(directories.map((path) => [statSync(path).dev, path]));
  const places = [...byDevice.values()];
  // safeguard known-disks (R11): one sync stands for many only on known disks (unit/disk/barrier)
  if (!places.every((path) => FILE_SYSTEMS.includes(statfsSync(path).type))) return false;
  return places.every((path) => withFile(openSync(path, 'r'), (directory) => isSynced(program, directory)));
}

/** An old program ignores the option and says so, with exit code 0. */
function isSynced(program: string, directory: number): boolean {
  const stdio = ['ignore', 'ignore', 'pipe', directory] as const;
  const { status, stderr } = spawnSync(program, ['-f', '/proc/self/fd/3'], { stdio: [...stdio], env: {} });
  return status === 0 && stderr.length === 0;
}
