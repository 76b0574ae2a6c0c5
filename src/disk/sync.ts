// Bytes of open files, brought to the disk.

import { fsyncSync } from 'node:fs';

/** A file system that syncs nothing on demand: some mounts by FUSE, and some network shares. git
 * commits there all the same. */
const WITHOUT_SYNC = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

/** @throws where the disk refused the bytes, as when it is full or broken. */
export function syncFile(file: number): void {
  try {
    fsyncSync(file);
  } catch (error) {
    if (!WITHOUT_SYNC.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
