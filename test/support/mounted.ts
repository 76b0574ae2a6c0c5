// Real disks, which a test mounts as root.

import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Starts a program of the system's administration. @throws if it fails. */
export function mustStart(program: string, ...words: string[]): void {
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };
  const { status, stderr, error } = spawnSync(program, words, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${error?.message ?? stderr}`);
}

/** A disk in memory. */
export class MemoryDisk {
  readonly #place = mkdtempSync(join(tmpdir(), 'disk-'));
  /** Its root directory. */
  readonly path = join(this.#place, 'disk');

  /** `options`: as after `mount -o`, such as `size=1m` or `nr_inodes=500`. */
  constructor(options: string) {
    mkdirSync(this.path);
    mustStart('mount', '-t', 'tmpfs', '-o', options, 'tmpfs', this.path);
  }

  /** Mounts it again, such as `ro`. */
  remount(option: string): void {
    mustStart('mount', '-o', `remount,${option}`, this.path);
  }

  /** Takes every free byte, or every free inode, until {@link makeRoom}. */
  fill(what: 'bytes' | 'inodes'): void {
    const place = join(this.path, 'filling');
    mkdirSync(place);
    try {
      for (let at = 0; ; at += 1) {
        if (what === 'inodes') writeFileSync(join(place, String(at)), '');
        else appendFileSync(join(place, 'bytes'), Buffer.alloc(4096));
      }
    } catch {
      // The disk is full.
    }
  }

  makeRoom(): void {
    rmSync(join(this.path, 'filling'), { recursive: true });
  }

  remove(): void {
    mustStart('umount', this.path);
    rmSync(this.#place, { recursive: true });
  }
}
