// The lock of one worktree's store. A dead holder's lock is inherited, so that two processes never
// remove each other's.

import { fchmodSync, linkSync, readdirSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cleanAtEnd, deferSignals } from '../disk/at-end.js';
import { openNew, withFile, writeAt } from '../disk/durable.js';
import { errorCode } from '../disk/error-code.js';
import { pause } from '../disk/pause.js';
import { syncFile } from '../disk/sync.js';
import type { Fault } from '../messages/fault.js';
import { beingWritten, damagedLock } from '../messages/writing.js';
import { buildHolder, type HeldBy, type HeldLock, isRunning, readHeld } from './lock-holder.js';

export interface Lock {
  readonly path: string;
  /** The name of our lock file: the lock itself, or the heir of a dead holder. */
  readonly own: string;
  /** Cancels the release at the end of the process. */
  readonly forget: () => void;
}

/** A file that names the process that wants the lock; the lock is a hard link to it. */
interface Claim {
  readonly path: string;
  readonly text: string;
}

type Refusal = Extract<HeldLock, { readonly kind: 'held' | 'damaged' }>;

/** What holds a lock, and the file that says so: the lock itself, or an heir. */
export interface HeldName {
  readonly name: string;
  readonly held: HeldBy;
}

const TRIES = 3;
const WAIT = 200;
/** Readable for everybody: it only holds a process id. */
const READABLE = 0o644;

let claims = 0;

/**
 * Takes the lock, and releases it if a signal ends the process.
 * @throws Fault `busy` if another process holds it, `disk` if its holder is still unknown after
 * three tries.
 */
export function takeLock(path: string): Lock {
  deferSignals();
  for (let tries = 1; ; tries += 1) {
    const taken = tryToTake(path);
    if (!('refusal' in taken)) return taken;
    if (tries === TRIES) throw refused(taken.name, taken.refusal);
    pause(WAIT * tries);
  }
}

function refused(name: string, refusal: Refusal): Fault {
  // safeguard damaged-lock (R21): a damaged lock is named (e2e/damaged-stores: a lock that is)
  if (refusal.kind === 'damaged') return damagedLock(name);
  return beingWritten('busy', name, refusal);
}

/** What holds the lock now; undefined if nothing does or it is unknown. */
export function holderOf(path: string): HeldName | undefined {
  for (let name = path; ; ) {
    const held = readHeld(name);
    if (held.kind === 'held') return { name, held };
    if (held.kind !== 'ended') return undefined;
    name = heirOf(path, held.claim);
  }
}

// Removing a dead holder's lock is a race: a second process would remove ours. Instead we claim its
// heir, whose name follows from the dead holder's claim.
function tryToTake(path: string): Lock | { readonly name: string; readonly refusal: Refusal } {
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
      if (held.kind === 'held' || held.kind === 'damaged') return { name, refusal: held };
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

/** True if the chain of dead holders still leads from the lock to this name. */
function inherits(path: string, own: string): boolean {
  for (let name = path; name !== own; ) {
    const held = readHeld(name);
    if (held.kind !== 'ended') return false;
    name = heirOf(path, held.claim);
  }
  return true;
}

/** Releases the lock. Its first name goes first, so that no process can inherit the other names. */
export function releaseLock({ path, forget }: Lock): void {
  forget();
  unlinkSync(path);
  for (const name of readdirSync(dirname(path))) {
    const left = join(dirname(path), name);
    if (name.startsWith(`${basename(path)}.`) && !isOfTheLiving(left)) unlinkIfThere(left);
  }
}

/** If the claim is cut off, its file name still holds the pid. */
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
    if (errorCode(error) !== 'ENOENT') throw error;
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

/** Synced before use: a lock emptied by a power loss could not name its holder. */
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

/** False if the name exists. */
function takeName({ path, text }: Claim, name: string): boolean {
  try {
    linkSync(path, name);
    return true;
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (code === 'EEXIST') return false;
    // safeguard without-links (R22, R24): needs no links (system/disks: ${calls} ${error}: a fix w)
    if (WITHOUT_LINKS.includes(code)) return takeNameByFile(name, text);
    throw error;
  }
}

/** Errors of file systems without hard links: exFAT, some network shares. */
const WITHOUT_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/**
 * The file exists before its content; a reader that sees it empty takes it for damaged and tries
 * again.
 */
function takeNameByFile(name: string, text: string): boolean {
  try {
    writeNew(name, text);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}
