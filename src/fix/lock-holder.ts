// Identifies the holder of a lock by its process id, start time and boot id.

import { lstatSync, readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { errorCode } from '../disk/error-code.js';
import { readProcess } from '../disk/process-state.js';

/** The content of a lock file. */
export interface Holder {
  readonly pid: number;
  /** When the process started, as the system says it; empty if it does not. */
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
  return { pid: process.pid, start: readProcess(process.pid)?.start ?? '', boot: bootOf(), claim };
}

/** Reads one name of a lock. */
export function readHeld(path: string): HeldLock {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return { kind: 'free' };
  const text = stat.isFile() ? readText(path) : '';
  if (text === undefined) return { kind: 'free' };
  const holder = parseHolder(text);
  const isOfEarlierBoot = stat.isFile() && stat.mtimeMs < Date.now() - uptime() * 1000;
  if (holder) return holds(holder, isOfEarlierBoot) ? { kind: 'held', pid: holder.pid } : ended(holder.claim);
  // A lock gets its name after its content: an empty one from an earlier boot was cut by a power
  // loss.
  return isOfEarlierBoot ? ended(`damaged-${stat.ino}`) : { kind: 'damaged' };
}

function ended(claim: string): HeldLock {
  return { kind: 'ended', claim };
}

/** True if the process may still run. */
export function isRunning(pid: number): boolean {
  const state = readProcess(pid);
  return state ? !state.ended : answers(pid);
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

/** Only Linux has an id for each boot; elsewhere the time of the lock tells. */
function holds({ pid, start, boot }: Holder, isOfEarlierBoot: boolean): boolean {
  // safeguard other-boot (R1): a lock of an earlier boot is free (git/fix-lock: is inherited)
  if (boot !== bootOf() || (boot === '' && isOfEarlierBoot)) return false;
  const now = readProcess(pid);
  return now ? !now.ended && now.start === start : answers(pid);
}

/** The system does not show the process: it has ended, or is another user's and hidden. */
function answers(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 1) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function bootOf(): string {
  return readText('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
