// The lock of one worktree's store. A holder that has ended without releasing it is told by its process, start and boot.

import { linkSync, lstatSync, readdirSync, readFileSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pause } from '../git/write.js';
import { Fault } from '../messages/fault.js';
import { sayBeingWritten } from '../messages/writing.js';
import { openNew, withFile, writeAt } from './durable.js';

interface Holder {
  readonly pid: number;
  /** Clock ticks from boot to the start of the process; empty where the system does not say. */
  readonly start: string;
  readonly boot: string;
  /** Makes each claim different from every other. */
  readonly claim: string;
}

export interface Lock {
  readonly path: string;
  /** The name under which we hold it: the lock itself, or the heir of a holder that has ended. */
  readonly own: string;
}

const TRIES = 3;
const WAIT = 200;

let claims = 0;

/** Takes the lock. @throws Fault `busy` if another process holds it, after three tries. */
export function takeLock(path: string): Lock {
  for (let tries = 1; ; tries += 1) {
    const taken = tryToTake(path);
    if (typeof taken !== 'number') return taken;
    if (tries === TRIES) {
      throw new Fault('busy', sayBeingWritten(taken), 'run the same command again when it has ended');
    }
    pause(WAIT * tries);
  }
}

/** The process that holds the lock at this moment; undefined if nobody alive does. */
export function holderOf(path: string): number | undefined {
  for (let name = path; ; ) {
    const holder = readHolder(name);
    if (holder === undefined) return undefined;
    if (isAlive(holder)) return holder.pid;
    name = heirOf(path, holder);
  }
}

// A lock whose holder has ended is not removed before it is taken over: two that both saw it would remove each other's.
// Instead its heir is claimed, under a name that only this dead holder's claim gives.
function tryToTake(path: string): Lock | number {
  const claim = writeClaim(path);
  try {
    for (let name = path; ; ) {
      if (linked(claim, name)) {
        if (name === path || inherits(path, name)) return { path, own: name };
        unlinkSync(name);
        name = path;
        continue;
      }
      const holder = readHolder(name);
      if (holder === undefined) name = path;
      else if (isAlive(holder)) return holder.pid;
      else name = heirOf(path, holder);
    }
  } finally {
    unlinkSync(claim);
  }
}

/** True if the chain of holders that have ended still leads from the lock to this name. */
function inherits(path: string, own: string): boolean {
  for (let name = path; name !== own; ) {
    const holder = readHolder(name);
    if (holder === undefined) return false;
    name = heirOf(path, holder);
  }
  return true;
}

/** Gives the lock back. The first name goes first: from then on nobody can inherit by the others. */
export function releaseLock({ path }: Lock): void {
  unlinkSync(path);
  for (const name of readdirSync(dirname(path))) {
    const left = join(dirname(path), name);
    if (name.startsWith(`${basename(path)}.`) && !isOfTheLiving(left)) unlinkIfThere(left);
  }
}

/** A claim that is only half written is told by the process in its name. */
function isOfTheLiving(path: string): boolean {
  const holder = readHolder(path);
  const pid = holder?.pid ?? Number(/\.claim-(\d+)-/.exec(path)?.[1]);
  if (pid === process.pid) return false;
  return holder ? isAlive(holder) : startOf(pid) !== undefined;
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function heirOf(path: string, { claim }: Holder): string {
  return `${path}.after-${claim}`;
}

function writeClaim(path: string): string {
  claims += 1;
  const [start, boot] = [startOf(process.pid) ?? '', bootOf()];
  const claim = `${process.pid}-${Date.now().toString(36)}-${claims}`;
  const holder: Holder = { pid: process.pid, start, boot, claim };
  const name = `${path}.claim-${claim}`;
  withFile(openNew(name, 0o600), (file) => writeAt(file, Buffer.from(JSON.stringify(holder)), 0));
  return name;
}

function linked(claim: string, name: string): boolean {
  try {
    linkSync(claim, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(path: string): Holder | undefined {
  if (!lstatSync(path, { throwIfNoEntry: false })) return undefined;
  const text = readText(path);
  return text === undefined ? undefined : parseHolder(text);
}

/** A claim that a kill has cut short belongs to nobody. */
function parseHolder(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
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

/** Where there is no /proc, a signal that does nothing tells. */
function answers(pid: number): boolean {
  if (process.platform === 'linux') return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

// https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: field 22, counted from the state behind the name.
function startOf(pid: number): string | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended; only its parent has not asked yet.
  return fields?.[0] === 'Z' || fields?.[0] === 'X' ? undefined : fields?.[19];
}

function bootOf(): string {
  return readText('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // A process that ends while its file is read: ESRCH.
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}
