// The lock of one worktree's store. One whose holder has ended is inherited, so that no two
// processes remove each other's.

import { fchmodSync, linkSync, readdirSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cleanAtEnd } from '../disk/at-end.js';
import { openNew, withFile, writeAt } from '../disk/durable.js';
import { syncFile } from '../disk/sync.js';
import { pause } from '../git/write.js';
import { Fault } from '../messages/fault.js';
import { damagedLock, sayBeingWritten } from '../messages/writing.js';
import { buildHolder, type HeldLock, isRunning, readHeld } from './lock-holder.js';

export interface Lock {
  readonly path: string;
  /** The name under which we hold it: the lock itself, or the heir of a holder that has ended. */
  readonly own: string;
  /** Says that it need not be given back at the process's end. */
  readonly forget: () => void;
}

/** A file that says who wants the lock; the lock is a second name of it. */
interface Claim {
  readonly path: string;
  readonly text: string;
}

type Refusal = Extract<HeldLock, { readonly kind: 'held' | 'damaged' }>;

const TRIES = 3;
const WAIT = 200;
/** For everybody who may look into the directory: it holds a process number. */
const READABLE = 0o644;

let claims = 0;

/**
 * Takes the lock; it is given back too where the process ends by a signal.
 * @throws Fault `busy` if another process holds it, `disk` if nobody can tell who does, after three
 * tries.
 */
export function takeLock(path: string): Lock {
  for (let tries = 1; ; tries += 1) {
    const taken = tryToTake(path);
    if (!('kind' in taken)) return taken;
    if (tries === TRIES) throw refused(path, taken);
    pause(WAIT * tries);
  }
}

function refused(path: string, taken: Refusal): Fault {
  if (taken.kind === 'damaged') return damagedLock(path);
  return new Fault('busy', sayBeingWritten(taken.pid), 'run the same command again when it has finished');
}

/** The process that holds the lock at this moment; undefined if none does, or nobody can tell. */
export function holderOf(path: string): number | undefined {
  for (let name = path; ; ) {
    const held = readHeld(name);
    if (held.kind === 'held') return held.pid;
    if (held.kind !== 'ended') return undefined;
    name = heirOf(path, held.claim);
  }
}

// A lock whose holder has ended is not removed before it is taken over: two that both saw it would
// remove each other's. Instead its heir is claimed, under a name that only this dead holder's claim
// gives.
function tryToTake(path: string): Lock | Refusal {
  const claim = writeClaim(path);
  try {
    for (let name = path; ; ) {
      if (takeName(claim, name)) {
        if (name === path || inherits(path, name)) return heldLock(path, name);
        unlinkSync(name);
        name = path;
        continue;
      }
      const held = readHeld(name);
      if (held.kind === 'held' || held.kind === 'damaged') return held;
      name = held.kind === 'free' ? path : heirOf(path, held.claim);
    }
  } finally {
    unlinkSync(claim.path);
  }
}

function heldLock(path: string, own: string): Lock {
  const forget = cleanAtEnd(() => releaseLock({ path, own, forget }));
  return { path, own, forget };
}

/** True if the chain of holders that have ended still leads from the lock to this name. */
function inherits(path: string, own: string): boolean {
  for (let name = path; name !== own; ) {
    const held = readHeld(name);
    if (held.kind !== 'ended') return false;
    name = heirOf(path, held.claim);
  }
  return true;
}

/** Gives the lock back. The first name goes first: from then on nobody can inherit by the
 * others. */
export function releaseLock({ path, forget }: Lock): void {
  forget();
  unlinkSync(path);
  for (const name of readdirSync(dirname(path))) {
    const left = join(dirname(path), name);
    if (name.startsWith(`${basename(path)}.`) && !isOfTheLiving(left)) unlinkIfThere(left);
  }
}

/** The name of a claim that was cut short still holds its process. */
function isOfTheLiving(path: string): boolean {
  const held = readHeld(path);
  const pid = held.kind === 'held' ? held.pid : Number(/\.claim-(\d+)-/.exec(path)?.[1]);
  if (pid === process.pid) return false;
  return held.kind === 'held' || (held.kind === 'damaged' && isRunning(pid));
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function heirOf(path: string, claim: string): string {
  return `${path}.after-${claim}`;
}

function writeClaim(path: string): Claim {
  claims += 1;
  const claim = `${process.pid}-${Date.now().toString(36)}-${claims}`;
  const written = { path: `${path}.claim-${claim}`, text: JSON.stringify(buildHolder(claim)) };
  writeNew(written.path, written.text);
  return written;
}

/** To the disk before anybody relies on it: a lock that a power cut has emptied could not say whose
 * it was. */
function writeNew(path: string, text: string): void {
  const file = openNew(path, READABLE);
  try {
    withFile(file, () => {
      fchmodSync(file, READABLE);
      writeAt(file, Buffer.from(text), 0);
      syncFile(file);
    });
  } catch (error) {
    unlinkSync(path);
    throw error;
  }
}

/** False if the name is taken. */
function takeName({ path, text }: Claim, name: string): boolean {
  try {
    linkSync(path, name);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'EEXIST') return false;
    if (WITHOUT_LINKS.includes(code)) return takeNameByFile(name, text);
    throw error;
  }
}

/** A file system that has no hard links: exFAT, some network shares. */
const WITHOUT_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** The content comes after the name here; whoever sees it without takes it for damaged, and tries
 * again. */
function takeNameByFile(name: string, text: string): boolean {
  try {
    writeNew(name, text);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
