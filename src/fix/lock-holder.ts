// Identifies the holder of a lock by its process id, start time and boot id, and says what is known
// of it from here.

import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import { errorCode } from '../disk/error-code.js';
import { type ProcessState, readProcess } from '../disk/process-state.js';

/** Where process ids mean the same; each is empty if the system does not say. */
export interface Whereabouts {
  readonly boot: string;
  readonly host: string;
  /** The namespace of process ids: a container has its own. */
  readonly space: string;
}

/** The content of a lock file. An earlier version wrote no host and no space. */
export interface Holder extends Whereabouts {
  readonly pid: number;
  /** When the process started, as the system says it; empty if it does not. */
  readonly start: string;
  /** Unique for each attempt to take the lock. */
  readonly claim: string;
}

/** The process that a lock names. */
export interface HeldBy {
  readonly kind: 'held';
  /**
   * `seen`: it is the dos-sync that took the lock. `unseen`: it runs, and may be another program
   * with the same number. `elsewhere`: on another machine or in another container.
   */
  readonly by: 'seen' | 'unseen' | 'elsewhere';
  readonly pid: number;
  /** Empty in the lock of an earlier version. */
  readonly host: string;
}

/**
 * `ended`: the holder's process is gone; `claim` names the heir file. `damaged`: the holder is
 * unknown.
 */
export type HeldLock =
  | { readonly kind: 'free' }
  | HeldBy
  | { readonly kind: 'ended'; readonly claim: string }
  | { readonly kind: 'damaged' };

/** What the system says of processes. */
export interface Processes {
  readonly read: (pid: number) => ProcessState | undefined;
  /** True if there is a process with that id. */
  readonly answers: (pid: number) => boolean;
}

const PROCESSES: Processes = { read: (pid) => readProcess(pid), answers };

/** This process as a holder. */
export function buildHolder(claim: string): Holder {
  return { pid: process.pid, start: readProcess(process.pid)?.start ?? '', ...readWhereabouts(), claim };
}

function readWhereabouts(): Whereabouts {
  return { boot: bootOf(), host: hostname(), space: readSpace() };
}

/** Reads one name of a lock. */
export function readHeld(path: string): HeldLock {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return { kind: 'free' };
  const text = stat.isFile() ? readText(path) : '';
  if (text === undefined) return { kind: 'free' };
  const holder = parseHolder(text);
  const isOfEarlierBoot = stat.isFile() && stat.mtimeMs < Date.now() - uptime() * 1000;
  if (holder) {
    const by = judgeHolder(holder, readWhereabouts(), isOfEarlierBoot, PROCESSES);
    return by === 'ended' ? ended(holder.claim) : { kind: 'held', by, pid: holder.pid, host: holder.host };
  }
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
    const { pid, start, boot, claim, host = '', space = '' } = Object(JSON.parse(text)) as Record<string, unknown>;
    if (typeof pid !== 'number' || !Number.isInteger(pid) || pid < 1) return undefined;
    if (typeof start !== 'string' || typeof boot !== 'string' || typeof claim !== 'string') return undefined;
    if (typeof host !== 'string' || typeof space !== 'string') return undefined;
    return /^[\w-]+$/.test(claim) ? { pid, start, boot, claim, host, space } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Pure. What holds the lock: a dos-sync that is seen to run, a process that may be one, or one that
 * cannot be seen from here. Only Linux has an id for each boot; elsewhere the time of the lock
 * tells.
 */
export function judgeHolder(
  { pid, start, ...there }: Pick<Holder, 'pid' | 'start' | keyof Whereabouts>,
  here: Whereabouts,
  isOfEarlierBoot: boolean,
  { read, answers: hasProcess }: Processes,
): HeldBy['by'] | 'ended' {
  const boot = compare(there.boot, here.boot);
  if (boot !== 'same' && compare(there.host, here.host) === 'other') return 'elsewhere';
  // safeguard other-boot (R1): a lock of an earlier boot is free (git/fix-lock: is inherited)
  if (boot === 'other' || (boot === 'unknown' && isOfEarlierBoot)) return 'ended';
  if (compare(there.space, here.space) === 'other') return 'elsewhere';
  const now = read(pid);
  if (!now) return hasProcess(pid) ? 'unseen' : 'ended';
  if (now.ended || compare(start, now.start) === 'other') return 'ended';
  return start === '' ? 'unseen' : 'seen';
}

function compare(one: string, other: string): 'same' | 'other' | 'unknown' {
  if (one === '' || other === '') return 'unknown';
  return one === other ? 'same' : 'other';
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

function readSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return '';
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
