// Syncs open files to the disk.

import { fsyncSync } from 'node:fs';
import { errorCode } from './error-code.js';

/**
 * Errors of file systems without fsync: some FUSE mounts and network shares. git commits there too.
 */
const WITHOUT_SYNC = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

/**
 * On macOS, Node asks for F_FULLFSYNC: https://github.com/libuv/libuv/blob/v1.x/src/unix/fs.c
 * @throws if the disk rejects the bytes, for example because it is full.
 */
export function syncFile(file: number): void {
  try {
    fsyncSync(file);
  } catch (error) {
    // safeguard sync-errors (R2, R22): a sync that fails ends the fix (system/disks: a sync that)
    if (!WITHOUT_SYNC.includes(errorCode(error) ?? '')) throw error;
  }
}
