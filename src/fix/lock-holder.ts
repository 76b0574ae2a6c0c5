// Identifies the holder of a lock by its process id, start time and boot id.

import { lstatSync, readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { errorCode } from '../disk/error-code.js';

/** The content of a lock file. */
export interface Holder {
  readonly pid: number;
  /** Clock ticks from boot to the start of the process; empty if unknown. */
  readonly start: string;
  readonly boot: string;
  /** Unique for each attempt to take the lock. */
  readonly claim: string;
}

/**
 * `ended`: the holder's process is gone; `claim` names the heir file. `damaged`: the holder is
 * unknown.
 */
export type HeldLock =
  | { readonly kind: 'free' }
  | { readonly kind: 'held'; readonly pid: number }
  | { readonly kind: 'ended'; readonly claim: string }
  | { readonly kind: 'damaged' };

/** This process as a holder. */
export function buildHolder(claim: string): Holder {
  return { pid: process.pid, start: startOf(process.pid) ?? '', boot: bootOf(), claim };
}

/** Reads one name of a lock. */
export function readHeld(path: string): HeldLock {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return { kind: 'free' };
  const text = stat.isFile() ? readText(path) : '';
  if (text === undefined) return { kind: 'free' };
  const holder = parseHolder(text);
  if (holder) return isAlive(holder) ? { kind: 'held', pid: holder.pid } : { kind: 'ended', claim: holder.claim };
  // A lock gets its name after its content: an empty one from an earlier boot was cut by a power
  // loss.
  const isOfEarlierBoot = stat.isFile() && stat.mtimeMs < Date.now() - uptime() * 1000;
  return isOfEarlierBoot ? { kind: 'ended', claim: `damaged-${stat.ino}` } : { kind: 'damaged' };
}

/** True if the process may still run. */
export function isRunning(pid: number): boolean {
  const start = startOf(pid);
  return start === undefined ? answers(pid) : start !== ENDED;
}

/** Undefined for a file that is truncated or not from dos-sync. */
function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, start, boot, claim } = Object(JSON.parse(text)) as Record<string, unknown>;
    if (typeof pid !== 'number' || !Number.isInteger(pid) || pid < 1) return undefined;
    if (typeof start !== 'string' || typeof boot !== 'string' || typeof claim !== 'string') return undefined;
    return /^[\w-]+$/.test(claim) ? { pid, start, boot, claim } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isAlive({ pid, start, boot }: Holder): boolean {
  if (boot !== bootOf()) return false;
  const now = startOf(pid);
  return now === undefined ? answers(pid) : now === start;
}

/** /proc does not show the process: it has ended, or it belongs to another user and is hidden. */
function answers(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 1) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** A zombie: ended, but not yet reaped by its parent. */
const ENDED = 'ended';

// https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: field 22; parsing starts after the
// name.
function startOf(pid: number): string | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields?.[0] === 'Z' || fields?.[0] === 'X' ? ENDED : fields?.[19];
}

function bootOf(): string {
  return readText('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    const code = errorCode(error);
    // ESRCH: the process ended while its file was read.
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}
